"""Naming a source while typing: by its number in the page's list, or by its address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.models import Announcement, Source

Named = Source | str | None
"""A source that is recorded, the address of one that is not yet, or none."""


def clean_address(text: str) -> str:
    """The address of a page as it can be stored, or a ValidationError."""
    address = forms.URLField(assume_scheme="https", max_length=2000).clean(text)
    try:
        canonical_url(address)
    except InvalidAddress as error:
        raise ValidationError(str(error), code="invalid") from error
    return address


def named_at(text: str) -> Source | str:
    """The recorded source at an address in any spelling, else the address as it can be stored."""
    address = clean_address(text)
    return Source.objects.at(address) or address


def recorded(named: Named, **facts: Any) -> Source | None:
    """The row of a source that was named; one that is new is added with these facts."""
    return Source.objects.get_or_add(named, **facts)[0] if isinstance(named, str) else named


class ListedSources:
    """The sources of one announcement by their number on the page.

    A form that is being sent lists its sources itself (``posted``, rows with this prefix), so a fact can
    name one that is typed in the same form.
    """

    PREFIX = "citations"

    def __init__(self, announcement: Announcement | None, posted: QueryDict | None = None) -> None:
        self.announcement = announcement
        self.posted = posted

    @cached_property
    def saved(self) -> list[Source]:
        if self.announcement is None or self.announcement.pk is None:
            return []
        return [row.source for row in self.announcement.citations.select_related("source")]

    def text_for(self, key: int | None) -> str:
        """What an editor would type for the source with this key: its number, or its address."""
        numbers = {source.pk: str(number) for number, source in enumerate(self.saved, start=1)}
        if key is None or key in numbers:
            return numbers[key] if key else ""
        return Source.objects.values_list("url", flat=True).filter(pk=key).first() or ""

    def named(self, number: int) -> Source | str:
        """The source with this number, or a ValidationError that says what is wrong with it."""
        found = self._posted(number - 1) if self.posted else self._saved(number - 1)
        if found is None:
            raise ValidationError(
                f"There is no source {number} in the list of sources. Give a number from the list, "
                "or an address."
            )
        return found

    def _saved(self, index: int) -> Source | None:
        return self.saved[index] if 0 <= index < len(self.saved) else None

    def _posted(self, index: int) -> Source | str | None:
        posted = self.posted or QueryDict()
        row = {
            name: posted.get(f"{self.PREFIX}-{index}-{name}", "").strip()
            for name in ("DELETE", "address", "source")
        }
        if row["DELETE"]:
            raise ValidationError(
                f"Source {index + 1} is being removed from the list. Keep it, or name another one."
            )
        if row["address"]:
            return named_at(row["address"])
        known = row["source"] if row["source"].isascii() and row["source"].isdigit() else None
        return Source.objects.filter(pk=known).first() if known else None


class SourceReferenceField(forms.CharField):
    """A source by its number in the page's list, or by its address in any spelling.

    Its initial value is the key of a source, its cleaned value a source, a new address or None.
    ``listed`` is set by the form.
    """

    listed: ListedSources

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Source")
        kwargs.setdefault("help_text", "Its number in the list of sources, or an address.")
        widget = forms.TextInput(attrs={"list": "listed-sources", "class": "source-reference"})
        super().__init__(**{"required": False, "max_length": 2000, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return self.listed.text_for(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Named:  # type: ignore[override]
        text = (super().to_python(value) or "").strip("#[]")
        if text.isascii() and text.isdigit() and len(text) < 5:
            return self.listed.named(int(text))
        return named_at(text) if text else None

    def run_validators(self, value: Any) -> None:
        """Said by ``to_python``: the validators of a text know no sources."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            named = self.to_python(data)
        except ValidationError:
            return True
        return (named.pk if isinstance(named, Source) else named) != initial


@dataclass(frozen=True)
class Desk:
    """What a row's form must know of the page around it: who is typing, and the sources listed."""

    user: Any
    listed: ListedSources


class CitingForm(forms.ModelForm):
    """A row that names its sources; ``REFERENCES`` maps the field typed into to the model's."""

    REFERENCES: ClassVar[dict[str, str]] = {"source_reference": "source"}

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        for name, column in self.REFERENCES.items():
            if name in self.fields:
                self.fields[name].listed = desk.listed  # type: ignore[attr-defined]
                self.initial.setdefault(name, getattr(self.instance, f"{column}_id"))

    def save(self, commit: bool = True) -> Any:
        for name, column in self.REFERENCES.items():
            if name in self.cleaned_data:
                setattr(self.instance, column, recorded(self.cleaned_data[name]))
        return super().save(commit)
