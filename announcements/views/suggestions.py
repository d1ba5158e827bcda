"""Readers tell what is wrong or missing, without an account."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from announcements.forms.suggestions import CorrectionForm, NewForm, SuggestionForm
from announcements.methods import for_reading
from announcements.models import Announcement, Suggestion
from announcements.models.suggestion import CONTACT_DAYS
from announcements.rates import seconds_to_wait

MOST, SECONDS = 5, 60 * 60
"""How many suggestions come from one address in so many seconds."""

# A page with a form's token is one reader's own: no cache between keeps it.
takes_a_form = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@takes_a_form
def suggest_new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST if request.method == "POST" else None)
    return _answer(request, form, announcement=None)


@never_cache
@takes_a_form
def suggest_correction(request: HttpRequest, slug: str) -> HttpResponse:
    announcement = get_object_or_404(Announcement.objects.published(), slug=slug)
    form = CorrectionForm(announcement, request.POST if request.method == "POST" else None)
    return _answer(request, form, announcement)


def _answer(
    request: HttpRequest, form: SuggestionForm, announcement: Announcement | None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "announcement": announcement}
    if not form.is_valid():
        return render(request, "announcements/suggest.html", context)
    if wait := seconds_to_wait(request, "suggestions", MOST, SECONDS):
        context |= {"minutes": math.ceil(wait / 60), "most": MOST}
        page = render(request, "announcements/suggest.html", context, status=429)
        page["Retry-After"] = str(wait)
        return page
    Suggestion.objects.keep(**form.facts())
    about = f"?announcement={announcement.slug}" if announcement else ""
    return HttpResponseRedirect(reverse("announcements:suggestion_sent") + about)


@for_reading
def suggestion_sent(request: HttpRequest) -> HttpResponse:
    """What happens now, and the way back."""
    slug = request.GET.get("announcement", "").replace("\0", "")
    announcement = Announcement.objects.published().filter(slug=slug).first()
    context = {"announcement": announcement, "days": CONTACT_DAYS}
    return render(request, "announcements/suggestion_sent.html", context)
