"""Announcements: one page holds everything, one switch shows it to readers."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import get_text_list

from announcements import statuses
from announcements.admin.base import TrackerAdmin
from announcements.admin.citing import cite_what_facts_name
from announcements.admin.filters import ConcernTypeFilter, PromiseStatusFilter
from announcements.admin.meanings import beside_the_field, glossary
from announcements.admin.near_match import AskedOnce
from announcements.admin.parts import (
    BenefitInline,
    CitationInline,
    ConcernInline,
    PartnerInline,
    PromiseInline,
    ReleaseInline,
)
from announcements.admin.pasting import PasteDoor
from announcements.admin.porting import AnnouncementPorting
from announcements.admin.publishing import publish_selected, ready_selected, unpublish_selected
from announcements.admin.queues import QueueDoor
from announcements.admin.reasons import ReasonForReaders
from announcements.admin.states import StatesDoor
from announcements.admin.suggested import SuggestedBeside
from announcements.forms.announcements import AnnouncementForm
from announcements.forms.sources import Desk, ListedSources
from announcements.models import Announcement, Concern, Promise, Update

MEANINGS = {
    "kind": ("announcement_kinds", "What the kinds mean, and what each needs"),
    "basis": ("announcement_basis", "What each basis means"),
}
HELP = {
    "company": "The company that announced. The one thing that a stub needs beside an address.",
    "kind": "Exactly one, by what could be obtained on the day and not by the wording. It decides what "
    "publishing needs.",
    "basis": "Readers see it beside the title: whose word this is.",
    "initiatives": "Readers of an initiative's page find this announcement there.",
    "related": "Shown on both pages.",
    "publish_at": "Empty: when an editor publishes it. With a time it becomes public by itself then; "
    f"press “Ready to publish” with it. Time zone: {settings.TIME_ZONE}.",
}


class AnnouncementList(ChangeList):
    """The list with what its columns show, in a number of queries that does not grow."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> Any:
        promises = Prefetch("promises", Promise.objects.only("announcement", "status"))
        concerns = Prefetch("concerns", Concern.objects.only("announcement"))
        return super().get_queryset(*args, **kwargs).prefetch_related(promises, concerns)


@admin.register(Announcement)
class AnnouncementAdmin(
    # Outside all others: a reason holds for the whole block of writes.
    ReasonForReaders,
    SuggestedBeside,
    AskedOnce,
    AnnouncementPorting,
    PasteDoor,
    QueueDoor,
    StatesDoor,
    TrackerAdmin,
):
    form = AnnouncementForm
    change_form_template = "admin/announcements/announcement/change_form.html"
    list_display = ("title", "company", "date", "kind", "promise_counts", "concern_count", "state")
    ordering = (F("first_day").desc(nulls_first=True), "-pk")
    list_display_links = ("title",)
    list_filter = (
        "state",
        "kind",
        "basis",
        PromiseStatusFilter,
        ConcernTypeFilter,
        ("company", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("company",)
    date_hierarchy = "first_day"
    search_fields = (
        "title",
        "summary",
        "slug",
        "company__name",
        "company__legal_name",
        "company__former_names__name",
        "initiatives__name",
    )
    actions = (ready_selected, publish_selected, unpublish_selected)
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("company", "initiatives", "related")
    readonly_fields = ("state", "published_at", "created_at", "modified_at")
    inlines = (
        CitationInline,
        PromiseInline,
        ReleaseInline,
        ConcernInline,
        BenefitInline,
        PartnerInline,
    )
    fieldsets = (
        (
            "What was said",
            {"fields": ("title", ("company", "announced_on"), "kind", "summary")},
        ),
        ("On whose word", {"fields": ("basis", "note")}),
        ("Links", {"fields": ("initiatives", "related")}),
        (
            "Publication",
            {
                "fields": (
                    ("slug", "publish_at"),
                    ("state", "published_at", "created_at", "modified_at"),
                ),
                "description": "What is not published is seen by editors only. The buttons at the end of "
                "the page save it and take it a step on, or save it and take it back.",
            },
        ),
    )

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return AnnouncementList

    @admin.display(description="date", ordering="first_day")
    def date(self, announcement: Announcement) -> str:
        return announcement.announced_on.words if announcement.announced_on else "-"

    @admin.display(description="promises")
    def promise_counts(self, announcement: Announcement) -> str:
        counts = Counter(promise.status for promise in announcement.promises.all())
        names = {"": "without a step", **dict(Update.Status.choices)}
        by_status = [f"{counts[slug]} {names[slug].lower()}" for slug in ORDER if counts[slug]]
        return ", ".join(by_status) or "-"

    @admin.display(description="concerns")
    def concern_count(self, announcement: Announcement) -> int:
        return len(announcement.concerns.all())

    # The page

    def view_on_site(self, obj: Announcement) -> str | None:
        return super().view_on_site(obj) if obj.is_published else None

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in HELP:
            meanings = MEANINGS.get(db_field.name)
            details = beside_the_field(*meanings) if meanings else ""
            field.help_text = format_html("{}{}", HELP[db_field.name], details)
        return field

    def desk(self, request: HttpRequest, obj: Any) -> Desk:
        posted = request.POST if request.method == "POST" else None
        return Desk(request.user, ListedSources(obj, posted))

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        known = super().get_formset_kwargs(request, obj, inline, prefix)
        pasted = request.method == "GET" and not obj.pk and request.GET.get("address")
        if pasted and isinstance(inline, CitationInline):
            known["initial"] = [{"address": pasted}]
        return known

    def get_inline_formsets(
        self,
        request: HttpRequest,
        formsets: Any,
        inline_instances: Any,
        obj: Any = None,
        **kwargs: Any,
    ) -> Any:
        for formset, inline in zip(formsets, inline_instances, strict=True):
            typed = formset.is_bound and any(form.has_changed() for form in formset.forms)
            if not (formset.initial_forms or typed or isinstance(inline, CitationInline)):
                inline.classes = ["collapse"]
        return super().get_inline_formsets(request, formsets, inline_instances, obj, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = context.get("original")
        context["listed_sources"] = ListedSources(obj).saved
        context["glossary"] = glossary()
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving and publishing

    def save_row(self, request: HttpRequest, obj: Announcement) -> None:
        if obj.pk is None:
            obj.created_by = request.user
        super().save_row(request, obj)

    def after_saving(self, request: HttpRequest, obj: Announcement) -> None:
        added = cite_what_facts_name(obj)
        request.added_sources = [str(source) for source in added]  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return self._tell(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._tell(request, obj) or super().response_change(request, obj)

    def _tell(self, request: HttpRequest, obj: Announcement) -> HttpResponse | None:
        """Say what was done, and lead back to what is missing where a step was refused."""
        if added := getattr(request, "added_sources", []):
            words = f"Added to the sources, because a fact names it: {get_text_list(added, 'and')}."
            self.message_user(request, words, messages.INFO)
        return self.told_of_the_move(request, obj)


ORDER = ("", *statuses.ALL)
