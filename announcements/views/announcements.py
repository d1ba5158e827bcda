"""The list of announcements, and all the values of one of its filters."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from announcements.entries import entries
from announcements.facets import COUNTED, facets, options
from announcements.filters import AnnouncementFilter, Selection, select
from announcements.freshness import asked_again
from announcements.history import ENTRY
from announcements.methods import for_reading
from announcements.models import Announcement
from announcements.search import companies
from announcements.views.frames import HtmxRequest, frame
from announcements.views.past import then

PER_PAGE = 25


@for_reading
@asked_again
def announcement_list(request: HtmxRequest) -> HttpResponse:
    """What the query string selects; 400 and no entry if it cannot be understood."""
    context = list_context(request)
    status = 200 if context["selection"].is_valid else 400
    return render(request, "announcements/announcement_list.html", context, status=status)


def list_context(request: HtmxRequest) -> dict[str, Any]:
    """All that the page of a list shows."""
    selection = select(request.GET)
    page = _page(selection)
    return {
        "section": "announcements",
        "frame": frame(request),
        "canonical_query": selection.query,
        "selection": selection,
        "form": selection.filterset.form,
        "facets": facets(selection),
        "errors": list(selection.errors.items()),
        "page": page,
        "numbers": list(
            page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ),
        "companies": companies(selection.values.get("q", "")),
        "entries": entries(_rows(selection, page), selection.today),
        "orders": selection.orders,
        **then(request, selection.past),
    }


def _rows(selection: Selection, keys: Iterable[int]) -> list[Announcement]:
    """The announcements with these keys, in their order, as they stand or stood."""
    if selection.past is None:
        return Announcement.objects.published().for_lists().in_order_of(keys)
    rows = {row.pk: row for row in selection.past.published(*ENTRY, id__in=list(keys))}
    return [rows[key] for key in keys if key in rows]


def _page(selection: Selection) -> Page[int]:
    """The keys of the page asked for; a page that does not exist becomes an error of the selection."""
    number = selection.values.get("page") or 1
    paginator: Paginator[int] = Paginator(selection.keys, PER_PAGE)
    try:
        return paginator.page(number)
    except EmptyPage:
        selection.refuse("page", f"There is no page {number}. Allowed: 1 to {paginator.num_pages}.")
    nothing: list[int] = []
    return Paginator(nothing, PER_PAGE).page(1)


@for_reading
@asked_again
def filter_values(request: HttpRequest, name: str) -> HttpResponse:
    """Every value of one filter as links: each gives the selection with that value, or without it."""
    if name not in COUNTED:
        raise Http404(f"“{name}” is not a filter with values. Allowed: {', '.join(COUNTED)}.")
    selection = select(request.GET)
    context = {
        "section": "announcements",
        "canonical_query": selection.query,
        **then(request, selection.past),
        "selection": selection,
        "errors": list(selection.errors.items()),
        "name": name,
        "label": AnnouncementFilter.base_filters[name].label,
        "options": [(row, selection.toggled(name, row.value)) for row in options(selection, name)],
    }
    status = 200 if selection.is_valid else 400
    return render(request, "announcements/filter_values.html", context, status=status)
