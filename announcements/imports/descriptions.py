"""A page or an initiative that two records of one import describe in two ways would change at every import."""

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.imports.reading import Problem, name_of
from announcements.records import Record


@lru_cache(maxsize=4096)
def canonical(address: str) -> str:
    """The canonical form of an address, or the text itself where it is none."""
    try:
        return canonical_url(address)
    except InvalidAddress:
        return address


class Descriptions:
    """What the records said so far of pages and initiatives, kept in a temporary file of SQLite's."""

    def __init__(self) -> None:
        # An empty name: SQLite keeps it in memory while it is small, then on disk, and removes it.
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("PRAGMA journal_mode=OFF")
        self._seen.execute("PRAGMA synchronous=OFF")
        self._seen.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def __del__(self) -> None:
        self._seen.close()

    def contradictions(self, record: Record) -> Iterator[Problem]:
        """What this record says otherwise than one before it."""
        for key, row in _described(record):
            place = json.dumps(key)
            found = self._seen.execute("SELECT said FROM seen WHERE key = ?", [place]).fetchone()
            if found is None:
                said = json.dumps([name_of(record), row])
                self._seen.execute("INSERT INTO seen VALUES (?, ?)", [place, said])
                continue
            other, before = json.loads(found[0])
            for name in sorted({*row, *before}):
                if (row.get(name) or "") != (before.get(name) or ""):
                    message = f"{key[-1]}: record {other} says “{before.get(name, '')}”. Say the same in both."
                    yield Problem(name_of(record), f"{key[0]}.{name}", row.get(name, ""), message)


def _described(record: Record) -> Iterator[tuple[tuple[str, ...], Record]]:
    for row in record.get("sources", []):
        yield ("sources", canonical(row["url"])), {**row, "url": "", "supports": ""}
    for row in record.get("initiatives", []):
        yield ("initiatives", row["company"], row["name"]), row
