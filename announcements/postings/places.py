"""The order of announcements as numbers: of two, the later one has the greater place.

A place is a position in the sets, so "newest first" is to read a set from its end, a range of days is a
range of places, and page 4,000 costs what page 1 costs.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

SPACING = 4
"""Between neighbors some numbers stay free, for announcements that come between them later."""

KEY_BITS = 40
"""A day and a key make one number that sorts by day, then by key."""

Dated = tuple[int, date | None]
"""An announcement's key and its first day; one without comes first."""


class NoRoom(Exception):
    """All numbers between two neighbors are taken: everything has to be numbered anew."""


@dataclass(frozen=True)
class Places:
    """Never changed in place, so that readers and writers may share it."""

    order: Sequence[int]
    """Day and key of each announcement, ascending."""
    places: Sequence[int]
    """The place of each, ascending too."""
    of: dict[int, int]
    """The place of each key."""

    @classmethod
    def numbered(cls, rows: Iterable[Dated]) -> "Places":
        order = array("Q", sorted(_code(key, day) for key, day in rows))
        places = array("I", range(SPACING, SPACING * (len(order) + 1), SPACING))
        return cls(
            order, places, {_key(code): place for code, place in zip(order, places, strict=True)}
        )

    def keys(self, places: Iterable[int]) -> list[int]:
        """The keys of announcements at these places, in the same order."""
        return [_key(self.order[bisect_left(self.places, place)]) for place in places]

    def from_day(self, day: date) -> int:
        """The first place that an announcement of this day or later can have."""
        index = bisect_left(self.order, day.toordinal() << KEY_BITS)
        return self.places[index] if index < len(self.places) else self.end

    def place_from(self, key: int, day: date | None) -> int:
        """The first place that is not before this key of this day, whether it stands here or not."""
        index = bisect_left(self.order, _code(key, day))
        return self.places[index] if index < len(self.places) else self.end

    @property
    def end(self) -> int:
        """Behind every place."""
        return self.places[-1] + 1 if self.places else 0

    def moved(self, gone: Iterable[int], rows: Iterable[Dated]) -> "Places":
        """The same without some keys and with others; raises NoRoom if there is none for one of them."""
        order, places = array("Q", self.order), array("I", self.places)
        of = dict(self.of)
        for key in gone:
            if key in of:
                index = bisect_left(places, of.pop(key))
                del order[index], places[index]
        for key, day in rows:
            code = _code(key, day)
            index = bisect_left(order, code)
            before = places[index - 1] if index else 0
            behind = places[index] if index < len(places) else before + 2 * SPACING
            place = (before + behind) // 2
            if place == before:
                raise NoRoom
            order.insert(index, code)
            places.insert(index, place)
            of[key] = place
        return Places(order, places, of)


def _code(key: int, day: date | None) -> int:
    return (day.toordinal() if day else 0) << KEY_BITS | key


def _key(code: int) -> int:
    return code & (1 << KEY_BITS) - 1
