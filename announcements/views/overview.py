"""The front page: what to look at first, what stands, what is new, what people worry about."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from announcements.charts import Clock, clocks, count_by_quarter, quarter_chart, status_bar
from announcements.entries import entries
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement, Promise, Release, Update
from announcements.models.announcement import AnnouncementQuerySet
from announcements.models.promise import PromiseQuerySet
from announcements.remembered import remembered
from announcements.tallies import concern_table, label_gaps, ledger

OVERDUE, SHORT, NEWEST, CAME, LATEST, COMPANIES = 4, 2, 4, 6, 6, 8
"""How many of each the page shows."""
SOON = timedelta(days=90)


@for_reading
@asked_again
def overview(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    announcements = Announcement.objects.published()
    context = {
        "section": "",
        "newest": entries(announcements.for_lists().newest_first()[:NEWEST], today),
        "updates": _latest_updates(),
        **_first(Promise.objects.of_published(), today),
        **remembered("overview", today, lambda: _sums(announcements, today)),
    }
    return render(request, "announcements/overview.html", context)


def _sums(announcements: AnnouncementQuerySet, today: date) -> dict[str, Any]:
    """What all announcements add up to, and the releases that are not what they are called."""
    record = ledger(Promise.objects.of_published(), today)
    return {
        "announcements": announcements.count(),
        "companies": announcements.announcers().count(),
        "ledger": record,
        "statuses": status_bar(record.by_status, record.announcements),
        "quarters": quarter_chart(count_by_quarter(announcements), today),
        "concerns": concern_table(COMPANIES),
        **_gaps(),
    }


def _first(promises: PromiseQuerySet, today: date) -> dict[str, Any]:
    """Promises past their date, near it, and kept last: in time, late, or without a date."""
    dated = promises.with_dates()
    soon = dated.due(today, today + SOON)

    def some(rows: PromiseQuerySet, order: str, number: int) -> list[Clock]:
        tie = "-pk" if order.startswith("-") else "pk"
        return clocks(rows.order_by(order, tie)[:number], today)

    return {
        "overdue": some(dated.overdue(today), "due_latest", OVERDUE),
        "soon": some(soon, "due_latest", SHORT),
        "soon_count": soon.count(),
        "late": some(dated.late(), "-delivered_on", SHORT),
        "came": some(dated.delivered(), "-delivered_on", CAME),
    }


def _gaps() -> dict[str, Any]:
    """How many releases are called open source and are not, and the newest of those."""
    called = list(
        Release.objects.of_published()
        .filter(called=Release.Called.OPEN_SOURCE)
        .select_related("license", "announcement__company")
        .prefetch_related("components__license", "announcement__company__former_names")
        .order_by("-announcement__first_day", "-pk")
    )
    found = (release for release in called if release.label_gap)
    return {"gaps": label_gaps(called), "newest_gaps": list(islice(found, SHORT))}


def _latest_updates() -> list[Update]:
    """The steps that happened last, each with its promise and announcement."""
    published = Promise.objects.of_published().filter(pk=OuterRef("promise"))
    updates = Update.objects.filter(Exists(published))
    return list(
        updates.select_related("promise__announcement__company")
        .prefetch_related("promise__announcement__company__former_names")
        .order_by("-happened_on", "-pk")[:LATEST]
    )
