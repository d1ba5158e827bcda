"""What a reader without an account tells, guarded against programs by what only a person's form has."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from announcements.forms.sources import clean_address
from announcements.models import Announcement, Suggestion
from announcements.models.suggestion import CONTACT_DAYS

SALT = "suggestion"
SHORTEST, LONGEST = 3, 24 * 60 * 60
"""Seconds between opening and sending: fewer only a program needs, more and the page is an old copy."""
FILLED_IN = (
    "A field that no reader sees was filled in, perhaps by your browser. It is empty again, and all "
    "you typed is still here: send it once more."
)
TOO_FAST = "That was faster than anybody types. All you typed is still here: send it once more."
TOO_OLD = "This page was open for more than a day. All you typed is still here: send it once more."
NO_ADDRESS = "This is no address of a page. Paste one, as in https://example.org/page."
NEEDS_SOURCE = "Say where it can be read: paste the address of a page."


def opened_now() -> str:
    """When a form was opened, signed, so that nobody makes it up."""
    return signing.dumps(int(time.time()), salt=SALT)


class SuggestionForm(forms.Form):
    """The end of both forms, and the guard.

    A reader who is refused by the guard by mistake sends the same form once more.
    """

    source = forms.CharField(
        label="Where it can be read",
        max_length=2000,
        error_messages={"required": NEEDS_SOURCE},
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text="The address of a page that says so.",
    )
    contact = forms.CharField(
        label="How editors can reach you (optional)",
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        help_text=f"For a question back. Only editors see it, and it is deleted after {CONTACT_DAYS} days.",
    )
    topic = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data.copy() if data is not None else None)
        self.initial["opened"] = opened_now()

    def clean_source(self) -> str:
        typed: str = self.cleaned_data["source"]
        try:
            return clean_address(typed) if typed else ""
        except ValidationError as error:
            raise ValidationError(NO_ADDRESS) from error

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.data.get("topic"):
            self._ask_again(FILLED_IN, topic="")
        if why := self._out_of_time():
            self._ask_again(why, opened=opened_now())
        return cleaned

    def _out_of_time(self) -> str:
        try:
            opened = signing.loads(self.data.get("opened", ""), salt=SALT)
        except signing.BadSignature:
            return TOO_OLD
        seconds = time.time() - opened
        return TOO_FAST if seconds < SHORTEST else TOO_OLD if seconds > LONGEST else ""

    def _ask_again(self, words: str, **put_back: str) -> None:
        self.add_error(None, ValidationError(words))
        self.data.update(put_back)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The fields of a suggestion."""
        own = {"topic", "opened"}
        return {name: value for name, value in self.cleaned_data.items() if name not in own}


class NewForm(SuggestionForm):
    """An announcement that is missing."""

    title = forms.CharField(
        label="What was announced",
        max_length=200,
        error_messages={"required": "Say in one line what was announced."},
        help_text="In one line: “Acme says that it will open its Anvil models”.",
    )
    company = forms.CharField(label="By which company (optional)", required=False, max_length=120)
    text = forms.CharField(
        label="What else you know (optional)",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="When it was announced, what was promised for when, under which license.",
    )
    field_order = ["title", "company", "source", "text", "contact"]

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "about": Suggestion.About.NEW}


class CorrectionForm(SuggestionForm):
    """Something wrong or missing in an announcement."""

    PROMISES = (Suggestion.About.DELIVERED, Suggestion.About.WITHDRAWN, Suggestion.About.PROMISE)
    CHANGES = (Suggestion.About.DELIVERED, Suggestion.About.WITHDRAWN)
    """What becomes a step of a promise, and no step is without a source."""

    about = forms.ChoiceField(
        label="What it is about", error_messages={"required": "Choose what it is about."}
    )
    promise = forms.ChoiceField(
        label="Which promise (optional)", required=False, help_text="If it is about one of these."
    )
    text = forms.CharField(
        label="What would be right",
        max_length=2000,
        error_messages={"required": "Say what would be right, or what is missing."},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The right value, or what is missing, in a sentence.",
    )
    field_order = ["about", "promise", "text", "source", "contact"]

    def __init__(self, announcement: Announcement, data: Any = None) -> None:
        super().__init__(data)
        self.announcement = announcement
        self.promises = {str(row.pk): row for row in announcement.promises.all()}
        fields: Any = self.fields
        fields["about"].choices = [("", "Choose"), *self._abouts()]
        fields["source"].required = False
        fields["source"].label = "Where it can be read (optional)"
        fields[
            "source"
        ].help_text = "The address of a page that says so. Needed where something was delivered or taken back."
        if self.promises:
            titles = [(key, row.title) for key, row in self.promises.items()]
            fields["promise"].choices = [("", "None of them"), *titles]
        else:
            del fields["promise"]

    def _abouts(self) -> list[tuple[str, str]]:
        left_out = {Suggestion.About.NEW, *(() if self.promises else self.PROMISES)}
        return [(slug, name) for slug, name in Suggestion.About.choices if slug not in left_out]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_change = self.cleaned_data.get("about") in self.CHANGES
        if is_change and "source" not in self.errors and not self.cleaned_data.get("source"):
            self.add_error("source", NEEDS_SOURCE)
        if is_change and "promise" not in self.errors and not self.cleaned_data.get("promise"):
            self.add_error("promise", "Choose which promise.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        promise = self.promises.get(self.cleaned_data.get("promise", ""))
        return {**super().facts(), "promise": promise, "announcement": self.announcement}
