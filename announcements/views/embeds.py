"""An announcement on other people's pages: a card in a frame, what finds the card, and badges."""

from http import HTTPStatus
from typing import Any

from csp.decorators import csp_replace
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt

from announcements import embeds, previews, site
from announcements.entries import Entry
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement
from announcements.problems import not_understood, problem


# The two that let others frame it come first: a 304 of ``asked_again`` must say so too, because a
# browser takes over its headers into the copy that it keeps.
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The card: an announcement in short, for a frame in anybody's page."""
    entry = _entry(slug)
    context = {
        "entry": entry,
        "announcement": entry.announcement,
        "promises": [
            {"promise": promise, "days_overdue": promise.days_overdue(entry.today)}
            for promise in entry.promises[: embeds.MOST_PROMISES]
        ],
        "more": max(len(entry.promises) - embeds.MOST_PROMISES, 0),
    }
    return render(request, "announcements/embed.html", context)


@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of an announcement's promises, as a badge."""
    entry = _entry(slug)
    return _badge(request, entry, embeds.badge_of_promises(entry))


@for_reading
@asked_again
@leads_on(Announcement.objects.published)
def badge_of_promise(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What became of one promise, by its number in the announcement's record, from 1."""
    entry = _entry(slug)
    promises = list(entry.announcement.promises.all())
    if not 0 < number <= len(promises) or not promises[number - 1].status:
        raise Http404(f"The announcement has no promise {number}.")
    return _badge(request, entry, embeds.badge_of_promise(promises[number - 1], entry))


def _badge(request: HttpRequest, entry: Entry, badge: embeds.Badge) -> HttpResponse:
    context = {"badge": badge, "title": embeds.for_xml(entry.announcement.title)}
    return render(request, "announcements/badge.svg", context, content_type="image/svg+xml")


def _entry(slug: str) -> Entry:
    rows = Announcement.objects.published().for_lists()
    return Entry(get_object_or_404(rows, slug=slug), timezone.localdate())


@for_reading
@asked_again
def oembed(request: HttpRequest) -> HttpResponse:
    """The card of the announcement at ``url``, as oEmbed 1.0 describes a rich one.

    The statuses are those that oEmbed names: 404 for what is not here, 501 for another format. What it
    does not name is ignored, as consumers send parameters of their own.
    """
    asked = request.GET
    if (form := asked.get("format") or "json") not in embeds.ANSWERS:
        return problem(HTTPStatus.NOT_IMPLEMENTED, "The formats are json and xml.")
    if not asked.get("url"):
        return not_understood({"url": ["Give the address of an announcement of this site."]})
    most, errors = _limits(asked)
    if errors:
        return not_understood(errors)
    slug = embeds.slug_at(asked["url"], request.get_host())
    announcement = _announcement_at(slug)
    if announcement is None:
        return problem(HTTPStatus.NOT_FOUND, "There is no announcement of this site at this url.")
    return _rich(request, announcement, form, *most)


def _limits(asked: QueryDict) -> tuple[list[int | None], dict[str, list[str]]]:
    """The width and the height that a page can give, and what is wrong with them by their names."""
    most, errors = [], {}
    for name in ("maxwidth", "maxheight"):
        try:
            most.append(embeds.limit(asked.get(name, "")))
        except ValueError as error:
            errors[name] = [str(error)]
    return most, errors


def _announcement_at(slug: str | None) -> Announcement | None:
    rows = Announcement.objects.published().for_lists()
    here = Q(slug=slug) | Q(former_addresses__slug=slug)
    return rows.filter(here).first() if slug else None


def _rich(
    request: HttpRequest, announcement: Announcement, form: str, *most: int | None
) -> HttpResponse:
    slug, absolute = [announcement.slug], request.build_absolute_uri
    entry = Entry(announcement, timezone.localdate())
    address = absolute(reverse("announcements:embed", args=slug))
    card = embeds.card(entry, address, *most)
    answer: dict[str, Any] = {
        "type": "rich",
        "version": "1.0",
        "title": announcement.title,
        "provider_name": site.NAME,
        "provider_url": absolute("/"),
        "html": str(card.html),
        "width": card.width,
        "height": card.height,
    }
    if (most[0] or previews.WIDTH) >= previews.WIDTH and (
        most[1] or previews.HEIGHT
    ) >= previews.HEIGHT:
        answer["thumbnail_url"] = absolute(reverse("announcements:preview", args=slug))
        answer["thumbnail_width"] = previews.WIDTH
        answer["thumbnail_height"] = previews.HEIGHT
    if form == "xml":
        return HttpResponse(embeds.as_xml(answer), content_type="text/xml; charset=utf-8")
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
