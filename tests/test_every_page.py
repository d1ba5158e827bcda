"""What holds for every public address: it answers, hides drafts, is sound HTML, and costs what it costs."""

import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from announcements import urls
from tests import surfaces
from tests.documents import Document, Element, read
from tests.surfaces import DRAFT_ADDRESS, FORMS, PAGES, PUBLIC_ADDRESSES, SECRET, WRITTEN, body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

everywhere = pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
on_every_page = pytest.mark.parametrize(
    "address",
    [
        *PAGES,
        "/announcements/?company=acme&concern=misuse",
        "/announcements/?kind=intent&q=x",
        "/companies/?q=acme",
        "/companies/compare/?company=acme&company=bolt",
    ],
)


def test_no_public_address_is_missing_from_the_list():
    addresses = [*PUBLIC_ADDRESSES, *WRITTEN]
    answered = {resolve(urlsplit(address).path).url_name for address in addresses}

    assert answered == {pattern.name for pattern in urls.urlpatterns}


@everywhere
def test_every_public_address_answers(client, address):
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200


@everywhere
def test_a_draft_is_nowhere(client, address):
    answer = body(client.get(address)).decode(errors="replace")

    assert SECRET not in answer
    assert DRAFT_ADDRESS not in answer


@pytest.mark.parametrize(
    "address",
    [
        DRAFT_ADDRESS,
        f"{DRAFT_ADDRESS}suggest/",
        f"/api/v1{DRAFT_ADDRESS}",
        "/announcements/nothing/",
        "/companies/nobody/",
    ],
)
def test_what_is_a_draft_or_nothing_answers_404(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", sorted({*PUBLIC_ADDRESSES} - {*FORMS}))
def test_nothing_can_be_sent_to_a_page_for_reading(address):
    stranger = Client(enforce_csrf_checks=True)

    assert [stranger.post(address).status_code, stranger.delete(address).status_code] == [405, 405]


@on_every_page
def test_a_page_has_one_title_one_h1_and_headings_in_order(client, address):
    page = read(client, address)

    assert page.words("title").endswith("Open-Source AI Tracker") or address == "/"
    assert page.heading_levels.count(1) == 1
    levels = [1, *page.heading_levels]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@on_every_page
def test_a_page_describes_itself_in_words_of_its_own(client, address):
    page = read(client, address)
    described = {
        m.attributes["name"]: m.attributes["content"]
        for m in page.all("meta")
        if "name" in m.attributes
    }

    assert 20 < len(described["description"]) < 400
    assert "\n" not in described["description"]


@on_every_page
def test_a_page_carries_no_script_and_no_style_of_its_own(client, address):
    page = read(client, address)

    assert not page.all("style")
    assert not [script for script in page.all("script") if not is_data_or_a_file(script)]
    assert not [e for e in page.elements if "style" in e.attributes]
    assert not [name for e in page.elements for name in e.attributes if name.startswith("on")]


def is_data_or_a_file(script: Element) -> bool:
    """Whether a script element holds data that no browser runs, or names a file of this site."""
    source = script.attributes.get("src", "")
    is_data = script.attributes.get("type") == "application/ld+json" and not source
    return is_data or (re.match("/[^/]", source) is not None and not script.text.strip())


@pytest.mark.parametrize(
    ("script", "allowed"),
    [
        ('<script type="application/ld+json">{}</script>', True),
        ('<script src="/static/a.js"></script>', True),
        ("<script>alert(1)</script>", False),
        ('<script type="module">alert(1)</script>', False),
        ('<script type="application/ld+json" src="/static/a.js"></script>', True),
        ('<script src="//example.org/a.js"></script>', False),
        ('<script src="https://example.org/a.js"></script>', False),
        ('<script src="/static/a.js">alert(1)</script>', False),
    ],
)
def test_only_data_and_files_of_this_site_pass_for_scripts(script, allowed):
    assert is_data_or_a_file(Document(script).all("script")[0]) is allowed


@on_every_page
def test_names_within_a_page_are_unique_and_every_reference_has_its_target(client, address):
    page = read(client, address)
    wanted = {
        name
        for element in page.elements
        for key in ("for", "aria-labelledby", "aria-describedby")
        for name in element.attributes.get(key, "").split()
    } | {href[1:] for href, _ in page.links if href.startswith("#")}

    assert len(page.ids) == len(set(page.ids))
    assert wanted <= set(page.ids)


def queries(client: Client, address: str) -> int:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
        assert body(answer)
        assert answer.status_code == 200
    return len(captured)


OTHER_EXAMPLES = ("/api/v1/schema/", "/api/v1/docs/")
"""They show real answers, each once for a version of the data: of other rows when there are others."""


def test_a_page_costs_the_same_number_of_queries_for_few_rows_and_for_many(client, filled):
    def costs() -> dict[str, int]:
        # What the process remembers is brought up to date once, at a cost that test_postings.py bounds.
        client.get("/announcements/")
        return {address: queries(client, address) for address in addresses}

    addresses = [address for address in PUBLIC_ADDRESSES if address not in OTHER_EXAMPLES]
    few = costs()
    surfaces.grow(filled)

    assert costs() == few


@pytest.mark.parametrize("address", OTHER_EXAMPLES)
def test_real_answers_are_worked_out_once_for_each_version_of_the_data(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200

    assert len(captured) <= 5


@pytest.mark.parametrize("address", [a for a in PUBLIC_ADDRESSES if not a.startswith("/api/")])
def test_what_others_add_to_a_link_to_track_it_changes_nothing(client, address):
    joint = "&" if "?" in address else "?"

    assert client.get(f"{address}{joint}utm_source=x&fbclid=y").status_code == 200
