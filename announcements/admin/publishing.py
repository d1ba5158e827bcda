"""Publishing, several at once too: what is missing, in words with links to where it is typed."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from announcements.forms.refusals import REFUSALS, sentence
from announcements.models import Announcement
from announcements.models.evidence import Missing
from announcements.models.publishing import KEPT, WORDS

MOST_LISTED = 20
LISTS = {"sources": "citations"}
"""Where a list's name in the rules differs from its rows' name in the form."""


FIELDS = (*WORDS, "related")


def anchor(gap: Missing, places: Mapping[tuple[str, int], str] = MappingProxyType({})) -> str:
    """Where on the announcement's page a gap is filled: its field, its row if that is there, or its list."""
    if gap.field in FIELDS:
        return f"id_{gap.field}"
    prefix = LISTS.get(gap.field, gap.field)
    return places.get((prefix, gap.row or 0), f"{prefix}-group")


def explained(errors: Iterable[ValidationError], state: str) -> list[ValidationError]:
    """What saving refused, beginning with why if something would be missing in its state."""
    shown = [_linked(error) for error in errors]
    words = "readers see this announcement" if state == "published" else "it is marked as ready"
    why = ValidationError(f"Nothing is saved: {words}, and it would lack this.")
    return [why, *shown] if any(error.code for error in shown) else shown


def _linked(error: ValidationError) -> ValidationError:
    """An error about one of the lists of the page, as a link to that list."""
    if error.code is None or error.code in FIELDS:
        return error
    where = anchor(Missing(error.code, str(error.message)))
    words = format_html('<a href="#{}">{}</a>', where, error.message)
    return ValidationError(words, code=error.code)


@admin.action(description="Mark selected announcements as ready", permissions=["change"])
def ready_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> None:
    _switch(model_admin, request, queryset.drafts(), "marked as ready", Announcement.ready)


@admin.action(description="Publish selected announcements", permissions=["publish"])
def publish_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> None:
    rows = queryset.exclude(state="published")
    _switch(model_admin, request, rows, "published", Announcement.publish)


@admin.action(description="Take selected announcements back to draft", permissions=["publish"])
def unpublish_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> None:
    rows = queryset.filter(state__in=KEPT)
    _switch(model_admin, request, rows, "taken back to draft", Announcement.unpublish)


def _switch(model_admin: Any, request: HttpRequest, rows: Any, done: str, switch: Any) -> None:
    """Move each of these announcements by itself, as it stands once nobody else is saving it."""
    switched, refused = 0, []
    for key in rows.order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                # The same question once more: another editor may have moved it since.
                announcement = rows.select_for_update(of=("self",)).filter(pk=key).first()
                if announcement is None:
                    continue
                switch(announcement)
                model_admin.log_change(request, announcement, f"{done.capitalize()}.")
        except REFUSALS as error:
            refused.append((announcement, sentence(error)))
        else:
            switched += 1
    announcements = "1 announcement" if switched == 1 else f"{switched} announcements"
    level = messages.SUCCESS if switched else messages.INFO
    model_admin.message_user(request, f"{announcements} {done}.", level)
    if refused:
        model_admin.message_user(request, _not_switched(done, refused), messages.ERROR)


def _not_switched(done: str, refused: list[tuple[Announcement, str]]) -> SafeString:
    rows: Iterable[tuple[Any, ...]] = (
        (f"{row.pk}/change/", row.title, words) for row, words in refused[:MOST_LISTED]
    )
    left = len(refused) - MOST_LISTED
    return format_html(
        "{} not {}: <ul>{}</ul>{}",
        len(refused),
        done,
        format_html_join("", '<li><a href="{}">{}</a>: {}</li>', rows),
        f"and {left} more." if left > 0 else "",
    )
