"""The rows of the related tables, read a chunk of announcements at a time.

Rows of one announcement stand together, announcements in the order that is asked for. What stands by
itself (companies, initiatives, sources) follows, as far as the announcements refer to it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.apps import apps
from pyroaring import BitMap64

from announcements.models import Announcement, Company, Initiative, Promise, Release
from announcements.models.keys import among
from announcements.records.tables import NOUNS, PARTS, Field, Table

CHUNK = 500

Row = list[Any]
Keys = Sequence[int]


@dataclass
class Relational:
    """Reads what ``keys`` (of announcements) select. Read it within ``one_state``.

    ``is_whole`` adds the companies and initiatives that readers see although none of these speaks of them.
    """

    keys: Keys
    is_whole: bool = False
    referred: dict[str, Any] = field(default_factory=lambda: defaultdict(BitMap64))
    """By table, the keys of the rows that others refer to."""

    def rows(self) -> Iterator[tuple[Table, list[Row]]]:
        """Rows by table, in pieces; a table comes in many of them."""
        for start in range(0, len(self.keys), CHUNK):
            yield from self._parts(list(self.keys[start : start + CHUNK]))
        for table in reversed(NOUNS):
            yield from self._nouns(table)

    def _parts(self, keys: list[int]) -> Iterator[tuple[Table, list[Row]]]:
        published = Announcement.objects.published().filter(pk__in=among(keys))
        places = dict.fromkeys(keys)
        shown = set(published.order_by().values_list("pk", flat=True))
        place = {key: number for number, key in enumerate(key for key in places if key in shown)}
        ids = _Ids(_links(list(place)))
        for table in PARTS:
            rows = _model(table).filter(**{f"{table.owner}__in": among(list(place))})
            if table.name == "announcement_relations":
                rows = rows.filter(to_announcement__state=Announcement.State.PUBLISHED)
            read = self._read(table, rows.order_by(*table.order))
            in_order = sorted(read, key=lambda row: place[row[0]])
            gaps = _label_gaps(list(place)) if table.name == "releases" else frozenset()
            yield table, [ids.filled(table, row, gaps) for row in in_order]

    def _nouns(self, table: Table) -> Iterator[tuple[Table, list[Row]]]:
        ids = _Ids({})
        for rows in self._referred_to(table):
            read = self._read(table, rows.order_by(*table.order))
            yield table, [ids.filled(table, row, frozenset()) for row in read]

    def _referred_to(self, table: Table) -> Iterator[Any]:
        model = _model(table)
        if table.name == "company_former_names":
            # Companies come last, so what refers to them was read; of these names they are the owners.
            yield from (model.filter(company__in=rows) for rows in self._companies())
        elif table.name == "companies":
            yield from self._companies()
        elif table.name == "initiatives" and self.is_whole:
            yield Initiative.objects.public()
        elif table.name in ("initiatives", "sources"):
            yield from (model.filter(pk__in=among(some)) for some in self._some(table.name))
        else:
            yield model.all()

    def _companies(self) -> Iterator[Any]:
        if self.is_whole:
            yield Company.objects.public()
        else:
            for some in self._some("companies"):
                yield Company.objects.filter(pk__in=among(some))

    def _some(self, name: str) -> Iterator[list[int]]:
        keys = list(self.referred[name])
        for start in range(0, len(keys), CHUNK):
            yield keys[start : start + CHUNK]

    def _read(self, table: Table, rows: Any) -> list[Any]:
        """Owner, key and values of each row; what it refers to is noted."""
        noted = [
            one for one in table.fields if one.refers_to in ("companies", "initiatives", "sources")
        ]
        paths = [one.path for one in table.fields if not one.path.startswith("#")]
        references = [f"{one.path.rpartition('__')[0]}_id" for one in noted]
        read = list(rows.values_list(table.owner or "pk", "pk", *paths, *references))
        for place, one in enumerate(noted, 2 + len(paths)):
            self.referred[one.refers_to].update(row[place] for row in read if row[place])
        return read


@dataclass
class _Ids:
    """The ids of the parts of some announcements, given as their rows are read."""

    links: dict[int, str]
    """The ids of promises that others refer to, wherever they are."""
    of: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """By table, the id of each key."""
    counts: dict[Any, Any] = field(default_factory=lambda: defaultdict(lambda: count(1)))

    def filled(self, table: Table, read: Any, gaps: Iterable[int]) -> Row:
        """A row with its own id and number, and the ids of what it refers to."""
        _, key, *values = read
        given = iter(values)
        row = [
            None if one.path.startswith("#") else self._told(one, next(given))
            for one in table.fields
        ]
        self._number(table, key, row)
        for place, one in enumerate(table.fields):
            if one.path == "#label_gap":
                row[place] = key in gaps
        return row

    def _number(self, table: Table, key: int, row: Row) -> None:
        special = {one.path: place for place, one in enumerate(table.fields)}
        if "#id" in special:
            owner = row[special["#id"] + 1]
            row[special["#id"]] = f"{owner}#{next(self.counts[table.name, owner])}"
            self.of[table.name][key] = row[special["#id"]]
        elif "#number" in special:
            owner = row[special["#number"] - 1]
            row[special["#number"]] = next(self.counts[table.name, owner])

    def _told(self, one: Field, value: Any) -> Any:
        if value is None or value == "":
            return None
        if one.may_lead_out and one.refers_to == "promises":
            return self.links.get(value)
        if one.path in ("promise_id", "release_id", "concern_id"):
            return self.of[one.refers_to][value]
        if one.type == "array":
            return json.dumps(value, ensure_ascii=False)
        return value.isoformat() if isinstance(value, date) else value


def _model(table: Table) -> Any:
    name, _, links = table.model.partition(".")
    model = apps.get_model("announcements", name)
    return (getattr(model, links).through if links else model)._default_manager


def _links(keys: list[int]) -> dict[int, str]:
    """The ids of the promises of published announcements that promises of these refer to."""
    found = Promise.objects.filter(announcement_id__in=among(keys)).order_by()
    referred = {
        key
        for pair in found.values_list("superseded_by_id", "renews_id")
        for key in pair
        if key is not None
    }
    if not referred:
        return {}
    owners = Announcement.objects.published().filter(promises__in=referred)
    rows = Promise.objects.filter(announcement__in=owners.order_by().values("pk"))
    numbers: dict[str, Any] = defaultdict(lambda: count(1))
    ordered = rows.order_by("announcement", "position", "pk").values_list(
        "pk", "announcement__slug"
    )
    return {key: f"{slug}#{next(numbers[slug])}" for key, slug in ordered}


def _label_gaps(keys: list[int]) -> frozenset[int]:
    called = Release.objects.filter(
        announcement_id__in=among(keys), called=Release.Called.OPEN_SOURCE
    )
    rows = called.select_related("license").prefetch_related("components__license")
    return frozenset(row.pk for row in rows if row.label_gap)
