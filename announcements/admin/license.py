"""Licenses: their class decides what counts as open."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join

from announcements.admin.base import TrackerAdmin
from announcements.models import License, Release
from announcements.vocabularies import terms

CLASS_WARNING = (
    "Changing the class recomputes the level of openness of every release under this license, and "
    "readers see that at once."
)


@admin.register(License)
class LicenseAdmin(TrackerAdmin):
    list_display = ("name", "spdx_id", "license_class", "osi_approved", "checked")
    list_filter = ("license_class", "osi_approved", "checked")
    ordering = ("name",)
    search_fields = ("name", "spdx_id", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("releases_under_it",)
    fieldsets = (
        (None, {"fields": ("name", "spdx_id", "slug", "url", "checked")}),
        (
            "What counts as open",
            {
                "fields": ("license_class", "osi_approved", "releases_under_it"),
                "description": format_html('<p class="warning">{}</p>', CLASS_WARNING),
            },
        ),
        (
            "In plain words",
            {
                "fields": (
                    "description",
                    "restrictions",
                    "threshold",
                    "attribution",
                    "patent_grant",
                    "examples",
                )
            },
        ),
        ("For imports", {"fields": ("aliases",)}),
    )

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field and db_field.name == "license_class":
            field.help_text = format_html("{}<dl>{}</dl>", field.help_text, _classes())
        return field

    @admin.display(description="releases under it")
    def releases_under_it(self, license: License) -> int:
        return Release.objects.under([license.pk]).count() if license.pk else 0


def _classes() -> Any:
    return format_html_join(
        "",
        "<dt>{}</dt><dd>{} A component under it counts as {}.</dd>",
        (
            (row["name"], row["definition"], row["lets_component_be"])
            for row in terms("license_classes").values()
        ),
    )
