"""A record as one row of a table, and back. A column is named by where its value stands in the record.

``title``, ``sources.1.url``, ``promises.2.updates.1.date``, ``releases.1.components.weights.state``: rows of
a list are numbered from 1, as people count. A list of plain texts is one cell. The schema of the record
is the one list of what there is; nothing here names a key.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from announcements.records.cells import joined, split
from announcements.records.schemas import Record

MOST_ROWS = 200
"""No record has more of anything; a column with a higher number is a slip of the pen."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Column:
    """One leaf of a record; numbers in its path count from 0, as lists do."""

    path: Path
    is_list: bool
    is_nullable: bool

    @property
    def name(self) -> str:
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)


def column(name: str, schema: Record) -> Column | None:
    """The column of this name, None if a record of this schema has no such place."""
    path: list[str | int] = []
    for step in name.split("."):
        kind = _kind(schema)
        if kind == "rows" and re.fullmatch(r"[1-9]\d{0,2}", step) and int(step) <= MOST_ROWS:
            path.append(int(step) - 1)
            schema = schema["items"]
        elif kind in ("thing", "named") and (below := _below(schema, step)):
            path.append(step)
            schema = below
        else:
            return None
    kind = _kind(schema)
    if kind not in ("text", "texts"):
        return None
    return Column(tuple(path), kind == "texts", "null" in schema.get("type", ()))


def cells(record: Record, schema: Record) -> dict[str, str]:
    """The texts of a record by the names of their columns; empty ones are left out."""
    return {name: text for name, text in _leaves(record, schema, "") if text}


def in_order(names: Iterable[str], schema: Record) -> list[str]:
    """Names of columns as the schema orders them, numbered rows one after the other."""
    return sorted(names, key=lambda name: _order(name, schema))


def plain_columns(schema: Record) -> list[str]:
    """The columns that every record has: those without a number in them."""
    return [
        name for name, below in schema["properties"].items() if _kind(below) in ("text", "texts")
    ]


def groups(schema: Record) -> list[str]:
    """The lists whose rows are columns with numbers: ``sources``, ``promises`` and so on."""
    return [name for name, below in schema["properties"].items() if _kind(below) == "rows"]


def laid_over(record: Record, changes: Iterable[tuple[Column, str]]) -> tuple[Record, list[str]]:
    """The record with these cells in it, and the names of columns whose cell is no list.

    What no cell names is left alone; an empty cell clears. A row of a list of which nothing is left
    is still there, as ``{}`` or with empty values: see ``without_empty_rows``.
    """
    changed, unreadable = deepcopy(record), []
    for where, text in changes:
        try:
            value: Any = split(text) if where.is_list else text
        except ValueError:
            unreadable.append(where.name)
            continue
        _put(changed, where.path, None if text == "" and where.is_nullable else value)
    return changed, unreadable


def without_empty_rows(value: Any, place: str = "") -> tuple[Any, dict[str, list[int]]]:
    """A record without rows in which nothing stands, and for each list the numbers (from 1) of those left."""
    numbers: dict[str, list[int]] = {}
    if isinstance(value, dict):
        kept: Record = {}
        for key, inner in value.items():
            kept[key], below = without_empty_rows(inner, f"{place}.{key}".removeprefix("."))
            numbers |= below
        return {
            key: inner for key, inner in kept.items() if not _is_empty_component(place, inner)
        }, numbers
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        left = [number for number, row in enumerate(value, 1) if _has_something(row)]
        numbers[place] = left
        rows = []
        for new, number in enumerate(left):
            row, below = without_empty_rows(value[number - 1], f"{place}[{new}]")
            rows.append(row)
            numbers |= below
        return rows, numbers
    return value, numbers


def column_of(field: str, numbers: dict[str, list[int]]) -> str:
    """The column that a problem's place (``promises[0].updates[1].date``) means, by its number in the file."""
    named, place = "", ""
    for step in re.findall(r"[^.\[\]]+|\[\d+\]", field):
        if step.startswith("["):
            index = int(step[1:-1])
            # The texts of a list share one cell, which has no number.
            if (left := numbers.get(place)) is not None:
                named += f".{left[index] if index < len(left) else index + 1}"
            place += step
        else:
            named, place = (f"{text}.{step}".removeprefix(".") for text in (named, place))
    return named


def _is_empty_component(place: str, value: Any) -> bool:
    return place.endswith("components") and not _has_something(value)


def _has_something(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_something(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_has_something(inner) for inner in value)
    return bool(value)


def _put(place: Any, path: Path, value: Any) -> None:
    *steps, last = path
    for step, following in zip(steps, path[1:], strict=True):
        place = _entered(place, step, [] if isinstance(following, int) else {})
    place[last] = value


def _entered(place: Any, step: str | int, fresh: Any) -> Any:
    if isinstance(step, int):
        place.extend({} for _ in range(step + 1 - len(place)))
        return place[step]
    if place.get(step) is None:
        place[step] = fresh
    return place[step]


def _kind(schema: Record) -> str:
    if "properties" in schema:
        return "thing"
    if isinstance(schema.get("additionalProperties"), dict):
        return "named"
    if "items" in schema:
        return "rows" if "properties" in schema["items"] else "texts"
    return "text"


def _below(schema: Record, step: str) -> Record | None:
    if "properties" in schema:
        return schema["properties"].get(step)
    # A thing by names that nobody listed (the times of former names) has no columns.
    named = schema.get("propertyNames", {}).get("enum", ())
    return schema["additionalProperties"] if step in named else None


def _leaves(value: Any, schema: Record, place: str) -> Iterator[tuple[str, str]]:
    match _kind(schema):
        case "text":
            yield place, "" if value is None else str(value)
        case "texts":
            yield place, joined(value)
        case "rows":
            for number, row in enumerate(value, 1):
                yield from _leaves(row, schema["items"], f"{place}.{number}")
        case _:
            for key, inner in value.items():
                if below := _below(schema, key):
                    yield from _leaves(inner, below, f"{place}.{key}".removeprefix("."))


def _order(name: str, schema: Record) -> tuple[int, ...]:
    places = []
    for step in name.split("."):
        if _kind(schema) == "rows":
            places.append(int(step))
            schema = schema["items"]
        else:
            places.append(_names(schema).index(step))
            schema = _below(schema, step) or {}
    return tuple(places)


def _names(schema: Record) -> list[str]:
    return list(schema.get("properties") or schema["propertyNames"]["enum"])
