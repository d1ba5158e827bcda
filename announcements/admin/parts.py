"""What the announcement's page holds beside the announcement: sources, promises, releases and the rest."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from announcements.admin.base import PlacedInline
from announcements.admin.release import level_words
from announcements.forms.citations import CitationForm, CitationFormSet
from announcements.forms.facts import (
    BenefitRowForm,
    ConcernRowForm,
    PartnerFormSet,
    PartnerRowForm,
)
from announcements.forms.promises import PromiseRowForm
from announcements.forms.releases import ReleaseRowForm
from announcements.models import Benefit, Citation, Concern, Partner, Promise, Release, Update

FOLDED = ("collapse",)


class CitationInline(PlacedInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    verbose_name, verbose_name_plural = "source", "sources"
    autocomplete_fields = ("source",)
    fieldsets = (
        (
            None,
            {
                "fields": (("address", "title"), ("publisher", "published_on", "kind")),
                "classes": ("new-source",),
            },
        ),
        (None, {"fields": (("supports", "place", "source"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("source")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        rows = super().get_formset(request, obj, **kwargs)
        rows.form.may_complete = request.user.has_perm("announcements.change_source")  # type: ignore[attr-defined]
        return rows


class PartnerInline(PlacedInline):
    model = Partner
    form = PartnerRowForm
    formset = PartnerFormSet
    verbose_name, verbose_name_plural = "partner", "companies that announced with it"
    autocomplete_fields = ("company",)
    fields = (("company", "place"),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("company")


class PromiseInline(PlacedInline):
    model = Promise
    form = PromiseRowForm
    fk_name = "announcement"
    needs_desk = True
    show_change_link = True
    autocomplete_fields = ("license", "superseded_by", "renews")
    readonly_fields = ("story",)
    fieldsets = (
        (None, {"fields": ("title", ("due_from", "due_to", "due_words"))}),
        (
            "Next step",
            {"fields": ("story", ("step_on", "step_status", "step_source"), "step_text")},
        ),
        (
            "Search note, newly promised date, correction",
            {
                "fields": (
                    "step_note",
                    ("step_due_from", "step_due_to", "step_due_words"),
                    "step_reason",
                ),
                "classes": FOLDED,
            },
        ),
        (
            "Parts, license, condition, related promises, place",
            {
                "fields": (
                    "parts",
                    ("license", "terms"),
                    "condition",
                    ("superseded_by", "renews"),
                    "place",
                ),
                "classes": FOLDED,
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        steps = Prefetch("updates", Update.objects.select_related("source"))
        return super().get_queryset(request).prefetch_related(steps)

    @admin.display(description="The story so far")
    def story(self, promise: Promise) -> str:
        if not promise.pk:
            return "It begins with this step."
        steps = format_html_join(
            "",
            "<li>{}: <strong>{}</strong>. {}{}</li>",
            (
                (step.happened_on.words, step.get_status_display(), step.text, _by(step))
                for step in promise.updates.all()
            ),
        )
        page = reverse("admin:announcements_promise_change", args=[promise.pk])
        words = "Change or reorder the steps of"
        return format_html(
            '<ol class="story">{}</ol><a href="{}">{} “{}”</a>', steps, page, words, promise
        )


def _by(step: Update) -> str:
    return f" ({step.source})" if step.source else " (search note)"


class ReleaseInline(PlacedInline):
    model = Release
    form = ReleaseRowForm
    show_change_link = True
    autocomplete_fields = ("license",)
    readonly_fields = ("openness",)
    fieldsets = (
        (None, {"fields": (("name", "type", "released_on"), ("url", "license", "called"))}),
        (None, {"fields": ("available", "openness"), "classes": ("what-came",)}),
        ("License note, place", {"fields": (("license_note", "place"),), "classes": FOLDED}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("license")
        return rows.prefetch_related("components__license")

    @admin.display(description="level")
    def openness(self, release: Release) -> str:
        return level_words(release)


class ConcernInline(PlacedInline):
    model = Concern
    form = ConcernRowForm
    needs_desk = True
    show_change_link = True
    autocomplete_fields = ("type", "further_types")
    fieldsets = (
        (
            None,
            {"fields": (("type", "title"), "text", ("raised_by", "raised_on", "source_reference"))},
        ),
        (
            "The company's answer",
            {
                "fields": (
                    ("status", "stance"),
                    "answer",
                    ("answered_on", "answer_reference"),
                ),
                "classes": FOLDED,
            },
        ),
        (
            "Further types, note, place",
            {"fields": ("further_types", "note", "place"), "classes": FOLDED},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("type")


class BenefitInline(PlacedInline):
    model = Benefit
    form = BenefitRowForm
    needs_desk = True
    show_change_link = True
    autocomplete_fields = ("type",)
    fieldsets = (
        (None, {"fields": (("type", "claimed_by", "source_reference"), "text")}),
        (
            "Kind of claimant, support, place",
            {"fields": (("claimant", "support", "place"),), "classes": FOLDED},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("type")
