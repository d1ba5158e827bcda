"""The addresses of feeds and of the calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from announcements.canonical_urls import is_tracking
from announcements.entries import Entry
from announcements.feeds import announcements, atom, calendars, json_feed, stories, updates
from announcements.feeds.items import Absolute, Feed
from announcements.filters import Selection
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement
from announcements.problems import not_understood, problem


@dataclass(frozen=True)
class Form:
    """One form of feed, and how it is written."""

    media_type: str
    written: Callable[[Feed], str]

    def answer(self, feed: Feed) -> HttpResponse:
        content_type = f"{self.media_type}; charset=utf-8"
        return HttpResponse(self.written(feed), content_type=content_type)


ATOM = Form(atom.MEDIA_TYPE, atom.written)
JSON_FEED = Form(json_feed.MEDIA_TYPE, json_feed.written)

View = Callable[..., HttpResponseBase]
Answer = Callable[[Selection, str, Absolute], HttpResponse]


def _for_programs(view: View) -> View:
    """What is not there is told as a problem, not as a page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return problem(HTTPStatus.NOT_FOUND, "There is no announcement at this address.")

    return answer


def _selected(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer to what the query string selects; 400 if it cannot be understood."""
    selection = Selection(request.GET)
    if not selection.is_valid:
        return not_understood(selection.errors)
    return answer(selection, request.path, request.build_absolute_uri)


@for_reading
@asked_again
def announcement_feed(request: HttpRequest, form: Form) -> HttpResponse:
    return _selected(request, lambda *asked: form.answer(announcements.feed(*asked)))


@for_reading
@asked_again
def update_feed(request: HttpRequest, form: Form) -> HttpResponse:
    return _selected(request, lambda *asked: form.answer(updates.feed(*asked)))


@for_reading
@asked_again
@_for_programs
@leads_on(Announcement.objects.published)
def story_feed(request: HttpRequest, slug: str, form: Form) -> HttpResponse:
    rows = Announcement.objects.published().for_reading()
    announcement = get_object_or_404(rows, slug=slug)
    if unknown := [name for name in request.GET if not is_tracking(name)]:
        return not_understood({name: ["A story takes no parameter."] for name in unknown})
    entry = Entry(announcement, timezone.localdate())
    return form.answer(stories.feed(entry, request.path, request.build_absolute_uri))


@for_reading
@asked_again
def promised_dates(request: HttpRequest) -> HttpResponse:
    return _selected(request, _calendar)


def _calendar(*asked: Any) -> HttpResponse:
    content_type = f"{calendars.MEDIA_TYPE}; charset=utf-8"
    response = HttpResponse(calendars.calendar(*asked), content_type=content_type)
    response["Content-Disposition"] = 'inline; filename="promised-dates.ics"'
    return response
