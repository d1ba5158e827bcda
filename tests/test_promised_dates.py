"""The calendar of promised dates: valid by its rules, and event by event what the page of dates shows."""

import os
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from icalendar import Calendar, Event

from announcements.feeds import calendars
from announcements.filters import Selection
from tests import make, surfaces
from tests.test_agreement import build_with_drafts, hidden, worlds
from tests.test_facets import TODAY, questions

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
MAY = {"due_from": date(2024, 5, 1), "due_to": date(2024, 5, 31)}


def calendar(client: Client, query: str = "") -> Calendar:
    response = client.get(f"/announcements.ics?{query}")
    assert response.status_code == 200, response.content
    return Calendar.from_ical(response.content)


def events(client: Client, query: str = "") -> list[Event]:
    return list(calendar(client, query).walk("VEVENT"))


def event_of(client: Client, **facts: object) -> Event:
    """The event of one promise."""
    make.promise(**facts)
    [event] = events(client)
    return event


def test_the_file_is_icalendar_by_its_lines(client):
    surfaces.fill()
    make.promise(title="Öffnung 開 \U0001f600 " * 9, **MAY)
    response = client.get("/announcements.ics")
    lines = response.content.split(b"\r\n")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="promised-dates.ics"'
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    for line in lines:
        line.decode()


@pytest.mark.parametrize("query", ["", "company=acme", "before=2001"])
def test_what_was_read_is_written_the_same(client, query):
    surfaces.fill()
    file = client.get(f"/announcements.ics?{query}").content

    assert Calendar.from_ical(file).to_ical() == file
    assert not Calendar.from_ical(file).errors


def test_a_calendar_names_itself_and_says_when_to_ask_again(client):
    make.promise(make.published(company=make.company("Acme")), **MAY)
    head = calendar(client, "company=acme&page=2&order=title")

    assert head["PRODID"] == "-//Open-Source AI Tracker//EN"
    assert head["VERSION"] == "2.0"
    assert head["NAME"] == head["X-WR-CALNAME"] == "Promised dates: Acme"
    assert head["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert head["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert head["SOURCE"] == "http://testserver/announcements.ics?company=acme&order=title"


def test_commas_in_the_name_of_a_calendar_are_escaped(client):
    file = client.get("/announcements.ics?kind=program&overdue=yes").content

    assert b"\r\nNAME:Promised dates: Program or funding\\, Overdue\r\n" in file
    assert b"\r\nX-WR-CALNAME:Promised dates: Program or funding\\, Overdue\r\n" in file


def test_an_event_has_what_rfc_5545_requires_and_a_reader_wants(client):
    company = make.company("Acme")
    announcement = make.published(company=company, slug="x", title="Acme opens Anvil")
    promise = make.promise(
        announcement, title="Weights", due_words="in May", condition="if stable", **MAY
    )
    [event] = events(client)

    assert event["SUMMARY"] == "Acme: Weights (announced, overdue)"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2024, 5, 1), date(2024, 6, 1))
    assert event["URL"] == f"http://testserver/announcements/x/#promise-{promise.pk}"
    assert event["CATEGORIES"].cats == ["Acme", "Announced"]
    assert event["DESCRIPTION"].splitlines() == [
        "Announced, overdue. Acme opens Anvil.",
        "Promised for 1 May 2024 to 31 May 2024, “in May”.",
        "Condition: if stable",
    ]
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("due_from", "due_to", "end"),
    [
        ("2024-02-29", "2024-02-29", date(2024, 3, 1)),
        ("2024-01-01", "2024-12-31", date(2025, 1, 1)),
        ("9999-01-01", "9999-12-31", date.max),
    ],
)
def test_a_date_promised_is_whole_days_and_the_end_is_the_day_after(client, due_from, due_to, end):
    event = event_of(client, due_from=due_from, due_to=due_to)

    assert event["DTSTART"].dt == date.fromisoformat(due_from)
    assert event["DTEND"].dt == end
    assert event["DTSTART"].params["VALUE"] == "DATE"


