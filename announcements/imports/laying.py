"""The cells of a table laid over what is stored."""

from collections.abc import Iterable
from typing import Any

from announcements.imports.descriptions import canonical
from announcements.models import Initiative, Source
from announcements.records import Record, initiative_record, source_record
from announcements.records.columns import Column, laid_over, without_empty_rows

IDENTITY = {"sources": ("url",), "initiatives": ("name", "company")}
"""What makes a row of these lists the page or the initiative it is: another value means another one."""

Cells = list[tuple[Column, str]]


def laid_over_stored(start: Record, cells: Cells) -> tuple[Record, dict[str, list[int]], list[str]]:
    """The record that the cells make of ``start``, the numbers of the rows left, and unreadable columns."""
    record = {**start}
    for group, keys in IDENTITY.items():
        record[group] = [
            {} if _means_another(row, group, index, keys, cells) else row
            for index, row in enumerate(record.get(group, []))
        ]
    changed, unreadable = laid_over(record, cells)
    kept, numbers = without_empty_rows(changed)
    return {key: value for key, value in kept.items() if value != []}, numbers, unreadable


def _means_another(row: Record, group: str, index: int, keys: Any, cells: Cells) -> bool:
    typed = {
        column.path[2]: text
        for column, text in cells
        if column.path[:2] == (group, index) and len(column.path) == 3
    }
    return any(
        typed.get(key) and canonical(typed[key]) != canonical(str(row.get(key, ""))) for key in keys
    )


def with_stored_facts(changes: Iterable[tuple[Record | None, Record]]) -> None:
    """Give rows that bring in a stored page or initiative what is stored of it, where they say nothing.

    ``changes`` are pairs of records, before and wanted; what was there before is as the cells left it.
    """
    pairs = list(changes)
    _fill(pairs, "sources", lambda row: canonical(row.get("url") or ""), _sources)
    _fill(pairs, "initiatives", lambda row: row.get("name") or "", _initiatives)


def _fill(pairs: list[tuple[Record | None, Record]], group: str, key: Any, stored: Any) -> None:
    new = []
    for before, record in pairs:
        had = {key(row) for row in (before or {}).get(group, [])}
        new += [row for row in record.get(group, []) if key(row) not in had]
    known = stored({key(row) for row in new}) if new else {}
    for row in new:
        for name, value in known.get(key(row), {}).items():
            if not row.get(name):
                row[name] = value


def _sources(addresses: set[str]) -> dict[str, Record]:
    found = Source.objects.filter(canonical_url__in=addresses).select_related("derived_from")
    return {source.canonical_url: source_record(source) for source in found}


def _initiatives(names: set[str]) -> dict[str, Record]:
    """By name; of a name that several companies use, nothing is known."""
    found = Initiative.objects.filter(name__in=names).select_related("company")
    known: dict[str, list[Record]] = {}
    for initiative in found:
        known.setdefault(initiative.name, []).append(initiative_record(initiative))
    return {name: rows[0] for name, rows in known.items() if len(rows) == 1}
