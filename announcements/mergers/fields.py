"""The fields of two records beside each other, and which values the one that is kept has afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

Values = dict[str, Any]


def asked(model: Any) -> list[Any]:
    """The fields that an editor can fill in."""
    return [
        field for field in model._meta.concrete_fields if field.editable and not field.primary_key
    ]


def stored(row: Any, fields: list[Any] | None = None) -> Values:
    """What the database has of a row, by column; fit for JSON with Django's encoder."""
    return {
        field.attname: field.get_prep_value(field.value_from_object(row))
        for field in fields or row._meta.concrete_fields
    }


@dataclass(frozen=True)
class Pair:
    """One field in both records."""

    field: Any
    kept: Any
    absorbed: Any
    is_filled: bool
    """Whether the kept record has nothing here and takes it from the other."""

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def is_shown(self) -> bool:
        """Whether either of them says something."""
        return self.kept is not None or self.absorbed is not None

    @property
    def label(self) -> str:
        return str(self.field.verbose_name)

    @property
    def differs(self) -> bool:
        """Whether an editor has to choose."""
        return not self.is_filled and bool(self.absorbed) and self.kept != self.absorbed


def pairs(kept: Any, absorbed: Any) -> list[Pair]:
    return [_pair(field, kept, absorbed) for field in asked(type(kept))]


def _pair(field: Any, kept: Any, absorbed: Any) -> Pair:
    mine, theirs = (
        None if _says_nothing(field, row, (kept, absorbed)) else field.value_from_object(row)
        for row in (kept, absorbed)
    )
    return Pair(field, mine, theirs, mine is None and theirs is not None)


def _says_nothing(field: Any, row: Any, both: tuple[Any, Any]) -> bool:
    value = field.value_from_object(row)
    if not value or (field.has_default() and value == field.get_default()):
        return True
    # A source that retells the other one would retell itself.
    is_to_itself = isinstance(field, models.ForeignKey) and field.related_model is type(row)
    return is_to_itself and value in {other.pk for other in both}


def chosen(kept: Any, absorbed: Any, choices: Mapping[str, str]) -> Values:
    """The values that change in the kept record, by column; ``choices`` says "theirs" by field."""
    taken = [
        pair.field
        for pair in pairs(kept, absorbed)
        if pair.is_filled or (pair.differs and choices.get(pair.name) == "theirs")
    ]
    return stored(absorbed, taken) if taken else {}
