"""Records out of files: JSON (one record or a list) or NDJSON (a record per line)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from announcements.records import Record


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a record out, in words that say how to mend it."""

    record: str
    """The record's id, or its company's name, or where in which file it stands."""
    field: str
    """Where in the record, as ``promises[0].updates[1].status``."""
    value: Any
    message: str
    allowed: str = ""
    place: str = ""
    """Where in which file, if that is known: ``companies.csv, row 3``."""
    number: int = 0
    column: str = ""
    """The column of a table, by its name."""

    def __str__(self) -> str:
        value = (
            ""
            if self.value is None
            else f" is {json.dumps(self.value, ensure_ascii=False, default=str)[:120]}"
        )
        allowed = f" Allowed: {self.allowed}." if self.allowed else ""
        field = f"column {self.column}" if self.column else self.field or "record"
        place = f"{self.place}: " if self.place and self.place != self.record else ""
        return f"{place}{self.record}: {field}{value}: {self.message}{allowed}"


@dataclass
class Batch:
    """What one import brings, in the order of its files."""

    companies: list[Record]
    announcements: list[Record]
    problems: list[Problem]


def read(files: Iterable[tuple[str, str]]) -> Batch:
    """Sort the records of files, given as pairs of name and text, into companies and announcements."""
    batch = Batch([], [], [])
    for name, text in files:
        for place, value in _values(name, text.removeprefix("\ufeff"), batch.problems):
            _sort_in(place, value, batch)
    return batch


def name_of(record: Any) -> str:
    """What a person calls a record in a list of problems."""
    if isinstance(record, dict):
        return str(record.get("id") or record.get("name") or "record without id")
    return "record"


def _values(name: str, text: str, problems: list[Problem]) -> Iterable[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        yield from _lines(name, text, problems)
    else:
        yield from (
            ((f"{name}, record {n}", value) for n, value in enumerate(whole, 1))
            if isinstance(whole, list)
            else [(f"{name}, record 1", whole)]
        )


def _lines(name: str, text: str, problems: list[Problem]) -> Iterable[tuple[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield f"{name}, line {number}", json.loads(line)
            except ValueError as error:
                problems.append(
                    Problem(f"{name}, line {number}", "", line[:80], f"not JSON: {error}.")
                )


def _sort_in(place: str, value: Any, batch: Batch) -> None:
    if isinstance(value, dict) and ("id" in value or "announced_on" in value):
        batch.announcements.append(value)
    elif isinstance(value, dict) and "name" in value:
        batch.companies.append(value)
    else:
        message = "not a record. An announcement has an “id”, a company has a “name”."
        batch.problems.append(Problem(place, "", value, message))
