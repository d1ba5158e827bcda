"""Many new announcements at once: a query per kind of row and not per row."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from announcements.imports.descriptions import canonical
from announcements.imports.rows import change
from announcements.imports.values import source_values
from announcements.imports.writing import Writer
from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Concern,
    FormerAnnouncementAddress,
    Partner,
    Promise,
    Release,
    ReleaseComponent,
    Source,
    Update,
)
from announcements.records import Record

Pair = tuple[Any, Record]


class BulkWriter(Writer):
    """Writes what ``write`` does one by one; whatever is refused, refuses all of them."""

    def write_new(self, records: Iterable[Record]) -> None:
        """Write records of announcements that are not stored yet."""
        settled = [self._settled(record) for record in records]
        pairs = list(zip(self._events(settled), settled, strict=True))
        self._companies_and_initiatives(pairs)
        self._sources(pairs)
        self._facts(pairs)
        for announcement, record in pairs:
            if announcement.state != record.get("state"):
                self._move(announcement, record.get("state"), is_new=True)
            self._keep_links(record, exact=False)

    def _events(self, records: list[Record]) -> list[Announcement]:
        ids = [record["id"] for record in records]
        if FormerAnnouncementAddress.objects.filter(slug__in=ids).exists():
            raise ValidationError("One of these addresses leads to a record that had it before.")
        rows = []
        for record in records:
            row = Announcement(slug=record["id"], created_by=self.by)
            self._set_event(row, record)
            # The database itself keeps what these states ask of the row.
            if record.get("state") in (Announcement.State.STUB, Announcement.State.DRAFT):
                row.state = record["state"]
            rows.append(row)
        return _added(Announcement, rows)

    def _companies_and_initiatives(self, pairs: list[Pair]) -> None:
        _added(
            Partner,
            (
                Partner(announcement=announcement, company=self._company(name), position=place)
                for announcement, record in pairs
                for place, name in enumerate(record["companies"][1:])
            ),
        )
        for announcement, record in pairs:
            if record["initiatives"]:
                rows = [self._initiative(row) for row in record["initiatives"]]
                announcement.initiatives.set(rows)

    def _sources(self, pairs: list[Pair]) -> None:
        wanted = {canonical(row["url"]): row for _, record in pairs for row in record["sources"]}
        stored = {
            source.canonical_url: source
            for source in Source.objects.filter(canonical_url__in=wanted)
        }
        for address, source in stored.items():
            facts = source_values(wanted[address])
            self.traces.written(source, facts, is_new=False)
            change(source, facts)
        new = [
            Source(url=row["url"], **source_values(row))
            for address, row in wanted.items()
            if address not in stored
        ]
        for source in _added(Source, new):
            self.traces.written(source, {}, is_new=True)
            stored[source.canonical_url] = source
        self.values.sources = stored
        _added(
            Citation,
            (
                Citation(
                    announcement=announcement,
                    source=stored[canonical(row["url"])],
                    supports=row["supports"],
                    position=place,
                )
                for announcement, record in pairs
                for place, row in enumerate(record["sources"])
            ),
        )

    def _facts(self, pairs: list[Pair]) -> None:
        promises = self._parts(Promise, "promises", self.values.promise, pairs)
        _added(
            Update,
            (
                Update(promise=promise, **self.values.update(place, step))
                for promise, row in promises
                for place, step in enumerate(row["updates"])
            ),
        )
        releases = self._parts(Release, "releases", self.values.release, pairs)
        _added(
            ReleaseComponent,
            (
                ReleaseComponent(release=release, **self.values.component(slug, part))
                for release, row in releases
                for slug, part in row["components"].items()
            ),
        )
        for concern, row in self._parts(Concern, "concerns", self.values.concern, pairs):
            if further := row.get("further_types"):
                concern.further_types.set([self.values.concern_types[slug] for slug in further])
        self._parts(Benefit, "benefits", self.values.benefit, pairs)

    def _parts(self, model: Any, group: str, values: Any, pairs: list[Pair]) -> list[Pair]:
        rows = [
            (model(announcement=announcement, **values(place, row)), row)
            for announcement, record in pairs
            for place, row in enumerate(record.get(group, []))
        ]
        _added(model, (part for part, _ in rows))
        return rows


def _added(model: Any, rows: Iterable[Any]) -> list[Any]:
    new = list(rows)
    # A reference to a row that was just read or written needs no question to the database.
    references = [field.name for field in model._meta.fields if field.is_relation]
    for row in new:
        row.clean_fields(exclude=[*references, "canonical_url", "slug"])
    if new:
        model.objects.bulk_create(new)
    return new
