"""Licenses in plain words, and what came under them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from announcements.entries import entries
from announcements.filters import conditions
from announcements.former_addresses import leads_on
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import Announcement, License, Promise, Release
from announcements.tallies import licenses_by_class
from announcements.vocabularies import definition, terms

SHOWN, PROMISED = 10, 10


@for_reading
@asked_again
def license_list(request: HttpRequest) -> HttpResponse:
    context = {"section": "licenses", "classes": licenses_by_class()}
    return render(request, "announcements/license_list.html", context)


@for_reading
@asked_again
@leads_on(License.objects.all)
def license_detail(request: HttpRequest, slug: str) -> HttpResponse:
    license = get_object_or_404(License, slug=slug)
    released = Announcement.objects.published().filter(*conditions({"license": [slug]}))
    naming = Promise.objects.of_published().filter(license=license)
    newest = naming.order_by("-announcement__first_day", "-announcement", "position")
    context = {
        "section": "licenses",
        "license": license,
        "class_definition": definition("license_classes", license.license_class),
        "lets_component_be": terms("license_classes")[license.license_class]["lets_component_be"],
        "releases": Release.objects.of_published().under([license.pk]).count(),
        "total": released.count(),
        "entries": entries(released.for_lists().newest_first()[:SHOWN], timezone.localdate()),
        "promises": naming.count(),
        "promised": newest.select_related("announcement__company").prefetch_related(
            "announcement__company__former_names"
        )[:PROMISED],
    }
    return render(request, "announcements/license_detail.html", context)
