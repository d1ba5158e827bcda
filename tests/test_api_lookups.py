"""Looking up what one holds: found in every spelling, and never what only drafts know."""

from urllib.parse import quote

import pytest

from tests import make
from tests.test_api import get, ids, queries, validate

pytestmark = pytest.mark.django_db


def look_up(client, text, status=200):
    return get(client, f"lookup/?url={quote(text, safe='')}", status)


@pytest.fixture
def anvil():
    """An announcement with a source, a release and an initiative at addresses of one repository."""
    acme = make.company("Acme", website="https://www.acme.example/")
    initiative = make.initiative("Anvil", company=acme, url="https://github.com/Acme/Anvil")
    page = make.source("https://github.com/acme/anvil/blob/main/README.md")
    announcement = make.published(
        slug="anvil", company=acme, initiatives=[initiative], sources=[page]
    )
    release = make.release(announcement, url="https://www.github.com/acme/Anvil.git")
    make.component(release, "weights", url="https://hf.co/Acme/Anvil-7B")
    return announcement


@pytest.mark.parametrize(
    "text",
    [
        "https://github.com/ACME/anvil/",
        "github.com/acme/anvil",
        "acme/anvil",
        "pkg:github/acme/anvil@v2",
    ],
)
def test_a_repository_is_found_by_every_name(client, anvil, text):
    body = look_up(client, text)

    validate(body, "Lookup")
    assert body["asked"] == text
    assert [row["id"] for row in body["announcements"]] == ["anvil"]
    assert len(body["releases"]) == len(body["initiatives"]) == len(body["sources"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "hf:acme/anvil-7b",
        "HF:acme/anvil-7b@main",
        "https://huggingface.co/Acme/Anvil-7B",
        "pkg:huggingface/acme/Anvil-7B",
    ],
)
def test_a_model_is_found_by_a_part_of_its_release(client, anvil, text):
    body = look_up(client, text)

    assert [row["announcement"] for row in body["releases"]] == ["anvil"]
    assert ids(body["announcements"]) == ["anvil"]


def test_a_source_is_found_in_any_spelling_and_after_it_was_merged(client, anvil):
    kept = anvil.citations.get().source
    kept.former_addresses.create(canonical_url="https://acme.example/news")

    for text in (
        "http://www.github.com/acme/anvil/raw/main/README.md",
        "https://acme.example/news?utm_source=x",
    ):
        assert ids(look_up(client, text)["sources"]) == [kept.pk]


def test_a_company_is_found_by_its_website_and_a_page_of_this_site_by_its_address(client, anvil):
    anvil.slug = "another"
    anvil.save()

    assert ids(look_up(client, "acme.example")["companies"]) == ["acme"]
    for path in ("announcements/anvil/", "announcements/another"):
        answer = client.get(
            f"/api/v1/lookup/?url=http://localhost/{path}", headers={"Host": "localhost"}
        )
        assert ids(answer.json()["announcements"]) == ["another"]


@pytest.mark.parametrize("text", ["acme/anv", "https://github.com/acme/anvil-2", "hf:acme/anvil"])
def test_a_name_that_only_begins_so_is_another_thing(client, anvil, text):
    body = look_up(client, text)

    assert body["releases"] == body["sources"] == body["announcements"] == []


def test_what_only_drafts_know_is_not_found(client):
    page = make.source("https://github.com/acme/hidden")
    hidden = make.draft(sources=[page], company=make.company("Hidden", website="https://h.example"))
    make.release(hidden, url=page.url)
    body = look_up(client, page.url)

    assert not any(body[name] for name in ("announcements", "releases", "sources", "initiatives"))
    assert look_up(client, "https://h.example")["companies"] == []


def test_it_costs_the_same_whatever_is_found(client, anvil):
    address = "/api/v1/lookup/?url=acme/anvil"
    few = queries(client, address)
    for _ in range(3):
        other = make.published(sources=[make.source(f"https://github.com/acme/anvil/{_}")])
        make.release(other, url="https://github.com/acme/anvil", components=["weights"])

    assert queries(client, address) == few
