"""The front page: what stands, what is overdue, what is new, what people worry about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements.charts import count_by_quarter, promise_bar, quarter_chart, status_bar
from announcements.cross_tables import concern_table
from announcements.entries import entries
from announcements.models import Announcement, Company, Promise, Release, Update
from announcements.tallies import label_gaps, ledger, with_announced_counts

OVERDUE, NEWEST, LATEST, COMPANIES = 6, 5, 6, 8


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    promises = Promise.objects.of_published()
    record = ledger(promises, today)
    overdue = (
        promises.overdue(today).select_related("announcement__company").order_by("due_latest", "pk")
    )
    companies = with_announced_counts(Company.objects.all()).filter(published__gt=0)
    called = Release.objects.of_published().filter(called=Release.Called.OPEN_SOURCE)
    published = Announcement.objects.published()
    context = {
        "section": "",
        "announcements": published.count(),
        "companies": companies.count(),
        "ledger": record,
        "statuses": status_bar(record.by_status, record.announcements),
        "quarters": quarter_chart(count_by_quarter(published), today),
        "gaps": label_gaps(
            called.select_related("license").prefetch_related("components__license")
        ),
        "overdue": [
            {
                "promise": promise,
                "bar": promise_bar(promise, today),
                "days": promise.days_overdue(today),
            }
            for promise in overdue[:OVERDUE]
        ],
        "newest": entries(published.for_lists().newest_first()[:NEWEST], today),
        "updates": _latest_updates(),
        "concerns": concern_table(COMPANIES),
        "top_companies": companies.order_by("-published", "name")[:COMPANIES],
    }
    return render(request, "announcements/overview.html", context)


def _latest_updates() -> list[Update]:
    """The steps that happened last, each with its promise and announcement."""
    updates = Update.objects.filter(promise__announcement__state="published")
    return list(
        updates.select_related("promise__announcement__company").order_by("-happened_on", "-pk")[
            :LATEST
        ]
    )
