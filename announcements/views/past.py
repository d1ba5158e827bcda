"""Pages as they stood at the end of a day: ``?as_of=2026-03-01``."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from announcements.filters import AS_OF
from announcements.history import NoSuchDay, Past, parse_day

View = Callable[[HttpRequest, str], HttpResponse]


def past_asked(request: HttpRequest) -> Past | None:
    """The day that the address names, None for today's page; raises NoSuchDay."""
    days = [day for day in request.GET.getlist(AS_OF) if day]
    if len(days) > 1:
        raise NoSuchDay("Give one day, once.")
    return Past(parse_day(days[0])) if days else None


def then(request: HttpRequest, past: Past | None) -> dict[str, Any]:
    """What a page shows of the day it is of: the day itself, and where today's page is."""
    if past is None:
        return {}
    others = request.GET.copy()
    del others[AS_OF]
    todays = f"{request.path}?{others.urlencode()}" if others else request.path
    return {"as_of": past.day, "todays": todays}


def no_such_day(request: HttpRequest, error: NoSuchDay) -> HttpResponse:
    """A page that says what is wrong with the day."""
    context = {"section": "announcements", "message": str(error), "todays": request.path}
    return render(request, "announcements/no_such_day.html", context, status=400)


def then_as_list(name: str) -> Callable[[View], View]:
    """Of a past day a page shows its list: the announcements that had its slug in this filter."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str) -> HttpResponse:
            try:
                past = past_asked(request)
            except NoSuchDay as error:
                return no_such_day(request, error)
            if past is None:
                return view(request, slug)
            query = urlencode({name: slug, AS_OF: past.day})
            return redirect(f"{reverse('announcements:announcement_list')}?{query}")

        return answer

    return decorated


def clock(past: Past | None, today: date) -> date:
    """The day that counts as today."""
    return past.day if past else today
