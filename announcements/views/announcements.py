"""The list of announcements, and one announcement."""

from datetime import date
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements import statuses
from announcements.charts import promise_bar
from announcements.entries import Entry, entries, meter, numbered_sources
from announcements.facets import facets
from announcements.filters import ORDERS, Selection
from announcements.models import Announcement, Promise
from announcements.models.announcement import AnnouncementQuerySet
from announcements.vocabularies import definition, terms

PER_PAGE = 25
RELATED = 6


@require_safe
def announcement_list(request: HttpRequest) -> HttpResponse:
    """What the query string selects; 400 and no entry if it cannot be understood."""
    selection = Selection(request.GET)
    page = _page(selection)
    context = {
        "section": "announcements",
        "selection": selection,
        "form": selection.filterset.form,
        "facets": facets(selection, timezone.localdate()),
        "errors": list(selection.errors.items()),
        "page": page,
        "numbers": list(
            page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ),
        "entries": entries(page.object_list, timezone.localdate()),
        "orders": [(slug, words) for slug, (words, _) in ORDERS.items()],
    }
    status = 200 if selection.is_valid else 400
    return render(request, "announcements/announcement_list.html", context, status=status)


def _page(selection: Selection) -> Page[Announcement]:
    """The page asked for; one that does not exist becomes an error of the selection."""
    number = selection.values.get("page") or 1
    paginator: Paginator[Announcement] = Paginator(selection.queryset.for_lists(), PER_PAGE)
    paginator.count = selection.total
    try:
        return paginator.page(number)
    except EmptyPage:
        selection.refuse("page", f"There is no page {number}. Allowed: 1 to {paginator.num_pages}.")
    return Paginator(Announcement.objects.none(), PER_PAGE).page(1)


@require_safe
def announcement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    announcement = get_object_or_404(Announcement.objects.published().for_reading(), slug=slug)
    today = timezone.localdate()
    published = Announcement.objects.published()
    sources = numbered_sources(announcement)
    promises = list(announcement.promises.all())
    context = {
        "section": "announcements",
        "announcement": announcement,
        "entry": Entry(announcement, today),
        "kind_definition": definition("announcement_kinds", announcement.kind),
        "basis_definition": definition("announcement_basis", announcement.basis),
        "promises": [_promise(promise, today) for promise in promises],
        "licenses_named": list(
            dict.fromkeys(promise.license for promise in promises if promise.license)
        ),
        "releases": [{"release": row, "meter": meter(row)} for row in announcement.releases.all()],
        "sources": sources,
        "numbers": {row.source.pk: row.number for row in sources},
        "related": published.filter(related=announcement).select_related("company"),
        "same_initiatives": _same_initiatives(published, announcement),
        "address": request.build_absolute_uri(announcement.get_absolute_url()),
    }
    return render(request, "announcements/announcement_detail.html", context)


def _promise(promise: Promise, today: date) -> dict[str, Any]:
    return {
        "promise": promise,
        "parts": [terms("components")[slug]["name"] for slug in promise.parts],
        "bar": promise_bar(promise, today),
        "days_overdue": promise.days_overdue(today),
        "days_late": promise.days_late(),
        "is_settled": promise.status in statuses.SETTLED,
    }


def _same_initiatives(
    published: AnnouncementQuerySet, announcement: Announcement
) -> AnnouncementQuerySet:
    """The newest other announcements about one of its initiatives."""
    initiatives = announcement.initiatives.all()
    others = published.filter(initiatives__in=initiatives).exclude(pk=announcement.pk)
    return (
        others.exclude(related=announcement)
        .select_related("company")
        .distinct()
        .newest_first()[:RELATED]
    )
