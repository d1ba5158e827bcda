"""Which spellings of an address are one source, which stay apart, and which are refused."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from announcements.canonical_urls import SAME_PAGE, InvalidAddress, canonical_url

ONE_FORM = {
    "https://example.org/news/story": [
        "https://example.org/news/story",
        "http://example.org/news/story",
        "HTTPS://Example.ORG/news/story",
        "  https://example.org/news/story\n",
        "https://example.org./news/story",
        "https://www.example.org/news/story",
        "https://www.www.example.org/news/story",
        "https://example.org:443/news/story",
        "http://example.org:80/news/story",
        "http://example.org:443/news/story",
        "https://example.org:/news/story",
        "https://editor:secret@example.org/news/story",
        "https://example.org/news/story/",
        "https://example.org//news///story//",
        "https://example.org/news/./old/../story",
        "https://example.org/%6Eews/story",
        "https://example.org/news/story#comments",
        "https://example.org/news/story#:~:text=open%20source",
        "https://example.org/news/story#!",
        "https://example.org/news/story?",
        "https://example.org/news/story?utm_source=x&UTM_Medium=email&utm%5Fcampaign=z",
        "https://example.org/news/story?fbclid=a1&gclid=b2&mc_cid=c3&igshid=d4&ref_src=twsrc",
        "https://example.org/news/story?ref=newsletter.example.com",
        "https://example.org/news/story?share=twitter",
        "https://example.org/news/story?amp=1",
        "https://example.org/news/story?amp",
        "https://example.org/news/story?outputType=amp",
        "https://example.org/news/story;jsessionid=0A1B?utm_source=x",
        "https://m.example.org/news/story",
        "https://mobile.example.org/news/story",
        "https://amp.example.org/news/story",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/story?amp_js_v=0.1&usqp=mq",
        "https://cdn.ampproject.org/v/s/www.example.org/news/story?amp_gsa=1#aoh=2",
        "https://www.google.com/amp/s/www.example.org/news/story",
        "https://google.co.uk/amp/example.org/news/story/",
    ],
    "https://example.org/": [
        "https://example.org",
        "http://www.example.org/",
        "https://example.org/?utm_source=x#top",
    ],
    "https://example.org/2023/10/meta-opens-its-models": [
        "https://example.org/2023/10/meta-opens-its-models/amp/",
        "https://amp.example.org/2023/10/meta-opens-its-models/amp?utm_source=x",
    ],
    "https://example.org/read?chapterId=2&id=7&lang=en&p=3&view=full": [
        "https://example.org/read?view=full&p=3&lang=en&id=7&chapterId=2",
        "https://example.org/read/?id=7&amp;chapterId=2&amp;lang=en&amp;p=3&amp;view=full&&",
    ],
    "https://example.org/search?q=open+source": [
        "https://example.org/search?q=open%20source",
        "https://example.org/search?q=open+source",
    ],
    "https://example.org/caf%C3%A9%2Fbar~": [
        "https://example.org/café%2Fbar~",
        "https://example.org/caf%c3%a9%2fbar%7E",
    ],
    "https://example.org/#!/models/llama": ["http://example.org/#!/models/llama/"],
    "https://example.org/#/models": ["https://example.org/#/models:~:text=weights"],
    "https://xn--bcher-kva.example/": [
        "https://bücher.example",
        "https://BÜCHER.example/",
        "https://www.bücher。example/",
        "https://xn--bcher-kva.example/",
    ],
    "https://xn--strae-oqa.example/": ["https://straße.example/"],
    "https://localhost:8000/x": ["http://localhost:8000/x"],
    "https://192.0.2.1/x": ["http://192.0.2.1:80/x"],
    "https://[2001:db8::1]/x": ["http://[2001:DB8:0:0::1]/x"],
    "https://arxiv.org/abs/2307.09288": [
        "https://arxiv.org/abs/2307.09288",
        "http://www.arxiv.org/abs/2307.09288v2",
        "https://arxiv.org/pdf/2307.09288",
        "https://arxiv.org/pdf/2307.09288v1.pdf",
        "https://arxiv.org/html/2307.09288v2#S3",
        "https://export.arxiv.org/abs/2307.09288?context=cs.CL",
        "https://doi.org/10.48550/arXiv.2307.09288",
        "https://dx.doi.org/10.48550/arxiv.2307.09288",
        "https://doi.org/10.48550/arxiv.2307.09288",
    ],
    "https://arxiv.org/abs/cs/0112017": [
        "https://arxiv.org/abs/cs/0112017v1",
        "https://arxiv.org/pdf/cs/0112017.pdf",
        "https://arxiv.org/abs/cs.AI/0112017",
        "https://doi.org/10.48550/arXiv.cs/0112017",
    ],
    "https://doi.org/10.1038/s41586-021-03819-2": [
        "https://doi.org/10.1038/s41586-021-03819-2",
        "http://dx.doi.org/10.1038/S41586-021-03819-2",
    ],
    "https://github.com/facebookresearch/detectron2": [
        "https://github.com/facebookresearch/detectron2",
        "https://www.github.com/FacebookResearch/Detectron2/",
        "https://github.com/facebookresearch/detectron2.git",
        "https://github.com/facebookresearch/detectron2/tree/main",
        "https://github.com/facebookresearch/detectron2?tab=readme-ov-file#installation",
    ],
    "https://github.com/facebookresearch": ["https://github.com/FacebookResearch/"],
    "https://github.com/meta-llama/llama/blob/main/LICENSE": [
        "https://github.com/Meta-Llama/llama/blob/main/LICENSE",
        "https://github.com/meta-llama/llama/raw/main/LICENSE",
        "https://github.com/meta-llama/llama/blob/main/LICENSE?plain=1#L10-L20",
        "https://github.com/meta-llama/llama/blob/refs/heads/main/LICENSE",
        "https://raw.githubusercontent.com/meta-llama/llama/main/LICENSE",
        "https://raw.githubusercontent.com/meta-llama/llama/refs/heads/main/LICENSE",
    ],
    "https://huggingface.co/meta-llama/llama-2-7b-hf": [
        "https://huggingface.co/meta-llama/Llama-2-7b-hf",
        "https://hf.co/meta-llama/Llama-2-7b-hf/",
        "https://huggingface.co/meta-llama/Llama-2-7b-hf/tree/main",
    ],
    "https://huggingface.co/meta-llama/llama-2-7b-hf/blob/main/LICENSE.txt": [
        "https://huggingface.co/meta-llama/Llama-2-7b-hf/blob/main/LICENSE.txt",
        "https://huggingface.co/meta-llama/Llama-2-7b-hf/raw/main/LICENSE.txt",
        "https://hf.co/meta-llama/Llama-2-7b-hf/resolve/main/LICENSE.txt?download=true",
    ],
    "https://huggingface.co/datasets/allenai/dolma": [
        "https://huggingface.co/datasets/allenai/dolma/tree/main",
        "https://hf.co/datasets/AllenAI/Dolma",
    ],
    "https://x.com/metaai/status/1681363272484945921": [
        "https://twitter.com/MetaAI/status/1681363272484945921",
        "https://mobile.twitter.com/MetaAI/status/1681363272484945921?s=20&t=abc",
        "https://x.com/MetaAI/statuses/1681363272484945921",
        "https://x.com/MetaAI/status/1681363272484945921/photo/1",
    ],
    "https://x.com/i/status/1681363272484945921": [
        "https://twitter.com/i/web/status/1681363272484945921",
        "https://x.com/i/web/status/1681363272484945921",
    ],
    "https://youtube.com/watch?v=dQw4w9WgXcQ": [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=42s&list=PL1",
        "https://youtu.be/dQw4w9WgXcQ?si=AbC",
        "https://youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ],
    "https://reddit.com/comments/abc123": [
        "https://old.reddit.com/r/LocalLLaMA/comments/abc123/llama_2_is_here/",
        "https://www.reddit.com/r/LocalLLaMA/comments/abc123/?share_id=x",
        "https://reddit.com/r/LocalLLaMA/comments/abc123",
    ],
    "https://reddit.com/comments/abc123/_/def456": [
        "https://reddit.com/r/LocalLLaMA/comments/abc123/llama_2_is_here/def456/",
        "https://new.reddit.com/r/LocalLLaMA/comments/abc123/comment/def456",
    ],
    "https://en.wikipedia.org/wiki/PyTorch": [
        "https://en.m.wikipedia.org/wiki/PyTorch#History",
        "https://en.wikipedia.org/wiki/PyTorch?wprov=sfla1",
    ],
    "https://world.blogspot.com/2023/post.html": ["https://world.blogspot.com/2023/post.html?m=1"],
    "https://medium.com/@ai/story-1a2b": ["https://medium.com/@ai/story-1a2b?source=rss&sk=x"],
    "https://news.substack.com/p/story": ["https://news.substack.com/p/story?r=1a&triedRedirect=1"],
    "https://linkedin.com/posts/meta-1": ["https://www.linkedin.com/posts/meta-1?trk=x&rcm=y"],
    "https://open.spotify.com/episode/1": ["https://open.spotify.com/episode/1?si=x"],
}
SPELLINGS = [(spelling, form) for form, spellings in ONE_FORM.items() for spelling in spellings]

APART = [
    ("https://example.org/?p=1", "https://example.org/?p=2"),
    ("https://example.org/?v=1", "https://example.org/"),
    ("https://example.org/x?lang=en", "https://example.org/x?lang=fr"),
    ("https://example.org/x?ref=main", "https://example.org/x?ref=dev"),
    ("https://example.org/x?share=12", "https://example.org/x"),
    ("https://example.org/x?amp=220", "https://example.org/x"),
    ("https://example.org/x?sort=a&sort=b", "https://example.org/x?sort=b&sort=a"),
    ("https://example.org/x?a=b%26c", "https://example.org/x?a=b&c"),
    ("https://example.org/x?c=%2B", "https://example.org/x?c=+"),
    ("https://example.org/Story", "https://example.org/story"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a%3Fb", "https://example.org/a?b"),
    ("https://example.org/a%2525", "https://example.org/a%25"),
    ("https://example.org/#!/a", "https://example.org/#!/b"),
    ("https://example.org:8443/", "https://example.org/"),
    ("https://blog.example.org/", "https://example.org/"),
    ("https://m.co.uk/", "https://mobile.co.uk/"),
    ("https://strasse.example/", "https://straße.example/"),
    ("https://example.org/package/amp", "https://example.org/package"),
    ("https://amp.pages.dev/story", "https://m.pages.dev/story"),
    ("https://wikipedia.org/wiki/Amp", "https://en.wikipedia.org/wiki/Amp"),
    ("https://github.com/my-big-team/amp", "https://github.com/my-big-team"),
    ("https://github.com/o/r/blob/main/LICENSE", "https://github.com/o/r/blob/main/license"),
    ("https://github.com/o/r/blob/main/LICENSE", "https://github.com/o/r/blob/1e267c3e/LICENSE"),
    ("https://github.com/o/r/tree/v2", "https://github.com/o/r"),
    ("https://github.com/o/r/tree/main/docs", "https://github.com/o/r"),
    ("https://github.com/o?tab=repositories", "https://github.com/o"),
    ("https://github.com/o/r/blob/main/x", "https://huggingface.co/o/r/blob/main/x"),
    ("https://huggingface.co/o/r", "https://huggingface.co/datasets/o/r"),
    ("https://huggingface.co/o/r/blob/main/A.md", "https://huggingface.co/o/r/blob/main/a.md"),
    ("https://arxiv.org/abs/2307.09288", "https://arxiv.org/abs/2307.09289"),
    ("https://arxiv.org/abs/cs/0112017", "https://arxiv.org/abs/math/0112017"),
    ("https://arxiv.org/list/cs.AI/recent", "https://arxiv.org/list/cs.CL/recent"),
    ("https://doi.org/10.1000/a//b", "https://doi.org/10.1000/a/b"),
    ("https://x.com/a/status/1", "https://x.com/a/status/2"),
    ("https://youtube.com/watch?v=dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcq"),
    (
        "https://youtube.com/embed/videoseries?list=PL1",
        "https://youtube.com/embed/videoseries?list=PL2",
    ),
    ("https://web.archive.org/web/20231001000000/https://example.org/x", "https://example.org/x"),
    (
        "https://web.archive.org/web/20231001000000/https://example.org/x",
        "https://web.archive.org/web/20240101000000/https://example.org/x",
    ),
    (
        "https://web.archive.org/web/2023/http://example.org/my-long-story/amp",
        "https://web.archive.org/web/2023/http://example.org/my-long-story",
    ),
    (
        "https://web.archive.org/web/2023/http://example.org/?utm_source=a",
        "https://web.archive.org/web/2023/http://example.org/?utm_source=b",
    ),
]

REFUSED = [
    ("", "lacks https://"),
    ("example.org/news", "lacks https://"),
    ("example.org:8080/news", "lacks https://"),
    ("//example.org/news", "lacks https://"),
    ("https:example.org", "lacks https:// or a host"),
    ("ftp://example.org/x", "a web page, not ftp:"),
    ("javascript:alert(1)", "a web page, not javascript:"),
    ("mailto:press@example.org", "a web page, not mailto:"),
    ("doi:10.1038/s41586", "a web page, not doi:"),
    ("git@github.com:openai/whisper.git", "Write https://github.com/openai/whisper."),
    ("ssh://git@github.com:22/openai/whisper", "Write https://github.com/openai/whisper."),
    ("https://", "no host"),
    ("https:///news", "no host"),
    ("https://editor@/news", "no host"),
    ("https://intranet/news", "has no dot"),
    ("https://example/news", "Write it in full"),
    ("https://exa mple.org/", "a space (U+0020). Write %20"),
    ("https://example.org/a b", "a space (U+0020). Write %20"),
    ("https://example.org/a\u00a0b", "a space (U+00A0). Take it out"),
    ("https://example.org/\x00", "a control character (U+0000)"),
    ("https://example.org/a\nb", "a control character (U+000A)"),
    ("https://example.org/a\u200bb", "an invisible character (U+200B)"),
    ("https://example.org/a\u2028b", "a line break (U+2028)"),
    ("https://example.org/\ud800", "half a character (U+D800)"),
    ("https://example.org\\news", "backslash"),
    ("https://example.org:eighty/", "not a number from 1 to 65535"),
    ("https://example.org:65536/", "not a number from 1 to 65535"),
    ("https://example.org:0/", "not a number from 1 to 65535"),
    ("https://exam_ple!.org/", "letters, digits, hyphens"),
    ("https://example..org/", "letters, digits, hyphens"),
    ("https://ex%61mple.org/", "letters, digits, hyphens"),
    ("https://♥.example/", "letters, digits, hyphens"),
    ("https://" + "a" * 64 + ".org/", "letters, digits, hyphens"),
    ("https://256.1.1.1/", "not an IP address"),
    ("https://127.1/", "not an IP address"),
    ("https://[::1/", "port"),
    ("https://[1::2::3]/", "not an IP address"),
    ("https://example.org/" + "a" * 1981, "2001 characters. Give one of at most 2000"),
    ("https://example.org/" + "é" * 400, "Give one of at most 2000"),
    ("https://google.com/amp/s/" + "google.com/amp/s/" * 20 + "example.org/", "within each other"),
]


@pytest.mark.parametrize(("spelling", "form"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_spellings_of_one_page_have_one_form(spelling: str, form: str) -> None:
    assert canonical_url(spelling) == form
    assert canonical_url(form) == form


@pytest.mark.parametrize(("one", "other"), APART, ids=[" / ".join(row) for row in APART])
def test_different_pages_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(("address", "words"), REFUSED, ids=[ascii(r[0])[:50] for r in REFUSED])
def test_what_is_no_web_address_is_refused_with_a_sentence(address: str, words: str) -> None:
    with pytest.raises(InvalidAddress, match=re.escape(words)) as refusal:
        canonical_url(address)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20231001000000/http://Example.org//a?z=1&utm_source=b",
        "https://web.archive.org/web/2023id_/https://x-y.cdn.ampproject.org/c/s/example.org/x",
    ],
)
def test_an_archived_copy_keeps_the_address_it_is_a_copy_of(address: str) -> None:
    assert canonical_url(address) == address


@pytest.mark.parametrize("row", SAME_PAGE, ids=[row[0].pattern for row in SAME_PAGE])
def test_every_rule_has_a_spelling_in_the_table(row: tuple[re.Pattern[str], object]) -> None:
    bare = [re.sub(r"^https?://(?:www\.)?|#.*|/$", "", spelling) for spelling, _ in SPELLINGS]
    assert any(row[0].fullmatch(address) for address in bare)


FORMS = sorted(ONE_FORM) + [address for row in APART for address in row]
PIECES = [*"/?#&=.:@%+;!~-[]\\ ", *("..", "//", "%2F", "%2f", "é", "ß", "İ", "。", "１", "amp")]
PIECES += ["www.", "m.", "amp.", "https://", "example.org", "localhost", "a-b-c", "12345"]
PIECES += ["github.com/", "hf.co/", "doi.org/", "arxiv.org/pdf/", "v2", ".pdf", ".git", "x.com/"]
PIECES += ["youtu.be/", "google.com/amp/s/", "cdn.ampproject.org/c/", "web.archive.org/web/2023/"]
PIECES += ["utm_source=x", "v=", "ref=", "tree/main", "/raw/", "refs/heads/", "#!", ":~:", "&amp;"]
SIMPLE = [form for form in ONE_FORM if "doi.org" not in form and "#" not in form]
patchworks = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=12).map("".join)
texts = st.one_of(
    st.text(),
    patchworks.map("https://".__add__),
    st.tuples(st.sampled_from(FORMS), patchworks).map("".join),
)


@given(texts)
@example("https://example.org/a;b?c;d#!e")
def test_any_text_gives_a_lasting_form_or_a_sentence(text: str) -> None:
    try:
        form = canonical_url(text)
    except InvalidAddress as error:
        refusal = str(error)
        assert refusal
    else:
        assert canonical_url(form) == form
        assert form.isascii()
        assert form.startswith("https://")
        assert len(form) <= 2000


@given(st.sampled_from(SIMPLE), st.sampled_from(["utm_source=a", "fbclid=b", "gclid"]))
def test_a_tracking_parameter_makes_no_new_source(form: str, parameter: str) -> None:
    tracked = f"{form}{'&' if '?' in form else '?'}{parameter}"
    assert canonical_url(tracked) == canonical_url(form)
