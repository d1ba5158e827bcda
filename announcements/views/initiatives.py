"""Initiatives: what companies run or made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements.entries import entries
from announcements.models import Announcement, Initiative
from announcements.tallies import with_published_counts

SHOWN = 20


@require_safe
def initiative_list(request: HttpRequest) -> HttpResponse:
    initiatives = with_published_counts(Initiative.objects.public().select_related("company"))
    context = {
        "section": "initiatives",
        "initiatives": initiatives.order_by("company__name", "name"),
    }
    return render(request, "announcements/initiative_list.html", context)


@require_safe
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.public().select_related("company"), slug=slug)
    about = Announcement.objects.published().filter(initiatives=initiative)
    siblings = with_published_counts(
        Initiative.objects.public().filter(company=initiative.company_id)
    )
    context = {
        "section": "initiatives",
        "initiative": initiative,
        "total": about.count(),
        "entries": entries(about.for_lists().newest_first()[:SHOWN], timezone.localdate()),
        "siblings": siblings.exclude(pk=initiative.pk),
    }
    return render(request, "announcements/initiative_detail.html", context)
