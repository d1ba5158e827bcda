"""Releases with the details of their components."""

from django.contrib import admin

from announcements.admin.base import PartAdmin, TrackerInline
from announcements.admin.meanings import beside_the_field
from announcements.forms.releases import ComponentFormSet
from announcements.models import Release, ReleaseComponent


class ComponentInline(TrackerInline):
    model = ReleaseComponent
    formset = ComponentFormSet
    autocomplete_fields = ("license",)
    fields = (("component", "availability", "license"), ("url", "checked_on"), "note")


@admin.register(Release)
class ReleaseAdmin(PartAdmin):
    list_display = ("name", "type", "announcement", "released_on", "license", "called", "level")
    list_filter = ("type", "level", "called")
    list_select_related = ("announcement", "license")
    search_fields = ("name", "announcement__title", "license__name")
    autocomplete_fields = ("announcement", "license")
    readonly_fields = ("openness",)
    inlines = (ComponentInline,)
    fieldsets = (
        (None, {"fields": ("announcement", ("name", "type", "released_on"), "url")}),
        ("License", {"fields": ("license", "license_note", "called")}),
        (
            "How open it is",
            {
                "fields": ("openness", "position"),
                "description": beside_the_field("component_states", "What components count as"),
            },
        ),
    )

    @admin.display(description="level")
    def openness(self, release: Release) -> str:
        return level_words(release)


def level_words(release: Release) -> str:
    """The computed level, the label gap and the MOF class, in words."""
    if not release.pk:
        return "Computed when saved."
    assessment = release.assessment
    gap = " Called open source, and is not." if release.label_gap else ""
    mof = f" Model Openness Framework class {assessment.mof_class}." if assessment.mof_class else ""
    return f"{assessment.words}.{gap}{mof}"
