"""Promises with all steps of their stories."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from announcements.admin.base import PartAdmin, TrackerInline
from announcements.admin.meanings import beside_the_field
from announcements.forms.promises import StoryFormSet, UpdateForm
from announcements.models import Announcement, Promise, Update


class UpdateInline(TrackerInline):
    model = Update
    form = UpdateForm
    formset = StoryFormSet
    verbose_name = "step"
    verbose_name_plural = "steps of the story"
    needs_desk = True
    fieldsets = (
        (None, {"fields": (("happened_on", "status", "source_reference", "place"), "text")}),
        (
            "Search note, newly promised date, correction",
            {
                "fields": ("note", ("due_from", "due_to", "due_words"), "reason"),
                "classes": ("collapse",),
            },
        ),
    )


@admin.register(Promise)
class PromiseAdmin(PartAdmin):
    change_form_template = "admin/announcements/promise/change_form.html"
    list_display = ("title", "announcement", "status", "status_on", "due_latest", "overdue")
    list_filter = ("status",)
    list_select_related = ("announcement",)
    search_fields = ("title", "announcement__title", "announcement__company__name")
    autocomplete_fields = ("announcement", "license", "superseded_by", "renews")
    readonly_fields = ("status", "status_on", "delivered_on", "due_latest", "days_late")
    inlines = (UpdateInline,)
    fieldsets = (
        (None, {"fields": ("announcement", "title", ("due_from", "due_to", "due_words"))}),
        (
            "Where it stands",
            {
                "fields": (("status", "status_on"), ("delivered_on", "due_latest", "days_late")),
                "description": beside_the_field("delivery_statuses", "What the statuses mean"),
            },
        ),
        ("What exactly", {"fields": ("parts", "license", "condition", "terms")}),
        ("Related promises", {"fields": ("superseded_by", "renews", "position")}),
    )

    def announcement_of(self, request: HttpRequest, obj: Any) -> Any:
        chosen = request.POST.get("announcement", "")
        if chosen.isascii() and chosen.isdigit():
            return Announcement.objects.filter(pk=chosen).first()
        return super().announcement_of(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["listed_sources"] = self.desk(request, context.get("original")).listed.saved
        return super().render_change_form(request, context, *args, **kwargs)

    def after_saving(self, request: HttpRequest, obj: Promise) -> None:
        super().after_saving(request, obj)
        obj.refresh_from_db()

    @admin.display(description="overdue", ordering="due_latest")
    def overdue(self, promise: Promise) -> str:
        days = promise.days_overdue()
        return f"{days} days" if days else "-"

    @admin.display(description="days late")
    def days_late(self, promise: Promise) -> int:
        return promise.days_late()
