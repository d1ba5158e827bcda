"""Where a list goes on: the last row of a page, signed, so that nothing in it has to be doubted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet

from announcements.api.questions import Question, Refused

BROKEN = "This is no cursor of ours, or too old a one. Take `next` of an answer as it is, or begin without."
OTHER = "This cursor belongs to another question. Leave the filters and the order as they were, or begin without."
FREE = ("cursor", "page", "page_size", "fields", "expand")
"""Parameters that may change from page to page."""

_signer = signing.Signer(salt="announcements.api.cursors")


@dataclass(frozen=True)
class Cursor:
    """The last row that was told, by what it is ordered by, and the version that the first page told."""

    values: list[Any]
    version: str

    def text(self, question: Question) -> str:
        """What stands in the address of the next page."""
        values = [_packed(value) for value in self.values]
        return _signer.sign_object([_digest(question), values, self.version])


def cursor_of(question: Question) -> Cursor | None:
    """Where the address goes on, None at the beginning; raises Refused for what is none."""
    text = question.one("cursor")
    if not text:
        return None
    try:
        digest, values, version = _signer.unsign_object(text)
    except Exception as error:
        # What is signed is ours; of the rest nothing is known, not even how it fails.
        raise Refused("cursor", BROKEN) from error
    if digest != _digest(question):
        raise Refused("cursor", OTHER)
    return Cursor([_unpacked(value) for value in values], version)


def _digest(question: Question) -> str:
    asked = sorted(
        (name, sorted(values)) for name, values in question.params.lists() if name not in FREE
    )
    return sha256(f"{question.path} {asked}".encode()).hexdigest()[:16]


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    return ["day", value.isoformat()] if isinstance(value, date) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        kind, text = value
        return datetime.fromisoformat(text) if kind == "moment" else date.fromisoformat(text)
    return value


def behind(rows: QuerySet[Any], order: Sequence[str], values: Sequence[Any]) -> QuerySet[Any]:
    """The rows that come after those values, in an order whose last column is unique.

    It is a condition, not a number of rows to pass over: rows that come or go before the place move nothing.
    """
    condition = Q()
    same = Q()
    for column, value in zip(order, values, strict=True):
        name = column.removeprefix("-")
        step = "lt" if column.startswith("-") else "gt"
        condition |= same & Q(**{f"{name}__{step}": value})
        same &= Q(**{name: value})
    return rows.filter(condition)


def values_of(row: Any, order: Sequence[str]) -> list[Any]:
    """What a row is ordered by."""
    found = []
    for column in order:
        value = row
        for step in column.removeprefix("-").split("__"):
            value = getattr(value, step)
        found.append(value)
    return found
