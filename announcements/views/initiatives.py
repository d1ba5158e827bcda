"""Initiatives: what companies run or made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from announcements.charts import status_bar, timeline
from announcements.entries import entries
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement, Initiative
from announcements.tallies import standing, with_published_counts
from announcements.views.past import then_as_list

DRAWN, SHOWN = 12, 6


@for_reading
@asked_again
def initiative_list(request: HttpRequest) -> HttpResponse:
    initiatives = with_published_counts(Initiative.objects.public().select_related("company"))
    context = {
        "section": "initiatives",
        "initiatives": initiatives.order_by("company__name", "name"),
    }
    return render(request, "announcements/initiative_list.html", context)


@for_reading
@asked_again
@leads_on(Initiative.objects.public)
@then_as_list("initiative")
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.public().select_related("company"), slug=slug)
    today = timezone.localdate()
    about = Announcement.objects.published().filter(initiatives=initiative)
    newest = list(about.for_lists().newest_first()[:DRAWN])
    record = standing(about, today)
    siblings = with_published_counts(
        Initiative.objects.public().filter(company=initiative.company_id)
    )
    context = {
        "section": "initiatives",
        "initiative": initiative,
        "standing": record,
        "statuses": status_bar(record.ledger.by_status),
        "timeline": timeline(newest, today),
        "entries": entries(newest[:SHOWN], today),
        "siblings": siblings.exclude(pk=initiative.pk),
    }
    return render(request, "announcements/initiative_detail.html", context)
