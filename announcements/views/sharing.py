"""What other places show of a page: a reference to it, and a picture of it."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from announcements import previews
from announcements.entries import Entry
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement
from announcements.references import Reference, reference

A_DAY = 24 * 60 * 60
"""Seconds that a picture is kept; a page that shows other facts asks for another one."""


@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def citation_bib(request: HttpRequest, slug: str) -> HttpResponse:
    """A reference to an announcement's page as a BibTeX file."""
    found = _reference(request, slug)
    return _file(found.bibtex, "application/x-bibtex; charset=utf-8", f"{slug}.bib")


@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def citation_json(request: HttpRequest, slug: str) -> HttpResponse:
    """A reference to an announcement's page as a file of CSL-JSON."""
    found = _reference(request, slug)
    return _file(found.csl_json, "application/vnd.citationstyles.csl+json", f"{slug}.json")


def _reference(request: HttpRequest, slug: str) -> Reference:
    announcement = get_object_or_404(Announcement.objects.published().for_reading(), slug=slug)
    address = request.build_absolute_uri(announcement.get_absolute_url())
    return reference(announcement, address, timezone.localdate())


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def preview(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture of an announcement's facts, drawn once for those that it shows today."""
    announcement = get_object_or_404(Announcement.objects.published().for_lists(), slug=slug)
    facts = previews.preview(Entry(announcement, timezone.localdate()))
    png = cache.get_or_set(f"preview:{facts.name}", lambda: previews.picture(facts), A_DAY)
    return HttpResponse(png, content_type="image/png")


@for_reading
@asked_again
def preview_of_the_site(request: HttpRequest) -> HttpResponseBase:
    """The picture for every page that is not about one announcement."""
    return HttpResponse(previews.picture_of_the_site(), content_type="image/png")
