"""The index on SQLite: an FTS5 table with a column for each weight. SQLite only compares words."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from announcements.search.documents import Column, Document
from announcements.search.questions import Query, Term

WITHIN = ("{title} : ", "{title names} : ", "")
"""The columns that count, by tier."""
SEPARATOR = "z"
"""Stands for a gap. Stems begin with an s and raw words with an r, so nothing can ask for it."""

SELECT = "SELECT rowid FROM announcements_search WHERE announcements_search MATCH %s"


def claim(cursor: Any) -> None:
    """Nothing to do: whoever writes to SQLite is alone."""


def write(cursor: Any, documents: Iterable[tuple[int, Document]]) -> None:
    cursor.executemany(
        "INSERT OR REPLACE INTO announcements_search (rowid, title, names, body) "
        "VALUES (%s, %s, %s, %s)",
        [(key, *map(_written, document.columns)) for key, document in documents],
    )


def delete(cursor: Any, keys: Iterable[int]) -> None:
    cursor.executemany(
        "DELETE FROM announcements_search WHERE rowid = %s", [(key,) for key in keys]
    )


def delete_orphans(cursor: Any) -> None:
    cursor.execute(
        "DELETE FROM announcements_search "
        "WHERE rowid NOT IN (SELECT id FROM announcements_announcement)"
    )


def is_incomplete(cursor: Any) -> bool:
    cursor.execute(
        "SELECT 1 FROM announcements_announcement "
        "WHERE id NOT IN (SELECT rowid FROM announcements_search) LIMIT 1"
    )
    return cursor.fetchone() is not None


def tidy(cursor: Any) -> None:
    """Merge what many writes left in pieces."""
    cursor.execute("INSERT INTO announcements_search (announcements_search) VALUES ('optimize')")


def reading(cursor: Any) -> AbstractContextManager[None]:
    """Nothing to do, and no transaction: it would wait for whoever writes."""
    return nullcontext()


def select(query: Query, tier: int) -> tuple[str, tuple[str, ...]]:
    return SELECT, (_match(query, WITHIN[tier]),)


def _match(query: Query, columns: str) -> str:
    unwanted = " OR ".join(map(_term, query.unwanted))
    if not query.wanted:
        return unwanted
    wanted = f"{columns}({' AND '.join(map(_term, query.wanted))})"
    return f"{wanted} NOT ({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    parts = []
    if term.stems:
        parts.append('"' + " ".join(f"s{stem}" for stem in term.stems) + '"')
    if term.prefix:
        parts.append(f'"r{term.prefix}" *')
    return f"({' AND '.join(parts)})"


def _written(column: Column) -> str:
    stems = (f"s{stem}" if stem else SEPARATOR for stem in column.stems)
    return " ".join([*stems, *(f"r{raw}" for raw in sorted(column.raws))])
