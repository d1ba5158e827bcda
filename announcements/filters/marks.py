"""Where a list was left, so that it goes on there whatever came or went before it.

Of the orders that the sets have: a number of rows to pass over is found by rank, so that the last page costs
what the first one does. The other orders are conditions of a query, which need no number.
"""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from pyroaring import BitMap

from announcements.filters.filterset import BY_MATCH
from announcements.filters.selection import Selection
from announcements.models import Announcement


def mark(selection: Selection, announcement: Announcement, place: int) -> list[Any]:
    """What an announcement is ordered by that stands at this place of the list, counted from 0."""
    ends = accumulate(len(tier) for tier in _tiers(selection))
    tier = next((number for number, end in enumerate(ends) if place < end), 0)
    return [tier, announcement.first_day, announcement.pk]


def passed(selection: Selection, mark: Sequence[Any]) -> int:
    """How many of the selection stand up to a mark, whether its own announcement is there or not."""
    number, day, key = mark
    tiers = _tiers(selection)
    before = sum(len(tier) for tier in tiers[:number])
    within = tiers[number] if number < len(tiers) else BitMap()
    return before + _passed_within(selection, within, day, key)


def _passed_within(selection: Selection, tier: BitMap, day: date | None, key: int) -> int:
    places = selection.postings.places
    if selection.order == "oldest":
        return _before(tier, places.place_from(key + 1, day))
    return len(tier) - _before(tier, places.place_from(key, day))


def _before(tier: BitMap, place: int) -> int:
    return tier.rank(place - 1) if place else 0


def _tiers(selection: Selection) -> list[BitMap]:
    return selection.sets.tiers if selection.order == BY_MATCH else [selection.sets.selected]
