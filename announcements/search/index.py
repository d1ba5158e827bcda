"""The index: a document for each announcement, drafts too, in a table of the database's own kind.

Documents may outlive their announcements for a while, where a table was emptied behind the models'
back: whoever asks joins what was found with what there is.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import BigIntegerField, Expression, Q

from announcements.models import Announcement
from announcements.search import postgres, sqlite
from announcements.search.documents import Document
from announcements.search.gathering import documents
from announcements.search.questions import Query, parse

TIERS = IN_TITLE, IN_NAMES, ANYWHERE = range(3)
"""All that is wanted is in the title; in the title or in names; anywhere."""
CHUNK = 1000
"""How many documents are in memory at a time."""

Progress = Callable[[Iterable[int]], Iterable[int]]


class BackEnd(Protocol):
    """What the index asks of a database. Every call but ``select`` is handed a cursor."""

    def claim(self, cursor: Any) -> None:
        """Let nobody else write to the index before this transaction ends."""

    def write(self, cursor: Any, documents: Iterable[tuple[int, Document]]) -> None:
        """Keep documents under their keys, in place of older ones."""

    def delete(self, cursor: Any, keys: Iterable[int]) -> None: ...

    def delete_orphans(self, cursor: Any) -> None:
        """Drop documents whose announcement is gone."""

    def is_incomplete(self, cursor: Any) -> bool:
        """Whether an announcement has no document."""

    def tidy(self, cursor: Any) -> None:
        """Make the index fast again after many writes."""

    def reading(self, cursor: Any) -> AbstractContextManager[None]:
        """Around statements that ``select`` gave."""

    def select(self, query: Query, tier: int) -> tuple[str, tuple[str, ...]]:
        """The statement and parameters that give the keys of all that reaches a tier.

        Of a query that only shuts out: the keys of what it shuts out.
        """


def back_end(connection: Any) -> BackEnd:
    return postgres if connection.vendor == "postgresql" else sqlite


class Keys(Expression):
    """The keys of what a query wants, or of all it shuts out, as a subquery."""

    def __init__(self, query: Query) -> None:
        super().__init__(output_field=BigIntegerField())
        self.query = query

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str, ...]]:
        sql, params = back_end(connection).select(self.query, ANYWHERE)
        return f"({sql})", params


def matching(text: str) -> Q:
    """The condition that an announcement meets what was typed; without a word in it, none does."""
    query = parse(text)
    if query.is_empty:
        return Q(pk__in=[])
    return ~Q(pk__in=Keys(query)) if query.is_only_exclusion else Q(pk__in=Keys(query))


@dataclass(frozen=True)
class Found:
    """Keys of announcements whatever their state, each in the best tier it reaches, in order of keys.

    Within a tier nothing is better than another: the newest comes first. A question that only shuts out
    has nothing in its tiers: everything is found but ``excluded``.
    """

    tiers: list[list[int]] = field(default_factory=lambda: [[] for _ in TIERS])
    excluded: list[int] | None = None

    @property
    def is_only_exclusion(self) -> bool:
        return self.excluded is not None


def found(text: str) -> Found:
    """What was typed finds these."""
    query = parse(text)
    if query.is_empty:
        return Found()
    with _index() as (index, cursor), index.reading(cursor):
        if query.is_only_exclusion:
            return Found(excluded=_keys(cursor, *index.select(query, ANYWHERE)))
        tiers: list[list[int]] = []
        seen: set[int] = set()
        for tier in TIERS:
            tiers.append(
                [key for key in _keys(cursor, *index.select(query, tier)) if key not in seen]
            )
            seen.update(tiers[-1])
        return Found(tiers)


def _keys(cursor: Any, sql: str, params: tuple[str, ...]) -> list[int]:
    cursor.execute(sql, params)
    return sorted(key for (key,) in cursor.fetchall())


def refresh(keys: Iterable[int]) -> None:
    """Bring the documents of these announcements in line with their rows, deleted ones among them."""
    every = iter(keys)
    while some := list(islice(every, CHUNK)):
        _refresh(some)


def _refresh(keys: list[int]) -> None:
    with transaction.atomic(), _index() as (index, cursor):
        index.claim(cursor)
        current = documents(keys)
        if gone := [key for key in keys if key not in current]:
            index.delete(cursor, gone)
        if current:
            index.write(cursor, current.items())


def rebuild(progress: Progress = iter) -> int:
    """Write every document anew and drop those without an announcement; how many there are then.

    Readers find the old ones until the new ones stand. ``progress`` is handed the keys as they go.
    """
    number = 0
    keys = iter(progress(_all_keys()))
    while some := list(islice(keys, CHUNK)):
        _refresh(some)
        number += len(some)
    with transaction.atomic(), _index() as (index, cursor):
        index.claim(cursor)
        index.delete_orphans(cursor)
        index.tidy(cursor)
    return number


def is_incomplete() -> bool:
    """Whether there are announcements that cannot be found."""
    with _index() as (index, cursor):
        return index.is_incomplete(cursor)


@contextmanager
def _index() -> Iterator[tuple[BackEnd, Any]]:
    with connection.cursor() as cursor:
        yield back_end(connection), cursor


def _all_keys() -> Iterator[int]:
    """By pages of keys: nothing is held open while documents are written."""
    last = 0
    rows = Announcement.objects.order_by("pk").values_list("pk", flat=True)
    while page := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield from page
        last = page[-1]
