"""What an announcement must meet, as sets of the remembered postings: the same as ``conditions``.

From them come the total, the page, and what each value of each filter would give.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from announcements import statuses
from announcements.postings import Postings
from announcements.search import Found, found

ALONE = ("company", "country", "initiative", "kind", "license", "openness", "benefit")
"""Filters that say nothing about what another filter is to be found in."""


@dataclass(frozen=True)
class Sets:
    """The sets that cleaned values of filters mean, in one state of the data."""

    postings: Postings
    chosen: Mapping[str, Any]
    today: date

    @cached_property
    def selected(self) -> BitMap:
        """The published announcements that meet every filter."""
        return self.without("")

    def without(self, name: str) -> BitMap:
        """The published announcements that meet every filter but one."""
        selected = self.postings.published
        for condition in self._conditions(name):
            selected = selected & condition
        return selected

    def counts(self, name: str, values: Iterable[str]) -> dict[str, int]:
        """How many announcements each value of a filter would give under the other active ones."""
        among = self.without(name) if self.chosen.get(name) else self.selected
        return {value: among.intersection_cardinality(self.of(name, value)) for value in values}

    def of(self, name: str, value: str) -> BitMap:
        """What a value selects, drafts too; where two filters speak of the same row, with the other's choice."""
        having = self.postings.having
        key = self.postings.keys_of.get((name, value), value)
        if name == "concern" and (states := self.chosen.get("concern_status")):
            return _any(having("concern", key, state) for state in states)
        if name == "concern_status" and (types := self.chosen.get("concern")):
            keys = [self.postings.keys_of["concern", slug] for slug in types]
            return _any(having("concern", key, value) for key in keys)
        if name == "status" and self.chosen.get("overdue") == ["yes"]:
            return self._overdue([value])
        if name == "overdue":
            if value == "no":
                return self.postings.published - self._overdue(statuses.UNSETTLED)
            return self._overdue(self.chosen.get("status") or statuses.UNSETTLED)
        return having(name, key)

    def _conditions(self, left_out: str) -> Iterator[BitMap]:
        chosen = {key: value for key, value in self.chosen.items() if value and key != left_out}
        others = Sets(self.postings, chosen, self.today)
        if "q" in chosen:
            yield self._matching
        if "after" in chosen or "before" in chosen:
            after, before = chosen.get("after"), chosen.get("before")
            yield self.postings.between(
                after.earliest if after else None, before.latest if before else None
            )
        for name in ALONE:
            if name in chosen:
                yield _any(self.of(name, value) for value in chosen[name])
        if "concern" in chosen:
            yield _any(others.of("concern", slug) for slug in chosen["concern"])
        elif "concern_status" in chosen:
            yield _any(others.of("concern_status", state) for state in chosen["concern_status"])
        if "overdue" in chosen:
            yield others.of("overdue", chosen["overdue"][0])
        if "status" in chosen and chosen.get("overdue") != ["yes"]:
            yield _any(others.of("status", state) for state in chosen["status"])

    @cached_property
    def tiers(self) -> list[BitMap]:
        """What is selected, in parts of which each matches the words better than the next."""
        if self._found is None or self._found.is_only_exclusion:
            return [self.selected]
        return [self.postings.of_keys(keys) & self.selected for keys in self._found.tiers]

    @cached_property
    def _found(self) -> Found | None:
        return found(self.chosen["q"]) if self.chosen.get("q") else None

    @cached_property
    def _matching(self) -> BitMap:
        if self._found is None:
            return self.postings.published
        if self._found.excluded is not None:
            return self.postings.published - self.postings.of_keys(self._found.excluded)
        return _any(self.postings.of_keys(keys) for keys in self._found.tiers)

    def _overdue(self, states: Iterable[str]) -> BitMap:
        return _any(self.postings.overdue(state, self.today) for state in states)


def _any(sets: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *sets)
