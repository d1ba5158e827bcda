"""The list of sources of an announcement, and how its facts name them."""

import pytest

from announcements.models import Announcement, Citation, Source, Update
from tests import make
from tests.editing import ADD, Page, filled, log_in, page_of


@pytest.fixture
def editor(client, db):
    return log_in(client)


@pytest.fixture
def editing(client, editor):
    return client


@pytest.fixture
def blank(editing) -> Page:
    return Page(editing, ADD)


# Sources


def test_an_address_that_is_recorded_is_reused_and_gains_what_it_lacked(blank):
    known = Source.objects.get_or_add("https://axios.com/a", publisher="Axios")[0]
    filled(blank).send()
    known.refresh_from_db()
    assert Source.objects.get() == Citation.objects.get().source == known
    assert (known.title, known.publisher) == ("A report", "Axios")


def test_what_is_known_of_a_source_is_not_overwritten(blank):
    known = make.source("https://axios.com/a", title="Its title", kind="paper")
    filled(blank).row("citations", 0, kind="filing").send()
    known.refresh_from_db()
    assert (known.title, known.kind) == ("Its title", "paper")


def test_a_recorded_source_can_be_chosen(blank):
    source = make.source()
    blank.fill(company=make.company()).row("citations", source=source, supports="license").send()
    assert (Citation.objects.get().source, Citation.objects.get().supports) == (source, "license")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"address": "not an address"}, "Enter a valid URL."),
        ({"address": "ftp://example.org/a"}, "not ftp:"),
        ({"address": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"title": "Only a title"}, "Paste the address of a source"),
        ({"address": "https://example.org/", "published_on": "2023-13"}, "not a day"),
        ({"address": "https://example.org/", "kind": "rumor"}, "Select a valid choice"),
        ({"address": "https://example.org/", "place": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_source_that_cannot_be_is_an_error_beside_it(blank, typed, error):
    blank.fill(company=make.company()).row("citations", **typed).send()
    assert not Announcement.objects.exists()
    assert not Source.objects.exists()
    assert any(error in text for text in blank.errors), blank.errors


def test_one_page_is_listed_once_however_it_is_spelled(blank):
    filled(blank).row("citations", address="http://AXIOS.com/a/#top").send()
    assert "This source is in the list already, as number 1." in blank.errors


def test_sources_move_to_the_place_that_is_typed(editing):
    pages = [make.source(title=name) for name in "abc"]
    announcement = make.draft(sources=pages)
    for typed, order in (({2: "1"}, "cab"), ({0: "3"}, "abc"), ({1: ""}, "acb"), ({0: "2"}, "cab")):
        page = Page(editing, page_of(announcement))
        for index, place in typed.items():
            page.row("citations", index, place=place)
        page.send()
        assert "".join(row.source.title for row in announcement.citations.all()) == order


# A source named by a fact


@pytest.mark.parametrize("typed", ["1", "#1", "[1]", " 1 ", "https://www.axios.com/a/"])
def test_a_fact_names_a_source_typed_in_the_same_form(blank, typed):
    filled(blank).row("promises", title="Weights", step_text="Said.", step_source=typed).send()
    assert Update.objects.get().source == Source.objects.get()


def test_a_source_named_by_address_alone_joins_the_list(blank):
    filled(blank).row("promises", title="Weights", step_status="delivered", step_text="It came.")
    blank.row("promises", 0, step_source="https://example.org/new").send()
    last = Citation.objects.last()
    assert (last.source.url, last.supports, last.position) == (
        "https://example.org/new",
        "delivery",
        1,
    )
    assert any("Added to the sources" in message for message in blank.messages)


@pytest.mark.parametrize("typed", ["9", "0", "99999", "nonsense", "ftp://example.org/", "\u0661"])
def test_a_source_that_is_not_there_is_an_error_beside_the_fact(blank, typed):
    filled(blank).row("promises", title="Weights", step_text="Said.", step_source=typed).send()
    assert not Announcement.objects.exists()
    assert any("list" in error or "URL" in error or "ftp" in error for error in blank.errors)


def test_a_source_on_its_way_out_cannot_be_named(editing):
    announcement = make.draft()
    page = Page(editing, page_of(announcement)).delete("citations", 0)
    page.row("promises", title="Weights", step_text="Said.", step_source="1").send()
    assert any("Source 1 is being removed" in error for error in page.errors)


def test_a_source_that_a_fact_names_stays_in_the_list(editing):
    announcement = make.draft()
    source = announcement.citations.get().source
    make.update(make.promise(announcement), source=source)
    page = Page(editing, page_of(announcement)).delete("citations", 0)
    page.send()
    assert announcement.citations.get().source == source
    assert any("because a fact names it" in message for message in page.messages)


def test_a_fact_shows_the_number_of_its_source(editing):
    announcement = make.draft(sources=[make.source(), source := make.source()])
    make.concern(announcement, source=source)
    page = Page(editing, page_of(announcement))
    assert page.values["concerns-0-source_reference"] == ["2"]
    page.row("concerns", 0, source_reference="1").send()
    assert announcement.concerns.get().source == announcement.citations.first().source
