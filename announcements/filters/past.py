"""A query string that asks how things stood: the same filters, over the sets of a day that is past."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from urllib.parse import urlencode

from django.http import QueryDict

from announcements.filters.selection import AS_OF, Selection
from announcements.history import NoSuchDay, Past, parse_day
from announcements.models.version import Version, current_version
from announcements.postings import Postings

MOST_HELD = 4
"""How many days are remembered at once: whoever asks for many days in a row fills no memory."""

ORDERS_THEN = ("newest", "oldest")

held: OrderedDict[tuple[date, Version | None], Postings] = OrderedDict()
"""The sets of the days last asked for, by day and version of the data."""
_lock = Lock()


def select(params: QueryDict) -> Selection:
    """What a query string selects, now or on the day that ``as_of`` names; an error of it if that is none."""
    days = [day for day in params.getlist(AS_OF) if day]
    if not days:
        return Selection(_without_day(params))
    try:
        day = parse_day(days[0])
        if len(days) > 1:
            raise NoSuchDay("Takes one day, once.")
    except NoSuchDay as error:
        refused = Selection(_without_day(params))
        refused.errors[AS_OF] = [str(error)]
        return refused
    return PastSelection(params, day, Past(day))


def _without_day(params: QueryDict) -> QueryDict:
    if AS_OF not in params:
        return params
    others = params.copy()
    del others[AS_OF]
    return others


@dataclass
class PastSelection(Selection):
    """The announcements that a query string meant on a day, with that day as today."""

    @cached_property
    def postings(self) -> Postings:
        assert self.past is not None  # noqa: S101
        return _postings(self.past)

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        errors = dict(super().errors)
        if self.params.get("q"):
            errors["q"] = [
                "Words are found in what stands today only. Take out the words, or as_of."
            ]
        asked = self.params.get("order")
        if asked and asked not in ORDERS_THEN and "order" not in errors:
            errors["order"] = [
                f"A past day can be ordered by date only. Allowed: {', '.join(ORDERS_THEN)}."
            ]
        return errors

    @property
    def query(self) -> str:
        assert self.past is not None  # noqa: S101
        day = urlencode({AS_OF: self.past.day})
        return "&".join(filter(None, (super().query, day))) if self.is_valid else ""

    @property
    def orders(self) -> list[tuple[str, str]]:
        return [(slug, words) for slug, words in super().orders if slug in ORDERS_THEN]


def _postings(past: Past) -> Postings:
    """The sets of a day; one is read at a time, and few are kept."""
    with _lock:
        key = past.day, current_version()
        if key not in held:
            held[key] = Postings.read(None, past)
            while len(held) > MOST_HELD:
                held.popitem(last=False)
        held.move_to_end(key)
        return held[key]
