"""The switch between draft and published: what is missing, in words with links to where it is typed."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from announcements.forms.refusals import REFUSALS, sentence
from announcements.models import Announcement
from announcements.models.publishing import WORDS

MOST_LISTED = 20
LISTS = {"sources": "citations"}
"""Where a list's name in the rules differs from its rows' name in the form."""


def anchor(field: str) -> str:
    """Where on the announcement's page a field or list is."""
    return f"id_{field}" if field in WORDS else f"{LISTS.get(field, field)}-group"


def explained(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """What saving refused, beginning with why if readers would miss something."""
    shown = [_linked(error) for error in errors]
    why = ValidationError(
        "Nothing is saved: readers see this announcement, and it would lack this."
    )
    return [why, *shown] if any(error.code for error in shown) else shown


def _linked(error: ValidationError) -> ValidationError:
    """An error about one of the lists of the page, as a link to that list."""
    if error.code is None or error.code in WORDS:
        return error
    words = format_html('<a href="#{}">{}</a>', anchor(error.code), error.message)
    return ValidationError(words, code=error.code)


@admin.action(description="Publish selected announcements", permissions=["change"])
def publish_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> None:
    _switch(
        model_admin, request, queryset.drafts().order_by("pk"), "published", Announcement.publish
    )


@admin.action(description="Take selected announcements back to draft", permissions=["change"])
def unpublish_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> None:
    rows = queryset.published().order_by("pk")
    _switch(model_admin, request, rows, "taken back to draft", Announcement.unpublish)


def _switch(model_admin: Any, request: HttpRequest, rows: Any, done: str, switch: Any) -> None:
    switched, refused = 0, []
    for announcement in rows:
        try:
            switch(announcement)
        except REFUSALS as error:
            refused.append((announcement, sentence(error)))
        else:
            switched += 1
            model_admin.log_change(request, announcement, f"{done.capitalize()}.")
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
