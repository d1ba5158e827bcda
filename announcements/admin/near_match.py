"""Asking once whether a new announcement is one that is recorded already, and the answers that were given."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list

from announcements.admin.base import TrackerAdmin
from announcements.admin.citing import cite
from announcements.admin.conflicts import CONFLICT
from announcements.admin.pasting import may_attach
from announcements.admin.sides import MOST_POSTED, Sides, compared, name_of, posted
from announcements.models import Announcement, Citation, Company, NearMatch, Partner, Source
from announcements.models.near_match import near_matches, side_by_side
from announcements.models.publishing import checked_at_the_end

Answer = NearMatch.Answer
ASKED = (
    "Nothing is saved yet: this may be recorded already. All you typed is still here. Say for each of the "
    "announcements below what it is to yours, and save again."
)
DECIDING = frozenset({"title", "company", "announced_on"})
"""The fields by which announcements are near matches."""


class IsTheSame(Exception):
    """A new announcement is recorded already; with the sources that were typed, and what they are evidence of."""

    def __init__(self, others: list[Announcement], cited: list[Any]) -> None:
        self.others, self.cited = others, cited


class AskedOnce(admin.ModelAdmin):
    """A page whose form, once it is sound, asks about near matches before anything is saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except IsTheSame as found:
            return self._instead(request, found)
        if hasattr(request, "near"):
            response.status_code = CONFLICT
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if others := self._to_show(request):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            mine = _typed(context["adminform"].form.instance, formsets)
            context["near"] = [compared(mine, other, request.POST) for other in others]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        answers = self._answers(request, form, formsets, change)
        same = [other for other, answer in answers.items() if answer == Answer.SAME]
        if same and not change:
            raise IsTheSame(same, _cited(formsets))
        with checked_at_the_end():
            super().save_related(request, form, formsets, change)
            for other, answer in answers.items():
                NearMatch.objects.keep(form.instance, other, answer, request.user)
                if answer == Answer.FOLLOW_UP:
                    form.instance.related.add(other)
            added = self._give(request, same, _cited(formsets))
        if same:
            request.same, request.attached = same[0], added  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if not hasattr(request, "same"):
            return super().response_change(request, obj)
        words = format_html(
            "Saved. Of two that are the same one can go: this is the other one. {} "
            '<a href="{}">Delete “{}”</a>.',
            _in_words(request.attached),  # type: ignore[attr-defined]
            reverse("admin:announcements_announcement_delete", args=[obj.pk]),
            obj,
        )
        return self._lead_to(request, request.same, words, messages.SUCCESS)

    # Asking

    def _answers(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> dict[Announcement, str]:
        """The near matches, each with the answer; a ValidationError while one has none."""
        if change and not (DECIDING & set(form.changed_data) or _partners_changed(formsets)):
            return {}
        companies = [company.pk for company in _companies(form.instance, formsets)]
        if not change:
            # Two who record the same at the same moment: the second to come sees what the first saved.
            list(Company.objects.filter(pk__in=companies).select_for_update(no_key=True))
        linked = [other.pk for other in form.cleaned_data.get("related") or ()]
        near = near_matches(form.instance, companies, known=linked)
        answers = {other: request.POST.get(name_of(other.pk), "") for other in near}
        if not set(answers.values()) <= set(Answer.values):
            request.near = near  # type: ignore[attr-defined]
            raise ValidationError(ASKED)
        return answers

    def _to_show(self, request: HttpRequest) -> list[Announcement]:
        """Those asked about now, else those answered on a page that comes back for another reason."""
        if request.method != "POST" or hasattr(request, "near"):
            return getattr(request, "near", [])
        keys = posted(request.POST)[:MOST_POSTED]
        return list(side_by_side(self.get_queryset(request)).filter(pk__in=keys)) if keys else []

    # What is the same

    def _instead(self, request: HttpRequest, found: IsTheSame) -> HttpResponse:
        with checked_at_the_end():
            added = self._give(request, found.others, found.cited)
        words = f"No new announcement is saved: it is this one. {_in_words(added)}"
        return self._lead_to(request, found.others[0], words, messages.WARNING)

    def _give(
        self, request: HttpRequest, others: list[Announcement], rows: list[Any]
    ) -> list[Source]:
        """Put sources that were typed at the end of the lists of others; return those that were new there."""
        added = []
        for other in others:
            if may_attach(self, request, None) and self.has_change_permission(request, other):
                named = [(row.recorded(), row.cleaned_data.get("supports")) for row in rows]
                fresh = [
                    source
                    for source, supports in named
                    if cite(other, source, **({"supports": supports} if supports else {}))
                ]
                changes = [{"added": {"name": "source", "object": str(row)}} for row in fresh]
                if changes:
                    self.log_change(request, other, changes)
                added += fresh
        return added

    def _lead_to(
        self, request: HttpRequest, other: Announcement, words: str, level: int
    ) -> HttpResponse:
        self.message_user(request, words, level)
        page = reverse("admin:announcements_announcement_change", args=[other.pk])
        return HttpResponseRedirect(f"{page}#citations-group")


def _list_of(model: Any, formsets: Iterable[Any]) -> Iterable[Any]:
    """The forms of one of the lists, without those to be removed and those left empty."""
    return [form for rows in formsets if rows.model is model for form in rows.kept]


def _partners_changed(formsets: Iterable[Any]) -> bool:
    return any(rows.model is Partner and rows.has_changed() for rows in formsets)


def _companies(announcement: Announcement, formsets: Iterable[Any]) -> list[Company]:
    """Those that announce it as the form stands, its own first."""
    typed = [
        form.instance.company for form in _list_of(Partner, formsets) if form.instance.company_id
    ]
    return [*([announcement.company] if announcement.company else []), *typed]


def _cited(formsets: Iterable[Any]) -> list[Any]:
    return [form for form in _list_of(Citation, formsets) if form.named]


def _typed(announcement: Announcement, formsets: list[Any]) -> Sides:
    sources = [str(form.named) for form in _cited(formsets)]
    return Sides(announcement, _companies(announcement, formsets), sources)


def _in_words(added: list[Source]) -> str:
    if not added:
        return "No source was added to it."
    return f"Added to its sources: {get_text_list([str(source) for source in added], 'and')}."


@admin.register(NearMatch)
class NearMatchAdmin(TrackerAdmin):
    """The answers: to be read, corrected, or deleted so that the next editor is asked anew."""

    list_display = ("first", "second", "answer", "answered_by", "answered_at")
    list_filter = ("answer",)
    list_select_related = ("first", "second", "answered_by")
    search_fields = ("first__title", "second__title")
    autocomplete_fields = ("first", "second")
    readonly_fields = ("answered_by", "answered_at")
    ordering = ("-answered_at", "-pk")

    def save_row(self, request: HttpRequest, obj: Any) -> None:
        obj.answered_by = request.user
        obj.save()
