"""Sources: found by any spelling of their address."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from announcements.admin.base import TrackerAdmin, how_many
from announcements.admin.meanings import beside_the_field
from announcements.admin.mergeable import MergeableAdmin
from announcements.models import Citation, Source

EMPTY = admin.EmptyFieldListFilter


@admin.register(Source)
class SourceAdmin(MergeableAdmin, TrackerAdmin):
    list_display = ("__str__", "kind", "published_on", "checked_on", "citation_count")
    list_filter = ("kind", ("checked_on", EMPTY), ("archived_url", EMPTY))
    search_fields = ("title", "publisher", "canonical_url", "url")
    autocomplete_fields = ("derived_from",)
    readonly_fields = ("canonical_url", "page")
    fieldsets = (
        ("The page", {"fields": ("url", "page", "title", "publisher", "published_on", "kind")}),
        ("How it is kept", {"fields": ("archived_url", "checked_on", "language", "canonical_url")}),
        ("What it is worth", {"fields": ("derived_from", "note")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(citing=how_many(Citation, "source"))

    def view_on_site(self, obj: Source) -> str | None:
        """Its page is somebody else's; ``page`` leads there."""
        return None

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        if known := Source.objects.at(search_term):
            return queryset.filter(pk=known.pk), False
        return super().get_search_results(request, queryset, search_term)

    def alike(self, request: HttpRequest, obj: Source) -> Any:
        return Source.objects.near(obj.url)

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field and db_field.name == "kind":
            meanings = beside_the_field("source_kinds", "What the kinds mean")
            field.help_text = format_html("{}{}", field.help_text, meanings)
        return field

    @admin.display(description="announcements", ordering="citing")
    def citation_count(self, source: Any) -> int:
        return source.citing

    @admin.display(description="open it")
    def page(self, source: Source) -> str:
        if not source.pk:
            return "-"
        return format_html('<a href="{}" rel="noreferrer">{}</a>', source.url, source.canonical_url)
