"""What changed on an announcement's page since readers can see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from announcements.freshness import asked_again
from announcements.history import corrections, story
from announcements.methods import for_reading
from announcements.models import Announcement

MOST = 100


@for_reading
@asked_again
def announcement_corrections(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest changes first, in words, with their reasons; editors are not named."""
    shown = Announcement.objects.published().select_related("company")
    announcement = get_object_or_404(shown, slug=slug)
    found = corrections(story(Announcement, announcement.pk))
    context = {
        "section": "announcements",
        "announcement": announcement,
        "corrections": found[:MOST],
        "total": len(found),
        "most": MOST,
    }
    return render(request, "announcements/announcement_corrections.html", context)
