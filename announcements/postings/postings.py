"""One state of the data as sets of announcements: by filter and value, by promised day, by publication."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Value as Literal
from django_countries import countries
from pyroaring import BitMap

from announcements import statuses
from announcements.models import BenefitType, Company, ConcernType, Initiative, License
from announcements.models.version import Version
from announcements.postings.places import Places
from announcements.postings.tables import AS_THEY_STAND, Tables
from announcements.postings.terms import PUBLISHED, Term, days, terms

NOTHING = BitMap()


class Value(NamedTuple):
    """One value of a filter whose values differ from database to database."""

    slug: str
    name: str
    key: Any
    """What its term has: the row's key, or the code of a country."""


@dataclass(frozen=True)
class Postings:
    """Never changed in place: a later state is another object that shares what stayed the same."""

    version: Version | None
    places: Places
    sets: Mapping[Term, BitMap]
    values: Mapping[str, list[Value]]
    """By filter, in the order of their names or of the vocabulary, those that readers may know."""
    former: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By filter, the slugs that values had before, with those that they have now."""
    _overdue: dict[date, dict[str, BitMap]] = field(default_factory=dict)

    @classmethod
    def read(cls, version: Version | None, tables: Tables = AS_THEY_STAND) -> "Postings":
        """All of it, from the tables."""
        places = Places.numbered(days(None, tables))
        found: dict[Term, list[int]] = defaultdict(list)
        for key, term in terms(None, tables):
            # An announcement that came after the days were read comes with the next version.
            if (place := places.of.get(key)) is not None:
                found[term].append(place)
        sets = {term: BitMap(numbers) for term, numbers in found.items()}
        values = _values(sets, tables)
        return cls(version, places, sets, values, _former(values))

    def after(self, changed: Iterable[int], version: Version) -> "Postings":
        """The state after some announcements changed; raises NoRoom if all has to be read anew."""
        keys = set(changed)
        places = self.places.moved(keys, days(keys, AS_THEY_STAND))
        sets = dict(self.sets)
        own: set[Term] = set()

        def writable(term: Term) -> BitMap:
            if term not in own:
                own.add(term)
                sets[term] = sets[term].copy() if term in sets else BitMap()
            return sets[term]

        for place in [self.places.of[key] for key in keys if key in self.places.of]:
            for term in [term for term, numbers in sets.items() if place in numbers]:
                writable(term).discard(place)
        for key, term in terms(keys, AS_THEY_STAND):
            # As in ``read``: what came after the days were read comes with the next version.
            if key in places.of:
                writable(term).add(places.of[key])
        values = _values(sets, AS_THEY_STAND)
        return type(self)(version, places, sets, values, _former(values))

    @property
    def published(self) -> BitMap:
        return self.sets.get(PUBLISHED, NOTHING)

    def having(self, *term: Any) -> BitMap:
        """The announcements that have a term, drafts too."""
        return self.sets.get(term, NOTHING)

    def overdue(self, status: str, today: date) -> BitMap:
        """Those with a promise of this status whose last promised day is past."""
        # At midnight another thread may ask for another day: what was found is not looked up again.
        if (past := self._overdue.get(today)) is None:
            past = self._past(today)
            self._overdue.clear()
            self._overdue[today] = past
        return past.get(status, NOTHING)

    def _past(self, today: date) -> dict[str, BitMap]:
        past: dict[str, list[BitMap]] = {status: [] for status in statuses.UNSETTLED}
        for term, numbers in self.sets.items():
            if term[0] == "due" and term[2] < today:
                past[term[1]].append(numbers)
        return {status: BitMap.union(NOTHING, *found) for status, found in past.items()}

    def between(self, first: date | None, last: date | None) -> BitMap:
        """Those announced from the first day on, until the last day; None leaves that end open."""
        start = self.places.from_day(first) if first else 0
        behind = date.fromordinal(last.toordinal() + 1) if last and last < date.max else None
        stop = self.places.from_day(behind) if behind else self.places.end
        return BitMap(range(start, max(start, stop)))

    def of_keys(self, keys: Iterable[int]) -> BitMap:
        """Announcements by their keys; those that are gone are left out."""
        of = self.places.of
        return BitMap([of[key] for key in keys if key in of])

    @cached_property
    def keys_of(self) -> dict[tuple[str, str], Any]:
        """The key in a term, by filter and slug."""
        return {
            (name, value.slug): value.key for name, rows in self.values.items() for value in rows
        }

    def options(self, name: str) -> list[tuple[str, str]]:
        """Slug and name of every value of a filter."""
        return [(value.slug, value.name) for value in self.values[name]]

    @cached_property
    def by_count(self) -> dict[str, list[Value]]:
        """By filter, the values that most published announcements have first."""
        return {
            name: sorted(
                rows, key=lambda row: -self.having(name, row.key).intersection_cardinality(shown)
            )
            for shown in [self.published]
            for name, rows in self.values.items()
        }


def _values(sets: Mapping[Term, BitMap], tables: Tables) -> dict[str, list[Value]]:
    values = {
        name: [Value(slug, words, key) for key, slug, words in tables.named(model)]
        for name, model in NAMED.items()
    }
    hidden = _known_from_drafts_alone(sets, tables)
    for name, keys in hidden.items():
        values[name] = [row for row in values[name] if row.key not in keys]
    countries_of = tables.rows(Company, "pk", "country")
    codes = {code for key, code in countries_of if code and key not in hidden["company"]}
    values["country"] = sorted(
        (Value(code.lower(), countries.name(code), code) for code in codes),
        key=lambda row: row.name,
    )
    return values


def _former(values: Mapping[str, list[Value]]) -> dict[str, dict[str, str]]:
    """The former slugs of the values that readers may know, in one query."""
    shown = {(name, row.slug) for name in NAMED for row in values[name]}
    former: dict[str, dict[str, str]] = defaultdict(dict)
    first, *others = (
        model._default_manager.exclude(former_addresses=None)
        .order_by()
        .values_list(Literal(name), "former_addresses__slug", "slug")
        for name, model in NAMED.items()
        if hasattr(model, "former_addresses")
    )
    for name, old, slug in first.union(*others, all=True):
        if (name, slug) in shown:
            former[name][old] = slug
    return dict(former)


def _known_from_drafts_alone(sets: Mapping[Term, BitMap], tables: Tables) -> dict[str, set[int]]:
    """The keys that ``public()`` of companies and of initiatives leaves out, read from the sets."""
    shown = sets.get(PUBLISHED, NOTHING)
    drafts: dict[str, set[int]] = {"company": set(), "initiative": set()}
    for (name, *value), numbers in sets.items():
        if name in drafts and numbers and not numbers.intersect(shown):
            drafts[name].update(value)
    owners = dict(tables.rows(Initiative, "pk", "company_id"))
    for key, company in owners.items():
        if sets.get(("initiative", key), NOTHING).intersect(shown):
            drafts["company"].discard(company)
    drafts["initiative"] |= {key for key, owner in owners.items() if owner in drafts["company"]}
    return drafts


NAMED: dict[str, Any] = {
    "company": Company,
    "concern": ConcernType,
    "initiative": Initiative,
    "license": License,
    "benefit": BenefitType,
}
