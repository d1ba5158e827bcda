"""Companies, and what each one's promises came to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements.charts import status_bar
from announcements.entries import entries
from announcements.models import Announcement, Company, Promise
from announcements.tallies import (
    company_rows,
    concern_types_raised,
    ledger,
    licenses_used,
    with_published_counts,
)

SHOWN = 20


@require_safe
def company_list(request: HttpRequest) -> HttpResponse:
    rows = company_rows(timezone.localdate())
    context = {
        "section": "companies",
        "rows": [{"row": row, "statuses": status_bar(row.ledger.by_status)} for row in rows],
    }
    return render(request, "announcements/company_list.html", context)


@require_safe
def company_detail(request: HttpRequest, slug: str) -> HttpResponse:
    company = get_object_or_404(
        Company.objects.public().prefetch_related("former_names"), slug=slug
    )
    today = timezone.localdate()
    announced = Announcement.objects.published().by(Company.objects.filter(pk=company.pk))
    record = ledger(Promise.objects.filter(announcement__in=announced), today)
    context = {
        "section": "companies",
        "company": company,
        "total": announced.count(),
        "ledger": record,
        "statuses": status_bar(record.by_status, record.announcements),
        "entries": entries(announced.for_lists().newest_first()[:SHOWN], today),
        "initiatives": with_published_counts(company.initiatives.public()),
        "licenses": licenses_used(announced),
        "concern_types": concern_types_raised(announced),
    }
    return render(request, "announcements/company_detail.html", context)
