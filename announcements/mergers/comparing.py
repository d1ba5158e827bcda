"""Two records beside each other: their values, and what would move from one to the other."""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from announcements.mergers.fields import Pair, pairs
from announcements.mergers.merging import alike, rows_of
from announcements.mergers.rules import RULES, Links, Rule

SHOWN = 10


@dataclass(frozen=True)
class Moving:
    """The rows of one relation that a merge would move."""

    words: str
    total: int
    joined: int
    """How many of them become one with a row that the other record has."""
    shown: list[Any]
    """The first of them, or the announcements they belong to, each once."""
    is_cut: bool


@dataclass(frozen=True)
class Comparison:
    """What merging one record into another would do."""

    absorbed: Any
    kept: Any
    pairs: list[Pair]
    moving: list[Moving]


def compare(absorbed: Any, kept: Any) -> Comparison:
    """In a number of queries that does not grow with what hangs on the two."""
    moving = [_moving(rule, absorbed, kept) for rule in RULES[type(kept)]]
    return Comparison(
        absorbed, kept, pairs(kept, absorbed), [found for found in moving if found.total]
    )


def _moving(rule: Rule, absorbed: Any, kept: Any) -> Moving:
    if isinstance(rule, Links):
        rows = getattr(absorbed, rule.accessor).all()
        both = rows.filter(pk__in=getattr(kept, rule.accessor).order_by().values("pk")).count()
        path = ""
    else:
        rows = rows_of(rule, absorbed)
        both = len(alike(rule, absorbed, kept)) if rule.alike else 0
        path = getattr(rule, "announcement", "").removesuffix("pk").removesuffix("_id")
    total = rows.count()
    shown = rows.select_related(*[path] if path else [])[:SHOWN]
    return Moving(rule.words, total, both, _owners(shown, path), total > SHOWN)


def _owners(rows: Any, path: str) -> list[Any]:
    return list(dict.fromkeys(reduce(getattr, filter(None, path.split("__")), r) for r in rows))
