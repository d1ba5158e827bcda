"""What changed, in words: labels, choices, names and dates instead of columns and keys."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django_countries import countries
from django_countries.fields import CountryField

from announcements.history.rows import link_fields, newest
from announcements.history.stories import RowStep, Values
from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Concern,
    FormerName,
    Partner,
    Promise,
    ReleaseComponent,
    Update,
)
from announcements.models.fields import ListField, PartialDateField
from announcements.partial_dates import PartialDate

NAMED_BY = {Citation: "source", Partner: "company", Benefit: "type"}
"""Rows that have no name of their own."""

TOLD = frozenset({"state"})
"""Columns that no form shows and that are told all the same; the others follow from what is told."""

UNSEEN: dict[Any, set[str]] = {
    None: {"position"},
    Announcement: {"state", "slug"},
    Concern: {"position", "note"},
}
"""Columns of which readers are told no change."""

DRAFTED = (Announcement, Promise)
"""Models of which some rows are drafts, or parts of drafts."""

NOUNS = {
    Citation: "source",
    Partner: "partner",
    Update: "step",
    ReleaseComponent: "component",
    FormerName: "former name",
}


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed ("same"), came ("new") or went ("old")."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, "" for nothing; of longer texts the pieces that differ."""

    name: str
    label: str
    before: str
    after: str
    pieces: list[Piece]


@dataclass(frozen=True)
class RowChange:
    """What became of one row: "added", "changed" or "removed"."""

    model: Any
    noun: str
    name: str
    what: str
    fields: list[FieldChange]


class Wording:
    """Words for some steps; what they name is looked up at once.

    ``for_readers`` tells nothing that only editors see: no note of theirs, no name of a draft.
    """

    def __init__(self, rows: Iterable[RowStep], *, for_readers: bool = False) -> None:
        self.for_readers = for_readers
        wanted: dict[Any, set[int]] = defaultdict(set)
        for row in rows:
            for values in (row.before, row.after):
                for field in _relations(row.model):
                    wanted[field.remote_field.model].update(_keys(values, field))
        self.names = {
            model: _names_for_readers(model, keys)
            if for_readers and model in DRAFTED
            else _names(model, keys)
            for model, keys in wanted.items()
        }

    def row(self, step: RowStep) -> RowChange:
        values = step.after or step.before or {}
        return RowChange(
            model=step.model,
            noun=NOUNS.get(step.model, str(step.model._meta.verbose_name)),
            name=self._name(step.model, values),
            what="removed" if not step.after else "changed" if step.before else "added",
            fields=list(self._fields(step)) if step.after else [],
        )

    def _name(self, model: Any, values: Values) -> str:
        if name := NAMED_BY.get(model):
            field = model._meta.get_field(name)
            return self._words(field, values[field.attname])
        if model is Update:
            parts = ("happened_on", "status")
            return ": ".join(
                self._words(model._meta.get_field(part), values[part]) for part in parts
            )
        if model is ReleaseComponent:
            return self._words(model._meta.get_field("component"), values["component"])
        return str(values["title"] if "title" in values else values.get("name", ""))

    def _fields(self, step: RowStep) -> Iterable[FieldChange]:
        before, after = step.before or {}, step.after or {}
        for field in told_fields(step.model):
            if self.for_readers and field.name in UNSEEN.get(step.model, UNSEEN[None]):
                continue
            name = field.attname if not field.many_to_many else field.name
            was, is_now = before.get(name), after.get(name)
            if was == is_now or not (was or is_now):
                continue
            words = self._words(field, was), self._words(field, is_now)
            if words[0] == words[1]:
                continue
            if step.before is None and (field.name == "position" or not words[1]):
                continue
            label = "listed at place" if field.name == "position" else str(field.verbose_name)
            is_text = isinstance(field, models.TextField) and all(words)
            pieces = list(difference(*words)) if is_text else []
            yield FieldChange(field.name, str(capfirst(label)), *words, pieces)

    def _words(self, field: Any, value: Any) -> str:
        if field.is_relation:
            names = self.names.get(field.remote_field.model, {})
            keys = sorted(value or ()) if field.many_to_many else [value]
            return ", ".join(names[key] for key in keys if key in names)
        return words(field, value)


def words(field: Any, value: Any) -> str:
    """The value of a column as people say it, "" for none."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, CountryField):
        return str(countries.name(getattr(value, "code", value)))
    if isinstance(field, PartialDateField):
        return (value if isinstance(value, PartialDate) else PartialDate.parse(value)).words
    if isinstance(field, ListField):
        names = dict(field.terms or ())
        return ", ".join(names.get(item, item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if field.name == "position":
        return str(value + 1)
    return str(dict(field.flatchoices).get(value, value))


def difference(before: str, after: str) -> Iterable[Piece]:
    """Two texts word by word."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    for _, start, stop, new_start, new_stop in SequenceMatcher(None, old, new, False).get_opcodes():
        gone, come = "".join(old[start:stop]), "".join(new[new_start:new_stop])
        if gone == come:
            yield Piece("same", gone)
            continue
        if gone:
            yield Piece("old", gone)
        if come:
            yield Piece("new", come)


def told_fields(model: Any) -> list[Any]:
    """The fields of which changes are told, in the order of the model."""
    owners = {
        field.name
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
    }
    fields = [
        field
        for field in model._meta.fields
        if (field.editable or field.name in TOLD) and not field.primary_key
        if field.name not in owners | _INCIDENTAL
    ]
    return [*fields, *link_fields(model)]


_INCIDENTAL = {"created_at", "modified_at", "recorded_at"}


def _relations(model: Any) -> list[Any]:
    return [field for field in told_fields(model) if field.is_relation]


def _keys(values: Values | None, field: Any) -> Iterable[int]:
    if not values:
        return ()
    if field.many_to_many:
        return values[field.name]
    value = values[field.attname]
    return () if value is None else (value,)


def _names_for_readers(model: Any, keys: set[int]) -> dict[int, str]:
    shown: Any = (
        Announcement.objects.published()
        if model is Announcement
        else Promise.objects.of_published()
    )
    return {row.pk: str(row) for row in shown.filter(pk__in=keys)}


def _names(model: Any, keys: set[int]) -> dict[int, str]:
    """What rows are called now, or were called last if they are gone."""
    standing: Any = models.QuerySet(model).filter(pk__in=keys)
    names = {row.pk: str(row) for row in standing}
    if gone := keys - names.keys():
        for row in newest(model, among=models.Q(id__in=gone)):
            names[row.id] = str(row.history_object)
    return names
