"""The list of sources: choose one that is recorded, or paste an address."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from announcements.canonical_urls import canonical_url
from announcements.forms.places import PlacedFormSet, PlaceField
from announcements.forms.sources import Named, named_at, recorded
from announcements.models import Citation, Source
from announcements.models.fields import PartialDateFormField
from announcements.vocabularies import terms

DETAILS = ("title", "publisher", "published_on", "kind")


def kinds_with_strength() -> list[tuple[str, str]]:
    """The kinds of source, each with how far it carries that something was announced."""
    strength = {slug: term["announcement"] for slug, term in terms("source_kinds").items()}
    return [(slug, f"{name} ({strength[slug]})") for slug, name in Source.Kind.choices]


class CitationForm(forms.ModelForm):
    """One row of the list. An address that is recorded already is that source, and gains only what it lacks.

    ``may_complete`` is set on a class made for one request: whether it gains that.
    """

    may_complete: ClassVar[bool] = True

    address = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "vURLField", "inputmode": "url"}),
        help_text="Any spelling. A page that is recorded already is found and never doubled.",
    )
    title = forms.CharField(required=False, max_length=300, help_text="As published.")
    publisher = forms.CharField(required=False, max_length=120)
    published_on = PartialDateFormField(required=False)
    kind = forms.ChoiceField(choices=kinds_with_strength, initial=Source.Kind.OTHER, required=False)
    place = PlaceField(help_text="Its number on the page. Empty: last.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].required = False

    def clean_address(self) -> Named:
        address = self.cleaned_data["address"]
        return named_at(address) if address else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "address" in self.errors or "source" in self.errors:
            return cleaned
        pasted, chosen = self.named, self.cleaned_data.get("source")
        if not pasted:
            raise ValidationError("Paste the address of a source, or choose one that is recorded.")
        if chosen and chosen != pasted and not self.instance.pk:
            self.add_error("source", "Either paste an address or choose a source, not two of them.")
        if isinstance(pasted, Source):
            self.cleaned_data["source"] = pasted
        return cleaned

    @property
    def named(self) -> Named:
        """The source of this row, as far as it is known before saving."""
        cleaned = getattr(self, "cleaned_data", {})
        return cleaned.get("address") or cleaned.get("source")

    def recorded(self) -> Any:
        """The source of this row, added if it is new, with the details typed here that it lacked."""
        typed = {name: self.cleaned_data.get(name) for name in DETAILS}
        details = {name: value for name, value in typed.items() if value}
        source = recorded(self.named, **details)
        if self.may_complete:
            _complete(source, details)
        return source

    def save(self, commit: bool = True) -> Citation:
        self.instance.source = self.recorded()
        return super().save(commit)


def _complete(source: Any, details: dict[str, Any]) -> None:
    """Give a recorded source what it lacks and leave what it has."""
    lacking = [
        name
        for name, value in details.items()
        if getattr(source, name) in (None, "", Source.Kind.OTHER) and value != getattr(source, name)
    ]
    for name in lacking:
        setattr(source, name, details[name])
    if lacking:
        source.save(update_fields=lacking)


class CitationFormSet(PlacedFormSet):
    """The list of sources of one announcement, each source once."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept: list[Any] = self.kept
        if not kept and self.instance.pk is None:
            raise ValidationError("Paste the address of a source: an announcement begins with one.")
        numbers: dict[str, int] = {}
        for number, form in enumerate(self.forms, start=1):
            if form in kept:
                same = numbers.setdefault(_identity(form), number)
                if same != number:
                    words = f"This source is in the list already, as number {same}."
                    form.add_error("address", words)


def _identity(form: Any) -> str:
    named = form.named
    return canonical_url(named) if isinstance(named, str) else named.canonical_url
