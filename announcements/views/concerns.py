"""Concerns: companies against types, and one type with its cases."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from announcements.filters import conditions
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement, Concern, ConcernType
from announcements.remembered import remembered
from announcements.tallies import by_company, by_status, by_year, concern_table

PER_PAGE = 25
COMPANIES = 10


@for_reading
@asked_again
def concern_list(request: HttpRequest) -> HttpResponse:
    concerns = Concern.objects.of_published()
    context = {
        "section": "concerns",
        "table": remembered("concerns", timezone.localdate(), concern_table),
        "concerns": concerns.count(),
        "untyped": concerns.filter(type=None).count(),
    }
    return render(request, "announcements/concern_list.html", context)


@for_reading
@asked_again
@leads_on(ConcernType.objects.all)
def concern_detail(request: HttpRequest, slug: str) -> HttpResponse:
    kind = get_object_or_404(ConcernType, slug=slug)
    types = list(ConcernType.objects.all())
    concerns = Concern.objects.of_published().of_types([slug])
    announcements = Announcement.objects.published().filter(*conditions({"concern": [slug]}))
    cases = (
        concerns.select_related("announcement__company", "source", "type")
        .prefetch_related("further_types", "announcement__company__former_names")
        .order_by("-announcement__first_day", "-announcement", "position")
    )
    try:
        page = Paginator(cases, PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(str(error)) from error
    context = {
        "section": "concerns",
        "canonical_query": f"page={page.number}" if page.number > 1 else "",
        "type": kind,
        "use_instead": _use_instead(kind.use_instead, types),
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "concerns": page.paginator.count,
        "announcements": announcements.count(),
        "companies": announcements.announcers().count(),
        "by_company": by_company(announcements, COMPANIES),
        "by_year": by_year(announcements),
        "by_status": by_status(concerns),
        "types": types,
    }
    return render(request, "announcements/concern_detail.html", context)


def _use_instead(text: str, types: list[ConcernType]) -> list[tuple[str, ConcernType | None]]:
    """The cases for which another type fits better, each with that type if the text names it by its slug."""
    known = {kind.slug: kind for kind in types}
    cases = [case.strip().rpartition(":") for case in text.split(";") if case.strip()]
    return [
        (case, known[slug.strip()]) if slug.strip() in known else (f"{case}{colon}{slug}", None)
        for case, colon, slug in cases
    ]
