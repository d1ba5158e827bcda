"""The list of announcements."""

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements.entries import entries
from announcements.facets import facets
from announcements.filters import ORDERS, Selection
from announcements.models import Announcement

PER_PAGE = 25


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
