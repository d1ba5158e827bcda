"""What people hold of a thing, read as the pages that it means."""

import pytest

from announcements.api.identifiers import NotAnIdentifier, read

GITHUB, HUB = "https://github.com/openai/gpt-2", "https://huggingface.co/openai/gpt-2"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("https://GitHub.com/OpenAI/gpt-2.git", [GITHUB]),
        ("github.com/openai/gpt-2/", [GITHUB]),
        ("http://www.github.com/openai/gpt-2?tab=readme-ov-file#use", [GITHUB]),
        ("openai/gpt-2", [GITHUB, HUB]),
        ("hf:openai/gpt-2", [HUB]),
        ("hf://openai/gpt-2", [HUB]),
        ("huggingface:models/openai/gpt-2", [HUB]),
        ("hf:datasets/acme/words", ["https://huggingface.co/datasets/acme/words"]),
        ("https://hf.co/openai/gpt-2", [HUB]),
        ("pkg:github/OpenAI/GPT-2", [GITHUB]),
        ("PKG:GitHub/openai/gpt-2@v1.0?a=b#src/main", [GITHUB]),
        ("pkg://github/openai/gpt-2", [GITHUB]),
        ("pkg:huggingface/openai/gpt-2@607a30d783dfa663caf39e06633721c8d4cfcd7e", [HUB]),
        ("pkg:huggingface/openai%2Fgpt-2", [HUB]),
        ("pkg:huggingface/gpt2", ["https://huggingface.co/gpt2"]),
        ("https://example.org/a?utm_source=x", ["https://example.org/a"]),
    ],
)
def test_every_spelling_means_the_same_pages(text, pages):
    assert list(read(text).pages) == pages


@pytest.mark.parametrize(
    ("text", "purl", "is_whole"),
    [
        ("github.com/openai/gpt-2", "pkg:github/openai/gpt-2", True),
        ("https://github.com/openai/gpt-2/blob/master/LICENSE", "pkg:github/openai/gpt-2", False),
        ("hf:openai/gpt-2", "pkg:huggingface/openai/gpt-2", True),
        ("hf:datasets/acme/words", "", True),
        ("https://huggingface.co/blog/openai", "", False),
        ("https://example.org/", "", False),
    ],
)
def test_a_repository_and_a_package_have_a_package_url(text, purl, is_whole):
    held = read(text)

    assert (held.purl, held.is_whole) == (purl, is_whole)


def test_a_file_of_a_repository_means_the_repository_too():
    assert list(read(f"{GITHUB}/blob/master/LICENSE").pages) == [
        f"{GITHUB}/blob/master/LICENSE",
        GITHUB,
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at least one"),
        ("x" * 2001, "at most 2000"),
        ("llama", "lacks https://"),
        ("pkg:npm/left-pad", "Known: github, huggingface."),
        ("pkg:", "Known: github"),
        ("pkg:github/openai", "owner/name"),
        ("hf:", "is written hf:owner/name"),
        ("hf:a/b/c", "is written hf:owner/name"),
        ("pkg:github/a/b/c", "owner/name"),
        ("pkg:github/%00/b", "owner/name"),
        ("git@github.com:openai/gpt-2.git", "https://github.com/openai/gpt-2"),
        ("https://example.org/a b", "a space"),
    ],
)
def test_what_names_nothing_is_said_with_what_would(text, words):
    with pytest.raises(NotAnIdentifier) as refusal:
        read(text)

    assert words in str(refusal.value)
