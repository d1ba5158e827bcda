"""Initiatives."""

from django.contrib import admin

from announcements.admin.base import TrackerAdmin
from announcements.models import Initiative


@admin.register(Initiative)
class InitiativeAdmin(TrackerAdmin):
    list_display = ("name", "kind", "company")
    list_filter = ("kind",)
    list_select_related = ("company",)
    ordering = ("name",)
    search_fields = ("name", "slug", "company__name")
    autocomplete_fields = ("company",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "kind", "company", "url", "description", "slug")
    in_use_through = ("announcements",)
