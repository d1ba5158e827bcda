"""The fields of filters: what may be typed, and what is said of the rest."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from announcements.models.fields import PartialDateFormField

Options = list[tuple[str, str]]
SHORT_LIST = 20
"""Up to so many allowed values are named in full; of longer lists, the nearest spellings."""

SPELLINGS = {"1": "yes", "true": "yes", "on": "yes", "0": "no", "false": "no", "off": "no"}


def _no_former() -> Mapping[str, str]:
    return {}


class SlugsField(forms.MultipleChoiceField):
    """Slugs of a list; an unknown one is an error that names those it could have been.

    A slug that a value had before means the one that it has now; ``former`` gives both.
    """

    former: Callable[[], Mapping[str, str]] = staticmethod(_no_former)

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        known = {slug: None for slug, _ in self.pairs()} if value else {}
        for slug in value:
            if slug not in known:
                raise ValidationError(_not_one_of(slug, list(known)), code="invalid_choice")

    def pairs(self) -> Options:
        """Slug and name of every value."""
        choices: Any = self.choices
        return [(slug, str(name)) for slug, name in choices]

    def to_python(self, value: Any) -> list[str]:
        texts = super().to_python([text for text in value or [] if text])
        former = self.former() if texts else {}
        return list(dict.fromkeys(former.get(text.lower(), text.lower()) for text in texts))


def _not_one_of(slug: str, known: list[str]) -> str:
    if not known:
        return f"“{slug}” is not one of the values: there are none yet."
    if len(known) <= SHORT_LIST:
        return f"“{slug}” is not one of the values. Allowed: {', '.join(known)}."
    near = get_close_matches(slug, known, n=5, cutoff=0.5)
    hint = f"Near it: {', '.join(near)}." if near else f"For example: {', '.join(known[:5])}."
    return f"“{slug}” is not one of the {len(known)} values. {hint}"


class SlugsFilter(django_filters.MultipleChoiceFilter):
    field_class = SlugsField


class OneSlugField(SlugsField):
    """A list of slugs that takes one."""

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > 1:
            raise ValidationError("Takes one value.", code="several")

    def to_python(self, value: Any) -> list[str]:
        return [SPELLINGS.get(slug, slug) for slug in super().to_python(value)]


class OneSlugFilter(django_filters.MultipleChoiceFilter):
    field_class = OneSlugField


class PartialDateFilter(django_filters.Filter):
    field_class = PartialDateFormField


class PageFilter(django_filters.Filter):
    field_class = forms.IntegerField
