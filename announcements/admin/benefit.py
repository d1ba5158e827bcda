"""Benefits across announcements, and the types they have."""

from django.contrib import admin

from announcements.admin.base import PartAdmin, TrackerAdmin
from announcements.models import Benefit, BenefitType


@admin.register(Benefit)
class BenefitAdmin(PartAdmin):
    list_display = ("text", "announcement", "type", "claimed_by", "support")
    list_filter = (("type", admin.RelatedOnlyFieldListFilter), "claimant", "support")
    list_select_related = ("announcement", "type")
    search_fields = ("text", "claimed_by", "announcement__title")
    autocomplete_fields = ("announcement", "type", "source")
    fields = (
        "announcement",
        "type",
        "text",
        ("claimed_by", "claimant", "support"),
        "source",
        "position",
    )


@admin.register(BenefitType)
class BenefitTypeAdmin(TrackerAdmin):
    list_display = ("name", "definition", "group", "position")
    ordering = ("position", "name")
    search_fields = ("name", "slug", "definition", "keywords")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "definition", "group", "keywords", "position")
