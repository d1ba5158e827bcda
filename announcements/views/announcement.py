"""One announcement with all that hangs on it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from announcements import statuses
from announcements.charts import promise_bar
from announcements.embeds import snippets
from announcements.entries import Entry, meter, numbered_sources, source_of_statement
from announcements.filters import AS_OF
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.history import NoSuchDay, Past
from announcements.licensing import licensing
from announcements.methods import for_reading
from announcements.models import Announcement, Promise, Release
from announcements.models.announcement import READING
from announcements.neighbors import neighbors
from announcements.previews import preview
from announcements.references import reference
from announcements.structured_data import data_block, structured_data
from announcements.views.past import clock, no_such_day, past_asked, then
from announcements.vocabularies import definition, terms

TOO_LITTLE = "There is no page to preview yet: a page needs company, date and kind."


@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def announcement_detail(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        past = past_asked(request)
    except NoSuchDay as error:
        return no_such_day(request, error)
    announcement = _announcement(slug, past)
    return page_of(request, announcement, "announcements/announcement_detail.html", past)


@for_reading
def announcement_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one that is not published yet, as readers will see it; for editors alone."""
    rows = Announcement.objects.exclude(state=Announcement.State.PUBLISHED).for_reading()
    announcement = get_object_or_404(rows, pk=pk)
    if not site.get_model_admin(Announcement).has_view_permission(request, announcement):
        raise PermissionDenied
    if not (announcement.company and announcement.first_day and announcement.kind):
        messages.info(request, TOO_LITTLE)
        return redirect("admin:announcements_announcement_change", pk)
    response = page_of(request, announcement, "announcements/announcement_preview.html")
    response["X-Robots-Tag"] = "noindex"
    return response


def page_of(
    request: HttpRequest, announcement: Announcement, template: str, past: Past | None = None
) -> HttpResponse:
    """The page of an announcement loaded with ``for_reading``, or as it stood."""
    today = clock(past, timezone.localdate())
    absolute = request.build_absolute_uri
    entry = Entry(announcement, today)
    sources = numbered_sources(announcement)
    beside = None if past else neighbors(announcement)
    if beside:
        prefetch_related_objects(beside.named, "company__former_names")
    context = {
        "section": "announcements",
        "announcement": announcement,
        "entry": entry,
        "kind_definition": definition("announcement_kinds", announcement.kind),
        "basis_definition": announcement.basis
        and definition("announcement_basis", announcement.basis),
        "statement_source": source_of_statement(sources),
        "promises": [
            _promise(number, promise, today) for number, promise in enumerate(entry.promises, 1)
        ],
        "releases": [_release(release, entry.promises) for release in announcement.releases.all()],
        "sources": sources,
        "numbers": {row.source.pk: row.number for row in sources},
        "neighbors": beside,
        "reference": reference(announcement, absolute(announcement.get_absolute_url()), today),
        "structured_data": data_block(
            structured_data(announcement, (row.source for row in sources), absolute)
        ),
        "picture_words": preview(entry).words,
        **then(request, past),
    }
    if past:
        context["canonical_query"] = urlencode({AS_OF: past.day})
    elif announcement.is_published:
        context["snippets"] = snippets(entry, absolute)

    return render(request, template, context)


def _announcement(slug: str, past: Past | None) -> Announcement:
    """What readers see at this address, or saw then."""
    if past is None:
        return get_object_or_404(Announcement.objects.published().for_reading(), slug=slug)
    found = past.published(*READING, "company", slug=slug)
    if not found:
        raise Http404(f"Readers saw no such announcement on {past.day}.")
    return found[0]


def _promise(number: int, promise: Promise, today: date) -> dict[str, Any]:
    return {
        "number": number,
        "promise": promise,
        "parts": [terms("components")[slug]["name"] for slug in promise.parts],
        "bar": promise_bar(promise, today),
        "days_overdue": promise.days_overdue(today),
        "days_late": promise.days_late(),
        "is_settled": promise.status in statuses.SETTLED,
        "superseded_by": _shown_with(promise, promise.superseded_by),
        "renews": _shown_with(promise, promise.renews),
    }


def _shown_with(promise: Promise, other: Promise | None) -> Promise | None:
    """Another promise if whoever reads this one can read it too."""
    if other and other.announcement_id != promise.announcement_id:
        return other if other.announcement.is_published else None
    return other


def _release(release: Release, promises: list[Promise]) -> dict[str, Any]:
    squares, licenses = meter(release), licensing(release, promises)
    return {
        "release": release,
        "meter": squares,
        "licensing": licenses,
        "components": [
            {"square": square, "announced": licenses.announced_instead.get(square.slug)}
            for square in squares.squares
        ],
    }
