"""Bringing back: a record with its parts as they stood at a moment, or as they were before they were deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from announcements.history.keeping import because
from announcements.history.rows import DELETED, link_fields, newest
from announcements.history.stories import State, Story, Values, kinds
from announcements.models.publishing import WORDS, checked_at_the_end


def restore(story: Story, moment: datetime, reason: str) -> list[str]:
    """Have a record stand as it stood at a moment; that is a new version of it.

    Returns sentences about what could not come along. Raises ValidationError if it cannot stand so now,
    and whatever else saving may raise.
    """
    then = story.at(moment)
    if not then:
        raise ValidationError("It was not there at that time.")
    then, lost = _with_what_is_there(then)
    with because(reason), checked_at_the_end():
        for kind in kinds(story.model):
            _restore_rows(kind.model, then, story.now)
        for (model, key), values in then.items():
            for field in link_fields(model):
                getattr(model.objects.get(pk=key), field.name).set(values[field.name])
    return lost


def _with_what_is_there(then: State) -> tuple[State, list[str]]:
    """The state without what it names and what is gone, and sentences about that.

    Raises ValidationError if a row cannot be without it.
    """
    wanted = [(row, field) for row in then for field in _references(row[0])]
    missing = {
        target: _gone(
            target, {key for row, field in wanted for key in _keys(then[row], field, target)}
        )
        - {key for model, key in then if model is target}
        for target in {field.remote_field.model for _, field in wanted}
    }
    settled, lost, needed = {row: dict(values) for row, values in then.items()}, [], []
    for row, field in wanted:
        target = field.remote_field.model
        if not (keys := set(_keys(then[row], field, target)) & missing[target]):
            continue
        words = f"{target._meta.verbose_name} {_called(target, keys)}"
        if field.many_to_many:
            settled[row][field.name] = then[row][field.name] - keys
        elif field.remote_field.on_delete is models.SET_NULL:
            settled[row][field.attname] = None
        else:
            needed.append(words)
            continue
        if field.editable:
            lost.append(f"Left out, because it is gone: {words}.")
    if needed:
        gone = ", ".join(dict.fromkeys(needed))
        raise ValidationError(f"It names what was deleted since: {gone}. Restore that first.")
    return settled, list(dict.fromkeys(lost))


def _references(model: Any) -> list[Any]:
    """The fields that name rows which may be gone while this one stays."""
    return [
        field
        for field in [*model._meta.fields, *link_fields(model)]
        if field.is_relation
        and getattr(field.remote_field, "on_delete", None) is not models.CASCADE
    ]


def _keys(values: Values, field: Any, target: Any) -> Iterable[Any]:
    if field.remote_field.model is not target:
        return ()
    if field.many_to_many:
        return values[field.name]
    return () if values[field.attname] is None else (values[field.attname],)


def _gone(model: Any, keys: set[Any]) -> set[Any]:
    return keys - set(models.QuerySet(model).filter(pk__in=keys).values_list("pk", flat=True))


def _called(model: Any, keys: set[Any]) -> str:
    if not hasattr(model, "history"):
        return ""
    rows = newest(model, among=models.Q(id__in=keys) & ~models.Q(history_type=DELETED))
    return ", ".join(f"“{row.history_object}”" for row in rows)


def _restore_rows(model: Any, then: State, now: State) -> None:
    rows = {key: values for (of, key), values in then.items() if of is model}
    gone = [key for of, key in now if of is model and key not in rows]
    standing = {key for key in rows if (model, key) in now}
    differing = {key for key in standing if now[model, key] != rows[key]}
    if _is_named_by_none(model):
        # Two rows may change places that only one can have at a time: they go, and come back.
        gone += differing
        standing, differing = standing - differing, set()
    model.objects.filter(pk__in=gone).delete()
    for key, values in rows.items():
        if key not in standing:
            _insert(model, values)
        elif key in differing:
            _change(model.objects.get(pk=key), values)


def _is_named_by_none(model: Any) -> bool:
    return not model._meta.related_objects and not model._meta.many_to_many


def _insert(model: Any, values: Values) -> None:
    """The row with its old key, so that its address holds."""
    row = model(**_columns(model, values))
    row.full_clean(exclude=_UNCHECKED)
    row.save(force_insert=True)
    since = {
        field.attname: values[field.attname]
        for field in model._meta.fields
        if getattr(field, "auto_now_add", False)
    }
    if since:
        model.objects.filter(pk=row.pk).update(**since)


def _change(row: Any, values: Values) -> None:
    """What forms can change; whether readers see it, and what follows from the rest, stays as it is."""
    for field in row._meta.fields:
        if field.editable and field.attname in values:
            setattr(row, field.attname, values[field.attname])
    gaps = [words for name, words in WORDS.items() if not getattr(row, name, True)]
    if gaps and getattr(row, "is_published", False):
        raise ValidationError(["Readers see it, and would miss this.", *gaps])
    row.full_clean(exclude=_UNCHECKED)
    row.save()


_UNCHECKED = ("superseded_by", "renews")
"""They may name a promise of the same record that comes back a moment later."""


def _columns(model: Any, values: Values) -> Values:
    return {
        field.attname: values[field.attname]
        for field in model._meta.fields
        if field.attname in values
    }
