"""The calendar of promised dates: each promise in its groups, and only what was asked for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from announcements.charts import clocks
from announcements.models import Promise
from announcements.views import calendar
from tests import make
from tests.documents import Document, read

pytestmark = pytest.mark.django_db

TODAY = date(2024, 12, 31)
DELIVERED = [("2024-01-01", "announced"), ("2024-03-11", "delivered")]
IN_MARCH = [("2024-01-01", "announced"), ("2024-03", "delivered")]


def in_days(days: int, **facts) -> Promise:
    """A promise for one day, so many from today."""
    day = timezone.localdate() + timedelta(days=days)
    return make.promise(due_from=day, due_to=day, **facts)


def groups(page: Document) -> dict[str, list[str]]:
    """The titles of the promises in each section of the page."""
    titles = [e for e in page.all("p") if e.attributes.get("class") == "due-title"]
    return {
        section.attributes["aria-labelledby"]: [
            e.words for e in titles if section.begin <= e.begin < section.end
        ]
        for section in page.all("section")
    }


@pytest.mark.parametrize(
    ("facts", "reading"),
    [
        ({}, ("", "", "")),
        ({"condition": "once it is stable"}, ("", "", "")),
        ({"due_to": "2024-12-30"}, ("1 day", "overdue", "overdue")),
        ({"due_to": "2024-12-31"}, ("today", "is the last day", "")),
        ({"due_to": "2025-01-01"}, ("1 day", "left", "")),
        ({"due_to": "2025-02-01", "status": "partly-delivered"}, ("32 days", "left", "")),
        ({"due_to": "2024-12-30", "status": "withdrawn"}, ("", "", "")),
        ({"due_to": "2024-03-01", "story": DELIVERED}, ("10 days", "late", "late")),
        ({"due_to": "2024-03-11", "story": DELIVERED}, ("in time", "", "")),
        ({"due_to": "2024-02-20", "story": IN_MARCH}, ("10 days", "late", "late")),
        ({"due_to": "2024-03-20", "story": IN_MARCH}, ("about in time", "", "")),
        ({"due_to": "2024-03-31", "story": IN_MARCH}, ("in time", "", "")),
        ({"story": DELIVERED}, ("no date", "was named", "")),
    ],
)
def test_a_clock_tells_the_days_and_what_they_are_of(facts, reading):
    if "due_to" in facts:
        facts = {"due_from": "2024-01-01", **facts}
    make.promise(**facts)
    [clock] = clocks(Promise.objects.with_dates(), TODAY)

    assert (clock.reading.words, clock.reading.of, clock.reading.flag) == reading


@pytest.mark.parametrize("story", [DELIVERED, IN_MARCH])
@pytest.mark.parametrize("due_to", ["2024-02-29", "2024-03-01", "2024-03-10", "2024-03-11", None])
def test_the_database_finds_late_what_the_clock_calls_late(story, due_to):
    facts = {"due_from": "2024-01-01", "due_to": due_to} if due_to else {}
    promise = make.promise(story=story, **facts)

    assert Promise.objects.late().exists() == bool(promise.days_late())


def test_a_promise_stands_in_the_group_of_its_date(client):
    in_days(-200, title="Slow")
    in_days(-91, title="Slower")
    in_days(-90, title="Just over")
    in_days(-10, title="Taken back", status="withdrawn")
    in_days(-91, title="Long gone", status="withdrawn")
    in_days(0, title="Now")
    in_days(400, title="Then")
    in_days(400, title="Early", status="delivered")
    make.promise(title="Perhaps", condition="once it is stable")
    make.promise(title="Kept", condition="once it is stable", status="delivered")
    make.promise(title="Some day", due_words="soon")

    assert groups(read(client, "/calendar/")) == {
        "overdue": ["Slow", "Slower", "Just over"],
        "passed": ["Taken back", "Just over"],
        "due": ["Now", "Then"],
        "conditional": ["Perhaps"],
    }


def test_what_is_due_stands_under_its_month_with_range_and_words(client):
    make.promise(
        make.published(company=make.company("Acme"), announced_on="2024-01"),
        title="Anvil weights",
        due_from="2098-12-01",
        due_to="2099-01-31",
        due_words="around New Year",
    )
    page = read(client, "/calendar/")

    assert "January 2099 Anvil weights Acme · said Jan 2024, “around New Year”" in page.words(
        "main"
    )
    assert "Promised for 1 December 2098 to 31 January 2099" in page.words("main")


def test_drafts_promise_nothing(client):
    for days in (-10, 10):
        in_days(days, announcement=make.draft())

    assert not any(groups(read(client, "/calendar/")).values())


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("company=acme", ["Anvil code", "Anvil weights"]),
        ("company=acme&status=partly-delivered", ["Anvil weights"]),
        ("status=announced", ["Anvil code", "Bolt"]),
        ("overdue=yes", ["Anvil code", "Anvil weights", "Bolt"]),
        ("overdue=no", []),
        ("after=2024-06", ["Bolt"]),
        ("q=anvil", ["Anvil code", "Anvil weights"]),
        ("company=", ["Anvil code", "Anvil weights", "Bolt"]),
    ],
)
def test_filters_select_announcements_and_the_promises_they_speak_of(client, query, titles):
    acme = make.published(company=make.company("Acme"))
    in_days(-9, announcement=acme, title="Anvil code")
    in_days(-8, announcement=acme, title="Anvil weights", status="partly-delivered")
    in_days(-7, announcement=make.published(announced_on="2024-06"), title="Bolt")
    page = read(client, f"/calendar/?{query}")

    assert groups(page)["overdue"] == titles


def test_an_active_filter_is_named_and_can_be_taken_out(client):
    in_days(-9, announcement=make.published(company=make.company("Acme")))
    page = read(client, "/calendar/?company=acme&status=announced")
    links = dict(page.links)

    assert links["?status=announced"] == "Remove filter Company: Acme"
    assert links["?company=acme"] == "Remove filter Promise: Announced"
    overdue = "/announcements/?company=acme&status=announced&overdue=yes"
    assert links[overdue] == "All announcements with an overdue promise: 1"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("company=nobody", "company : “nobody” is not one of the values."),
        ("year=2024", "year : There is no filter of this name."),
        ("after=soon", "Write a year, a month or a day"),
        ("page=2", "The calendar has one page and one order"),
        ("order=title", "The calendar has one page and one order"),
    ],
)
def test_a_question_that_is_not_understood_shows_nothing_and_says_why(client, query, words):
    in_days(-9)
    page = read(client, f"/calendar/?{query}", status=400)

    assert words in page.words("main")
    assert groups(page) == {}


def test_a_long_group_is_cut_and_says_so(client, monkeypatch):
    monkeypatch.setattr(calendar, "SHOWN", 1)
    for days in (-3, -2, 2, 3):
        in_days(days)
    main = read(client, "/calendar/").words("main")

    assert "The 1 that have been overdue longest." in main
    assert "All announcements with an overdue promise: 2" in main
    assert "The 1 whose date passed last, of 2." in main
    assert "The next 1 of 2." in main


def test_the_date_that_holds_is_the_last_one_promised():
    promise = make.promise(due_from="2024-01-01", due_to="2024-02-01", due_words="soon")
    make.update(promise, "delayed", due_from="2025-01-01", due_to="2025-06-30", due_words="later")
    make.update(promise, "delayed", due_words="some day")
    [clock] = clocks(Promise.objects.with_dates(), TODAY)

    assert clock.is_moved
    assert (clock.promised.due_words, clock.month) == ("later", "June 2025")
    assert clock.reading.words == "181 days"
