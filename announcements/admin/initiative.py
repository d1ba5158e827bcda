"""Initiatives."""

from django.contrib import admin

from announcements.admin.base import TrackerAdmin, TrackerInline
from announcements.admin.mergeable import MergeableAdmin
from announcements.models import FormerInitiativeName, Initiative


class FormerInitiativeNameInline(TrackerInline):
    model = FormerInitiativeName
    fields = ("name",)


@admin.register(Initiative)
class InitiativeAdmin(MergeableAdmin, TrackerAdmin):
    list_display = ("name", "kind", "company")
    list_filter = ("kind",)
    list_select_related = ("company",)
    ordering = ("name",)
    search_fields = ("name", "former_names__name", "slug", "company__name")
    inlines = (FormerInitiativeNameInline,)
    autocomplete_fields = ("company",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "kind", "company", "url", "description", "slug")
    in_use_through = ("announcements",)
