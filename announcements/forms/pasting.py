"""An address that an editor pasted, before anything is known of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.forms.sources import named_at
from announcements.models import Source


class PasteForm(forms.Form):
    """The box: cleans to the recorded source at the address in any spelling, else to the address."""

    url = forms.CharField(
        label="Paste the address of a source",
        max_length=2000,
        error_messages={"required": "Paste an address, as in https://example.org/page."},
        widget=forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
    )

    def clean_url(self) -> Source | str:
        typed: str = self.cleaned_data["url"]
        try:
            return Source.objects.at(typed) or named_at(typed)
        except ValidationError as error:
            raise ValidationError(_why(typed) or error.messages) from error

    @property
    def source(self) -> Source | None:
        """The recorded source, None if there is none."""
        named: Any = self.cleaned_data["url"]
        return named if isinstance(named, Source) else None

    @property
    def address(self) -> str:
        """The address as it is recorded, or as it can be."""
        named = self.cleaned_data["url"]
        return named.url if isinstance(named, Source) else named


def _why(typed: str) -> str:
    """What is wrong with an address and what would be right, "" if its form is not at fault."""
    try:
        canonical_url(typed)
    except InvalidAddress as error:
        return str(error)
    return ""
