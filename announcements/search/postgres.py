"""The index on PostgreSQL: for each tier a tsvector of what counts there. PostgreSQL only compares words.

Vectors and queries are written out here, so no dictionary and no setting of the server has a say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from announcements.search.documents import Column, Document
from announcements.search.questions import Query, Term

SELECT = (
    "SELECT key FROM announcements_search WHERE title @@ %s::tsquery",
    "SELECT key FROM announcements_search WHERE named @@ %s::tsquery",
    "SELECT key FROM announcements_search WHERE document @@ %s::tsquery",
)
"""By tier. A vector each, not one with weights: for those, every row found would have to be read."""

BUT = " AND NOT document @@ %s::tsquery"
"""What is unwanted is so anywhere."""

LOCK = 0x736561726368
"""Key of an advisory lock; any number that nothing else on the database takes."""


def claim(cursor: Any) -> None:
    """Until the transaction ends nobody else writes here: who comes next reads what was written before."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))


def write(cursor: Any, documents: Iterable[tuple[int, Document]]) -> None:
    cursor.executemany(
        "INSERT INTO announcements_search (key, title, named, document) "
        "VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector) ON CONFLICT (key) DO UPDATE "
        "SET title = excluded.title, named = excluded.named, document = excluded.document",
        [(key, *_written(document)) for key, document in documents],
    )


def delete(cursor: Any, keys: Iterable[int]) -> None:
    cursor.execute("DELETE FROM announcements_search WHERE key = ANY(%s)", ([*keys],))


def delete_orphans(cursor: Any) -> None:
    cursor.execute(
        "DELETE FROM announcements_search AS found WHERE NOT EXISTS "
        "(SELECT FROM announcements_announcement WHERE id = found.key)"
    )


def is_incomplete(cursor: Any) -> bool:
    cursor.execute(
        "SELECT 1 FROM announcements_announcement AS row WHERE NOT EXISTS "
        "(SELECT FROM announcements_search WHERE key = row.id) LIMIT 1"
    )
    return cursor.fetchone() is not None


def tidy(cursor: Any) -> None:
    """Sort in what many writes left waiting, and have the planner know of it."""
    cursor.execute(
        "SELECT gin_clean_pending_list(indexrelid) FROM pg_index "
        "JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam "
        "WHERE indrelid = 'announcements_search'::regclass AND amname = 'gin'"
    )
    cursor.execute("ANALYZE announcements_search")


@contextmanager
def reading(cursor: Any) -> Iterator[None]:
    """Look words up in the index even where most rows hold them.

    The planner would read the whole table: it does not know that a vector has to be unpacked for it,
    which takes ten times as long.
    """
    with transaction.atomic():
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


def select(query: Query, tier: int) -> tuple[str, tuple[str, ...]]:
    wanted = " & ".join(map(_term, query.wanted))
    unwanted = " | ".join(map(_term, query.unwanted))
    if not wanted:
        return SELECT[tier], (unwanted,)
    return (SELECT[tier] + BUT, (wanted, unwanted)) if unwanted else (SELECT[tier], (wanted,))


def _term(term: Term) -> str:
    parts = []
    if term.stems:
        parts.append("(" + " <-> ".join(f"'s{stem}'" for stem in term.stems) + ")")
    if term.prefix:
        parts.append(f"'r{term.prefix}':*")
    return f"({' & '.join(parts)})"


def _written(document: Document) -> tuple[str, str, str]:
    title, names, body = document.columns
    return _vector(title), _vector(title, names), _vector(title, names, body)


def _vector(*columns: Column) -> str:
    """Every stem with its places, and every raw word."""
    places: dict[str, list[str]] = defaultdict(list)
    stems = [stem for column in columns for stem in column.stems]
    for place, stem in enumerate(stems, 1):
        if stem:
            places[stem].append(str(place))
    words = [f"'s{stem}':{','.join(where)}" for stem, where in places.items()]
    raws = {raw for column in columns for raw in column.raws}
    return " ".join(words + [f"'r{raw}'" for raw in raws])
