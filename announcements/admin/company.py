"""Companies with their former names."""

from typing import Any

from django.contrib import admin

from announcements.admin.base import TrackerAdmin, TrackerInline, how_many
from announcements.admin.mergeable import MergeableAdmin
from announcements.admin.porting import CompanyPorting
from announcements.models import Announcement, Company, FormerName, Initiative


class FormerNameInline(TrackerInline):
    model = FormerName
    fields = (("name", "used_from", "used_until"),)


@admin.register(Company)
class CompanyAdmin(MergeableAdmin, CompanyPorting, TrackerAdmin):
    list_display = ("name", "legal_name", "country", "announcement_count", "initiative_count")
    list_filter = (("country", admin.AllValuesFieldListFilter),)
    ordering = ("name",)
    search_fields = ("name", "legal_name", "former_names__name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (FormerNameInline,)
    fieldsets = (
        (None, {"fields": ("name", "legal_name", "slug")}),
        ("About it", {"fields": ("country", "website", "founded", "description")}),
    )

    def get_queryset(self, request: Any) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(
                announced=how_many(Announcement, "company"), runs=how_many(Initiative, "company")
            )
        )

    @admin.display(description="announcements", ordering="announced")
    def announcement_count(self, company: Any) -> int:
        return company.announced

    @admin.display(description="initiatives", ordering="runs")
    def initiative_count(self, company: Any) -> int:
        return company.runs
