"""The calendar of promised dates: overdue, just passed, due, and what hangs on a condition."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from announcements.charts import clocks
from announcements.filters import NOT_A_FILTER, Selection
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Company
from announcements.models.promise import PromiseQuerySet

SHOWN = 50
"""How many promises of each group the page shows."""
JUST = timedelta(days=90)


@for_reading
@asked_again
def calendar(request: HttpRequest) -> HttpResponse:
    """The promises of the announcements that the query string selects; 400 if it cannot be understood."""
    selection = Selection(request.GET)
    for name in NOT_A_FILTER:
        if name in request.GET and name not in selection.errors:
            selection.refuse(name, "The calendar has one page and one order: leave it out.")
    today, promises = selection.today, selection.promises
    overdue = promises.overdue(today)
    context = {
        "section": "calendar",
        "canonical_query": selection.query,
        "today": today,
        "selection": selection,
        "errors": list(selection.errors.items()),
        "companies": _companies(selection),
        **_addresses(request, selection),
        "overdue": _group(overdue, today, "due_latest", "pk"),
        "overdue_announcements": overdue.aggregate(of=Count("announcement", distinct=True))["of"],
        "passed": _group(promises.passed(today - JUST, today), today, "-due_latest", "-pk"),
        "due": _group(promises.due(today), today, "due_latest", "pk"),
        "conditional": _group(
            promises.on_a_condition(), today, "-announcement__first_day", "-announcement", "pk"
        ),
    }
    status = 200 if selection.is_valid else 400
    return render(request, "announcements/calendar.html", context, status=status)


def _addresses(request: HttpRequest, selection: Selection) -> dict[str, str]:
    """Of the same dates as a file, and for programs that subscribe to it."""
    path = reverse("announcements:announcements_ics")
    ics = f"{path}?{selection.whole}" if selection.whole else path
    absolute = request.build_absolute_uri(ics)
    return {"ics": ics, "webcal": f"webcal:{absolute.partition(':')[2]}"}


def _group(promises: PromiseQuerySet, today: date, *order: str) -> dict[str, Any]:
    """The first promises in an order, and how many there are."""
    total = promises.count()
    rows = clocks(promises.with_dates().order_by(*order)[:SHOWN], today)
    return {"rows": rows, "total": total, "is_cut": total > SHOWN}


def _companies(selection: Selection) -> list[tuple[str, str, bool]]:
    """Slug, name, and whether it is the one chosen; none where a list could not show the choice."""
    chosen = selection.values.get("company") or []
    if not selection.is_valid or len(chosen) > 1:
        return []
    companies = Company.objects.public().values_list("slug", "name")
    return [(slug, name, [slug] == chosen) for slug, name in companies]
