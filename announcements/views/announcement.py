"""One announcement with all that hangs on it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements import statuses
from announcements.charts import promise_bar
from announcements.entries import Entry, meter, numbered_sources
from announcements.models import Announcement, Promise
from announcements.models.announcement import AnnouncementQuerySet
from announcements.vocabularies import definition, terms

RELATED = 6


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
