"""What a page shows can be taken away: its head and the page itself name every form, by the same question."""

import pytest
from django.urls import reverse

from announcements.shapes import SHAPES, UPDATES
from announcements.templatetags.taking_away import ways_to_take_away
from tests import make
from tests.documents import Document, read
from tests.surfaces import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

SELECTIONS = [
    ("/announcements/", ""),
    ("/announcements/?company=acme&page=1", "company=acme"),
    ("/announcements/?concern=misuse&company=acme&order=oldest", "company=acme&concern=misuse&order=oldest"),
    ("/companies/acme/", "company=acme"),
    ("/initiatives/opener/", "initiative=opener"),
    ("/concerns/misuse/", "concern=misuse"),
    ("/calendar/", ""),
    ("/calendar/?company=acme", "company=acme"),
]  # fmt: skip


def alternates(page: Document) -> dict[str, tuple[str, str]]:
    """Media type and title by address."""
    return {
        link.attributes["href"]: (link.attributes["type"], link.attributes["title"])
        for link in page.all("link")
        if link.attributes.get("rel") == "alternate"
    }


def address(name: str, query: str) -> str:
    path = reverse(name if ":" in name else f"announcements:{name}")
    return f"{path}?{query}" if query else path


@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_the_feeds_of_the_site(client, page):
    shown = read(client, page)

    assert alternates(shown)["/announcements.atom"][0] == "application/atom+xml"
    assert alternates(shown)["/updates.atom"][0] == "application/atom+xml"
    assert "/data/#feeds" in dict(shown.links)


@pytest.mark.parametrize(("page", "query"), SELECTIONS)
def test_the_page_of_a_selection_offers_every_form_of_it(client, page, query):
    shown = read(client, page)
    links = dict(shown.links)

    for shape in (*SHAPES, *UPDATES):
        assert alternates(shown)[address(shape.name, query)][0] == shape.media_type
        assert address(shape.name, query) in links


@pytest.mark.parametrize("page", [page for page, _ in SELECTIONS])
def test_no_address_is_named_twice_and_every_one_answers_in_its_type(client, page):
    shown = read(client, page)
    named = [e.attributes["href"] for e in shown.all("link") if e.attributes["rel"] == "alternate"]

    assert len(named) == len(set(named))
    titles = [title for _, title in alternates(shown).values()]
    assert len(titles) == len(set(titles))
    for href, (media_type, _) in alternates(shown).items():
        assert client.get(href)["Content-Type"].split(";")[0] == media_type


def test_a_question_that_is_not_understood_cannot_be_taken_away(client):
    for page in ("/announcements/", "/calendar/"):
        shown = read(client, f"{page}?company=nobody", status=400)
        assert [*alternates(shown)] == ["/announcements.atom", "/updates.atom"]
        assert not shown.holding("id", "take-away")


def test_a_page_of_the_past_offers_no_form_of_today(client):
    announcement = make.published(slug="x")
    for page in ("/announcements/", "/announcements/x/"):
        shown = read(client, f"{page}?as_of={announcement.published_at.date()}")
        assert [*alternates(shown)] == ["/announcements.atom", "/updates.atom"]
        assert not shown.holding("id", "take-away")


def test_an_announcement_names_the_feed_of_its_story(client):
    page = read(client, "/announcements/public/")

    for form, media_type in (
        ("atom", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
    ):
        href = f"/announcements/public/story.{form}"
        assert alternates(page)[href][0] == media_type
        assert href in dict(page.links)


def test_a_page_offers_every_form_there_is_in_one_group():
    offered = [way.shape for group in ways_to_take_away("kind=intent") for way in group.ways]

    assert len(offered) == len(SHAPES) + len(UPDATES)
    assert {*offered} == {*SHAPES, *UPDATES}


def test_the_page_of_dates_leads_to_the_same_dates_as_a_file_and_to_subscribe(client):
    links = dict(read(client, "/calendar/?company=acme").links)

    assert (
        links["webcal://testserver/announcements.ics?company=acme"] == "Subscribe in your calendar"
    )
    assert links["/announcements.ics?company=acme"]
