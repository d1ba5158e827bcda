"""Rows that stand in an order: editors type places from 1, and a row without a place comes last."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

NOT_OF_THIS_PAGE = (
    "One of these rows is no row of this record. Open the page anew, and type it again."
)
PLACE_HELP = "Type another number to move the row. Empty: last."


class PlaceField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        known = {"required": False, "min_value": 1, "max_value": 9999, "help_text": PLACE_HELP}
        widget = forms.NumberInput(attrs={"class": "place"})
        super().__init__(**{"label": "Place", "widget": widget, **known, **kwargs})


class PlacedFormSet(BaseInlineFormSet):
    """Rows whose ``place`` field orders them; their positions are 0, 1, 2, … after saving.

    A list without rows begins with an empty one; where there are some, another is a click away.
    """

    always_one_more = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.always_one_more and self.initial_form_count():
            self.extra = 0

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None and index < self.initial_form_count() and "place" in form.fields:
            form.initial["place"] = index + 1

    @property
    def kept(self) -> list[Any]:
        """The forms whose rows will be there after saving, as they stand on the page."""
        return [
            form
            for index, form in enumerate(self.forms)
            if (index < self.initial_form_count() or form.has_changed())
            and not (self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]
        ]

    def clean(self) -> None:
        super().clean()
        # A key of another record's row: Django would leave it out, and say that all is saved.
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError(NOT_OF_THIS_PAGE)

    def in_order(self) -> list[Any]:
        """The same forms as their places order them; who moves to a taken place gets it."""
        return sorted(self.kept, key=_place)

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        if commit:
            self.number([form.instance for form in self.in_order()])
        return saved

    def number(self, rows: list[Any]) -> None:
        """Store the order of saved rows."""
        for position, row in enumerate(rows):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])


def _place(form: Any) -> tuple[float, int]:
    typed, before = form.cleaned_data.get("place"), form.initial.get("place")
    if typed is None:
        return float("inf"), 0
    moved = typed - (before or typed + 1)
    return typed, (moved > 0) - (moved < 0)
