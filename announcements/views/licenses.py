"""Licenses in plain words, and what came under them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from announcements.entries import entries
from announcements.models import Announcement, License, Release
from announcements.tallies import licenses_by_class
from announcements.vocabularies import definition, terms

SHOWN = 20


@require_safe
def license_list(request: HttpRequest) -> HttpResponse:
    context = {"section": "licenses", "classes": licenses_by_class()}
    return render(request, "announcements/license_list.html", context)


@require_safe
def license_detail(request: HttpRequest, slug: str) -> HttpResponse:
    license = get_object_or_404(License, slug=slug)
    releases = Release.objects.of_published().under([license.pk])
    announced = Announcement.objects.published().filter(releases__in=releases).distinct()
    context = {
        "section": "licenses",
        "license": license,
        "class_definition": definition("license_classes", license.license_class),
        "lets_component_be": terms("license_classes")[license.license_class]["lets_component_be"],
        "restrictions": [
            terms("license_restrictions")[slug]["name"] for slug in license.restrictions
        ],
        "releases": releases.count(),
        "total": announced.count(),
        "entries": entries(announced.for_lists().newest_first()[:SHOWN], timezone.localdate()),
    }
    return render(request, "announcements/license_detail.html", context)