@pytest.mark.parametrize(
    ("status", "basis", "standing"),
    [
        ("announced", "company-statement", "CONFIRMED"),
        ("delayed", "named-report", "CONFIRMED"),
        ("delivered", "company-statement", "CONFIRMED"),
        ("announced", "unnamed-report", "TENTATIVE"),
        ("withdrawn", "company-statement", "CANCELLED"),
        ("superseded", "unnamed-report", "CANCELLED"),
    ],
)
def test_an_event_says_whether_the_date_holds(client, status, basis, standing):
    event = event_of(client, announcement=make.published(basis=basis), status=status, **MAY)

    assert event["STATUS"] == standing


def test_the_date_that_holds_is_the_last_one_promised(client):
    promise = make.promise(**MAY)
    make.update(promise, "delayed", due_from="2099-01-01", due_to="2099-06-30", due_words="later")
    make.update(promise, "delayed", due_words="some day")
    [event] = events(client)

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2099, 1, 1), date(2099, 7, 1))
    assert "Promised for 1 January 2099 to 30 June 2099, “later”." in event["DESCRIPTION"]
    assert "First promised for 1 May 2024 to 31 May 2024." in event["DESCRIPTION"]


def test_what_names_no_date_is_no_event(client):
    make.promise(due_words="soon")
    make.promise(condition="once it is stable")

    assert events(client) == []


def test_an_event_keeps_its_id_and_rises_when_its_record_changes(client):
    promise = make.promise(make.published(slug="old"), **MAY)
    [before] = events(client)

    promise.announcement.slug = "new"
    promise.announcement.save()
    make.update(promise, "delayed", due_from="2025-01-01", due_to="2025-01-31")
    [after] = Calendar.from_ical(
        client.get("/announcements.ics", headers={"Host": "127.0.0.1"}).content
    ).walk("VEVENT")

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after["DTSTART"].dt != before["DTSTART"].dt


def test_another_record_that_changes_moves_nothing(client):
    make.promise(make.published(announced_on="2020"), **MAY)
    [before] = events(client)
    make.published()

    assert events(client)[0].to_ical() == before.to_ical()


def test_no_text_that_the_database_can_hold_breaks_the_calendar(client):
    strange = "a\x0b\r\nEND:VEVENT\r\n;,\\\ufffe\U0001f600"
    make.promise(
        make.published(company=make.company(strange, slug="acme"), title=strange),
        title=strange,
        condition=strange,
        **MAY,
    )
    [event] = events(client)

    assert event["SUMMARY"].endswith("a END:VEVENT ;,\\\U0001f600 (announced, overdue)")
    assert calendar(client, "company=acme")["NAME"].startswith("Promised dates: a END:VEVENT")


def test_many_are_read_some_at_a_time(client, monkeypatch):
    monkeypatch.setattr(calendars, "CHUNK", 2)
    announcement = make.published()
    for _ in range(5):
        make.promise(announcement, **MAY)

    assert len({event["UID"] for event in events(client)}) == 5


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(world=worlds, hidden=hidden, question=questions)
def test_events_are_the_promises_with_a_date_that_the_question_means(world, hidden, question):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.utils.timezone.localdate", lambda: TODAY)
        build_with_drafts(world, hidden)
        asked = urlencode(question, doseq=True)
        selection = Selection(QueryDict(asked))
        # A value that only drafts have is none of the question's.
        assume(selection.is_valid)
        promises = selection.promises.select_related("announcement")
        found = events(Client(), asked)

        wanted = {
            (f"http://testserver{row.announcement.get_absolute_url()}#promise-{row.pk}", row.due_to)
            for row in promises
            if row.due_to
        }
        assert {(e["URL"], e["DTEND"].dt - timedelta(days=1)) for e in found} == wanted
        assert len({e["UID"] for e in found}) == len(found) == len(wanted)
        assert all(row.announcement.is_published for row in promises)
        transaction.set_rollback(True)
