"""The promised dates of a selection as a calendar to subscribe to (RFC 5545, RFC 7986)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from icalendar import Calendar, Event, vText

from announcements import site, statuses
from announcements.charts import Clock, due_range
from announcements.entries import status_words
from announcements.feeds.announcements import title, with_query
from announcements.feeds.ids import id_of_part
from announcements.feeds.items import Absolute
from announcements.feeds.texts import in_one_line, readable
from announcements.filters import Selection
from announcements.models import Announcement, Promise
from announcements.models.promise import PromiseQuerySet
from announcements.models.version import Change

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(hours=12)
"""How often a subscriber should ask."""
CHUNK = 500

NO_LONGER = frozenset({statuses.WITHDRAWN, statuses.SUPERSEDED})
"""Statuses by which a promise does not hold any more, whatever its date."""
CLOSING = b"END:VCALENDAR\r\n"


def dated(selection: Selection) -> PromiseQuerySet:
    """The promises that a selection means and that name a date, by date, with when they changed."""
    changes = Change.objects.filter(announcement_key=OuterRef("announcement"))
    return (
        selection.promises.filter(due_latest__isnull=False)
        .with_dates()
        .annotate(
            version=Subquery(changes.values("version")[:1]),
            written_at=Subquery(changes.values("version__written_at")[:1]),
        )
        .order_by("due_latest", "pk")
    )


def calendar(selection: Selection, path: str, absolute: Absolute) -> bytes:
    """Every promised date of a valid selection as an event; written one by one, to hold few at a time."""
    head = _head(selection, path, absolute).to_ical().removesuffix(CLOSING)
    rows = dated(selection).iterator(chunk_size=CHUNK)
    events = (_event(Clock(row, selection.today), absolute).to_ical() for row in rows)
    return b"".join([head, *events, CLOSING])


def _head(selection: Selection, path: str, absolute: Absolute) -> Calendar:
    # The library knows neither of the two names as text, and would leave its commas as they are.
    name = vText(in_one_line(title(selection, "Promised dates")))
    page = reverse("announcements:calendar")
    head = Calendar()
    head.add("prodid", f"-//{site.NAME}//EN")
    head.add("version", "2.0")
    head.add("name", name)
    # What most programs read, although no standard names it.
    head.add("x-wr-calname", name)
    head.add("description", "When what was promised is due, with what came of it.")
    head.add("url", absolute(with_query(page, selection)))
    head.add("source", absolute(with_query(path, selection)), {"VALUE": "URI"})
    head.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    head.add("x-published-ttl", "PT12H")
    return head


def _event(clock: Clock, absolute: Absolute) -> Event:
    """An event of whole days, from the first that keeps the promise to the last."""
    promise, promised = clock.promise, clock.promised
    announcement = promise.announcement
    version, changed = _changed(promise)
    event = Event()
    event.add("uid", str(id_of_part(announcement, "promise", promise.pk)))
    # Without a method the stamp says when the event was last revised (RFC 5545, 3.8.7.2).
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # Versions only ever rise, and an event is as new as the version in which its record last changed.
    event.add("sequence", version)
    assert promised.due_from  # noqa: S101
    assert promised.due_to  # noqa: S101
    event.add("dtstart", promised.due_from)
    event.add("dtend", min(promised.due_to, date.max - timedelta(days=1)) + timedelta(days=1))
    words = status_words(promise.status, announcement.basis)
    state = f"{words}, {clock.reading.flag}" if clock.reading.flag else words
    event.add(
        "summary", in_one_line(f"{announcement.announcer}: {promise.title} ({state.lower()})")
    )
    event.add("description", readable("\n".join(_description(clock, state))))
    event.add("url", f"{absolute(announcement.get_absolute_url())}#promise-{promise.pk}")
    event.add("categories", [in_one_line(announcement.company), words])
    event.add("status", _standing(promise))
    # A date somebody else promised keeps nobody busy.
    event.add("transp", "TRANSPARENT")
    return event


def _changed(promise: Any) -> tuple[int, Any]:
    """The version in which its record last changed, and when that was written."""
    return promise.version or 0, promise.written_at or promise.announcement.modified_at


def _standing(promise: Promise) -> str:
    if promise.status in NO_LONGER:
        return "CANCELLED"
    if promise.announcement.basis == Announcement.Basis.UNNAMED_REPORT:
        return "TENTATIVE"
    return "CONFIRMED"


def _description(clock: Clock, state: str) -> Iterator[str]:
    promise, promised = clock.promise, clock.promised
    yield f"{state}. {promise.announcement.title}."
    quoted = f", “{promised.due_words}”" if promised.due_words else ""
    yield f"Promised for {due_range(promised)}{quoted}."
    if clock.is_moved and promise.due_to:
        yield f"First promised for {due_range(promise)}."
    if promise.condition:
        yield f"Condition: {promise.condition}"
