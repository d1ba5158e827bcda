"""Companies, and what each one's promises came to."""

from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from announcements.charts import status_bar, timeline
from announcements.entries import entries
from announcements.former_addresses import leads_on
from announcements.forms.queries import CompanySearchForm, CompareForm
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement, Company
from announcements.tallies import (
    company_rows,
    compare,
    standing,
    with_announced_counts,
    with_published_counts,
)
from announcements.views.past import then_as_list

PER_PAGE = 100
DRAWN, SHOWN = 12, 6


@for_reading
@asked_again
def company_list(request: HttpRequest) -> HttpResponse:
    """Companies by name, or those that a name finds; 400 and no company if the address is not understood."""
    form = CompanySearchForm(request.GET)
    page = _page(form)
    context = {
        "section": "companies",
        "canonical_query": _known_by(form, page),
        "form": form,
        "words": form.cleaned_data.get("q", ""),
        "complaints": form.complaints,
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "rows": [
            {"row": row, "statuses": status_bar(row.ledger.by_status)}
            for row in company_rows(page.object_list, timezone.localdate())
        ],
    }
    status = 400 if form.complaints else 200
    return render(request, "announcements/company_list.html", context, status=status)


def _known_by(form: CompanySearchForm, page: Page[Company]) -> str:
    """The query string by which this page of the list is known."""
    words = {"q": form.cleaned_data.get("q")} if not form.complaints else {}
    number = {"page": page.number} if page.number > 1 else {}
    return urlencode({name: value for name, value in {**words, **number}.items() if value})


def _page(form: CompanySearchForm) -> Page[Company]:
    """The page asked for; one that does not exist becomes an error of the form."""
    if form.complaints:
        return Paginator(Company.objects.none(), PER_PAGE).page(1)
    found = Company.objects.public().found_by(form.cleaned_data["q"])
    paginator = Paginator(with_announced_counts(found).order_by("name"), PER_PAGE)
    number = form.cleaned_data["page"] or 1
    try:
        return paginator.page(number)
    except EmptyPage:
        form.refuse("page", f"There is no page {number}. Allowed: 1 to {paginator.num_pages}.")
    return Paginator(Company.objects.none(), PER_PAGE).page(1)


@for_reading
@asked_again
def company_compare(request: HttpRequest) -> HttpResponse:
    """Two to four companies in one table; for fewer, the form to choose them with."""
    form = CompareForm(request.GET)
    companies = form.chosen
    context = {
        "section": "companies",
        "canonical_query": urlencode([("company", company.slug) for company in companies]),
        "form": form,
        "chosen": companies,
        "complaints": form.complaints,
        "comparison": compare(companies, timezone.localdate()) if len(companies) > 1 else None,
    }
    status = 400 if form.complaints else 200
    return render(request, "announcements/company_compare.html", context, status=status)


@for_reading
@asked_again
@leads_on(Company.objects.public)
@then_as_list("company")
def company_detail(request: HttpRequest, slug: str) -> HttpResponse:
    company = get_object_or_404(
        Company.objects.public().prefetch_related("former_names"), slug=slug
    )
    today = timezone.localdate()
    announced = Announcement.objects.published().by(Company.objects.filter(pk=company.pk))
    newest = list(announced.for_lists().newest_first()[:DRAWN])
    record = standing(announced, today)
    context = {
        "section": "companies",
        "company": company,
        "standing": record,
        "statuses": status_bar(record.ledger.by_status),
        "timeline": timeline(newest, today),
        "entries": entries(newest[:SHOWN], today),
        "initiatives": with_published_counts(company.initiatives.public()),
    }
    return render(request, "announcements/company_detail.html", context)
