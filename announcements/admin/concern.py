"""Concerns across announcements, and the types they have."""

from django.contrib import admin

from announcements.admin.base import PartAdmin, TrackerAdmin
from announcements.forms.facts import ConcernForm
from announcements.models import Concern, ConcernType


@admin.register(Concern)
class ConcernAdmin(PartAdmin):
    form = ConcernForm
    list_display = ("title", "announcement", "type", "raised_by", "raised_on", "status")
    list_filter = ("status", ("type", admin.RelatedOnlyFieldListFilter), "stance")
    list_select_related = ("announcement", "type")
    search_fields = ("title", "text", "raised_by", "announcement__title")
    autocomplete_fields = ("announcement", "type", "further_types", "source", "answer_source")
    fieldsets = (
        (None, {"fields": ("announcement", "type", "further_types", "title", "text")}),
        ("Who raised it", {"fields": (("raised_by", "raised_on"), "source")}),
        (
            "What the company says",
            {"fields": (("status", "stance"), "answer", "answered_on", "answer_source")},
        ),
        ("For editors", {"fields": ("note", "position")}),
    )


@admin.register(ConcernType)
class ConcernTypeAdmin(TrackerAdmin):
    list_display = ("name", "definition", "founding", "position")
    ordering = ("position", "name")
    search_fields = ("name", "slug", "definition", "keywords")
    prepopulated_fields = {"slug": ("name",)}
    in_use_through = ("further_concerns",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "definition", "use_instead", "keywords", "position")}),
        (
            "Where it comes from",
            {"fields": ("founding", "mit_subdomains", "nist_ai_600_1", "other_sources")},
        ),
    )
