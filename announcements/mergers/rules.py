"""What hangs on the records that can be merged: a row for every relation that points to their models.

``tests/test_mergers.py`` fails when a model gets a relation to one of these that no row here speaks of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Company,
    Concern,
    FormerCompanyAddress,
    FormerInitiativeAddress,
    FormerInitiativeName,
    FormerName,
    FormerSourceAddress,
    Initiative,
    Partner,
    Source,
    Update,
)

Values = dict[str, Any]
Join = Callable[[Any, Any], Values]
"""What the row that stays takes from the one that goes, as values of its fields."""


@dataclass(frozen=True)
class Moves:
    """Rows that name the record in a column; they go over to the record that is kept."""

    model: Any
    column: str
    words: str
    """What they are called on the page that asks before merging."""
    alike: str = ""
    """Of rows that have the same here, one record can have only one: two of them become one row."""
    join: Join | None = None
    announcement: str = ""
    """The path to the announcement that the row belongs to, "" if to none."""


@dataclass(frozen=True)
class Links:
    """Rows that are linked many to many; the links go over, and a row linked to both has one link then."""

    model: Any
    accessor: str
    words: str


@dataclass(frozen=True)
class Absorbs:
    """Rows that can be merged themselves: two that have the same become one by their own rules."""

    model: Any
    column: str
    words: str
    alike: str


Rule = Moves | Links | Absorbs


def _first_place(kept: Any, other: Any) -> Values:
    return {"position": min(kept.position, other.position)}


def _best_evidence(kept: Any, other: Any) -> Values:
    """What it is evidence of: what stands first in the list of choices says most."""
    ranks = list(Citation.Supports.values)
    supports = min((kept.supports, other.supports), key=ranks.index)
    return {**_first_place(kept, other), "supports": supports}


def _longest_use(kept: Any, other: Any) -> Values:
    """The dates of a name that both bore: what one of them does not know, the other may."""
    return {
        "used_from": kept.used_from or other.used_from,
        "used_until": kept.used_until or other.used_until,
    }


RULES: dict[Any, tuple[Rule, ...]] = {
    Company: (
        Moves(Announcement, "company", "announcements", announcement="pk"),
        Moves(
            Partner,
            "company",
            "announcements made with others",
            alike="announcement_id",
            join=_first_place,
            announcement="announcement_id",
        ),
        Absorbs(Initiative, "company", "initiatives", alike="name"),
        Moves(FormerName, "company", "former names", alike="name", join=_longest_use),
        Moves(FormerCompanyAddress, "record", "former addresses"),
    ),
    Initiative: (
        Links(Announcement, "announcements", "announcements"),
        Moves(FormerInitiativeName, "initiative", "former names", alike="name"),
        Moves(FormerInitiativeAddress, "record", "former addresses"),
    ),
    Source: (
        Moves(
            Citation,
            "source",
            "citations",
            alike="announcement_id",
            join=_best_evidence,
            announcement="announcement_id",
        ),
        Moves(Update, "source", "steps of promises", announcement="promise__announcement_id"),
        Moves(Concern, "source", "concerns", announcement="announcement_id"),
        Moves(Concern, "answer_source", "answers to concerns", announcement="announcement_id"),
        Moves(Benefit, "source", "benefits", announcement="announcement_id"),
        Moves(Source, "derived_from", "retellings"),
        Moves(FormerSourceAddress, "record", "former addresses"),
    ),
}
