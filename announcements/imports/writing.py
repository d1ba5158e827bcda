"""Records into rows: what is new is added, what differs is changed, what is the same is left alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from announcements.imports.checking import Known, check
from announcements.imports.company_rows import write_company
from announcements.imports.descriptions import canonical
from announcements.imports.merged import set_apart
from announcements.imports.reading import Batch, Problem, name_of
from announcements.imports.rows import change, evidence_of, sync, tidy
from announcements.imports.traces import Traces
from announcements.imports.values import RowValues, source_values
from announcements.models import Announcement, Company, Initiative, Promise, Source
from announcements.models.publishing import checked_at_the_end
from announcements.records import Record, announcement_record


@dataclass
class Result:
    """What an import did, or with ``dry_run`` would have done."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> set[str]:
        return {problem.record for problem in self.problems}


class _Undo(Exception):
    """Rolls the transaction back on purpose."""


def import_batch(
    batch: Batch, *, dry_run: bool = False, as_drafts: bool = False, progress: Any = iter
) -> Result:
    """Write a batch in one transaction, or nothing of it if any record has a problem.

    ``progress`` wraps the list of announcements while they are written, as tqdm does.
    """
    batch, merged = set_apart(batch)
    known, problems = check(batch)
    result = Result(problems=problems, unchanged=[name_of(record) for record in merged])
    if problems:
        return result
    try:
        with checked_at_the_end():
            for record in batch.companies:
                _write(write_company, record, result)
            writer = Writer(known, publish=not as_drafts)
            for record in progress(batch.announcements):
                _write(writer.write, record, result)
            if not result.problems:
                writer.link()
            if dry_run or result.problems:
                raise _Undo
    except _Undo:
        pass
    return result


def _write(write: Callable[[Record], str], record: Record, result: Result) -> None:
    try:
        with transaction.atomic():
            done = write(record)
    except ValidationError as error:
        result.problems += [
            Problem(name_of(record), "", None, message) for message in error.messages
        ]
    except IntegrityError as error:
        result.problems.append(
            Problem(name_of(record), "", None, f"the database refuses it: {error}")
        )
    else:
        getattr(result, done).append(name_of(record))


class Writer:
    """Writes the announcements of one batch; keeps the rows they refer to at hand."""

    def __init__(self, known: Known, *, publish: bool, by: Any = None) -> None:
        self.known = known
        self.publish = publish
        self.by = by
        self.companies = {company.name: company for company in Company.objects.all()}
        self.values = RowValues()
        self.traces = Traces()
        self._links: list[Record] = []

    def write(self, record: Record, *, exact_links: bool = False) -> str:
        """Write one record and say what that was: "created", "updated" or "unchanged".

        Links to other announcements are kept for ``link``. They are added to those there are; with
        ``exact_links`` they replace them.
        """
        record = self._settled(record)
        stored = Announcement.objects.filter(slug=record["id"])
        announcement = stored.for_records().first()
        if announcement and self._same(announcement, record, exact_links):
            return "unchanged"
        done = "updated" if announcement else "created"
        announcement = announcement or Announcement(slug=record["id"], created_by=self.by)
        self._write_event(announcement, record)
        # What was read with it no longer stands.
        announcement = stored.get()
        self._write_sources(announcement, record)
        self._write_promises(announcement, record)
        self._write_releases(announcement, record)
        self._write_concerns(announcement, record)
        self._write_benefits(announcement, record)
        self._move(announcement, record.get("state"), is_new=done == "created")
        self._keep_links(record, exact_links)
        return done

    def _move(self, announcement: Announcement, state: str | None, *, is_new: bool) -> None:
        """Bring it to the state of its record; what a file publishes may lack its evidence, and owes it."""
        states = Announcement.State
        begun = states.PUBLISHED if self.publish else states.DRAFT
        wanted = state or (begun if is_new else announcement.state)
        if wanted == announcement.state == states.STUB:
            return  # A file may bring less than is asked of a stub; editors see what is missing.
        if wanted == announcement.state:
            announcement.require(wanted)
        elif wanted == states.PUBLISHED:
            announcement.publish(evidence_later=True)
        else:
            {
                states.STUB: announcement.stub,
                states.DRAFT: announcement.draft,
                states.READY: announcement.ready,
            }[states(wanted)]()

    def _keep_links(self, record: Record, exact: bool) -> None:
        promises = [
            {key: row[key] for key in ("superseded_by", "renews") if row.get(key)}
            for row in record.get("promises", [])
        ]
        if exact or record.get("related") or any(promises):
            related = record.get("related", [])
            self._links.append(
                {"id": record["id"], "related": related, "promises": promises, "exact": exact}
            )

    def link(self) -> None:
        """Set what points from one announcement to another, once all of them are there."""
        for links in self._links:
            announcement = Announcement.objects.get(slug=links["id"])
            related = Announcement.objects.filter(slug__in=links["related"])
            if links["exact"]:
                announcement.related.set(related)
            else:
                announcement.related.add(*related)
            for promise, row in zip(announcement.promises.all(), links["promises"], strict=False):
                promise.superseded_by = _linked_promise(row.get("superseded_by"))
                promise.renews = _linked_promise(row.get("renews"))
                promise.save()
        self._links = []

    def _settled(self, record: Record) -> Record:
        """The record with every reference in its one spelling and nothing left to work out."""
        record = self._with_license_slugs(record)
        uses = evidence_of(record)
        record["companies"] = [self._company(name).full_name for name in record["companies"]]
        record["initiatives"] = [
            {**row, "company": self._company(row["company"]).full_name}
            for row in record.get("initiatives", [])
        ]
        record["sources"] = [
            {"supports": uses.get(canonical(row["url"]), "announcement"), **row}
            for row in record["sources"]
        ]
        return record

    def _with_license_slugs(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: self.known.licenses[inner.casefold()]
                if key == "license" and inner
                else self._with_license_slugs(inner)
                for key, inner in value.items()
            }
        return (
            [self._with_license_slugs(inner) for inner in value]
            if isinstance(value, list)
            else value
        )

    def _company(self, name: str) -> Company:
        return self.companies[self.known.companies[name.casefold()]]

    def _same(self, announcement: Announcement, record: Record, exact_links: bool) -> bool:
        stored, wanted = tidy(announcement_record(announcement)), tidy(record)
        if wanted.pop("state", announcement.state) != announcement.state:
            return False
        asked, there = set(wanted.pop("related", [])), set(stored.pop("related", []))
        related = asked == there if exact_links else asked <= there
        for row in (stored, wanted):
            row.get("initiatives", []).sort(key=lambda initiative: initiative["name"])
        return related and stored == wanted

    def _set_event(self, announcement: Announcement, record: Record) -> None:
        announcement.company = next(map(self._company, record["companies"]), None)
        for key in ("title", "announced_on", "kind", "basis", "summary"):
            setattr(announcement, key, record[key])
        announcement.note = record.get("note", "")
        # A file may bring what nobody checked yet; see Announcement.publish.
        announcement.evidence_due = announcement.is_published

    def _write_event(self, announcement: Announcement, record: Record) -> None:
        self._set_event(announcement, record)
        partners = [self._company(name) for name in record["companies"][1:]]
        announcement.clean_fields()
        announcement.save()
        wanted = [{"company": partner, "position": place} for place, partner in enumerate(partners)]
        if [row.company for row in announcement.partners.all()] != partners:
            announcement.partners.all().delete()
            sync(announcement.partners, wanted)
        announcement.initiatives.set([self._initiative(row) for row in record["initiatives"]])

    def _initiative(self, row: Record) -> Initiative:
        facts = {
            "kind": row["kind"],
            "url": row.get("url", ""),
            "description": row.get("description", ""),
        }
        initiative, is_new = Initiative.objects.get_or_create(
            company=self._company(row["company"]), name=row["name"], defaults=facts
        )
        self.traces.written(initiative, facts, is_new=is_new)
        if not is_new:
            change(initiative, facts)
        return initiative

    def _write_sources(self, announcement: Announcement, record: Record) -> None:
        self.values.sources = {}
        rows: list[dict[str, Any]] = []
        for place, row in enumerate(record["sources"]):
            facts = source_values(row)
            source, is_new = Source.objects.get_or_add(row["url"], **facts)
            self.traces.written(source, facts, is_new=is_new)
            here = canonical(row["url"])
            self.values.sources[here] = source
            if not is_new and source.canonical_url == here:
                change(source, facts)
            if source in [known["source"] for known in rows]:
                continue  # The address of a page that was merged into one named before.
            rows.append({"source": source, "supports": row["supports"], "position": place})
        wanted = [row["source"].pk for row in rows]
        announcement.citations.exclude(source__in=wanted).delete()
        stored = {citation.source_id: citation for citation in announcement.citations.all()}
        for row in rows:
            if citation := stored.get(row["source"].pk):
                change(citation, row)
            else:
                announcement.citations.create(**row)

    def _write_promises(self, announcement: Announcement, record: Record) -> None:
        rows = record.get("promises", [])
        sync(
            announcement.promises,
            (self.values.promise(place, row) for place, row in enumerate(rows)),
        )
        for promise, row in zip(announcement.promises.all(), rows, strict=True):
            sync(
                promise.updates,
                (self.values.update(place, step) for place, step in enumerate(row["updates"])),
            )

    def _write_releases(self, announcement: Announcement, record: Record) -> None:
        rows = record.get("releases", [])
        sync(
            announcement.releases,
            (self.values.release(place, row) for place, row in enumerate(rows)),
        )
        for release, row in zip(announcement.releases.all(), rows, strict=True):
            if [component.component for component in release.components.all()] != [
                *row["components"]
            ]:
                release.components.all().delete()
            sync(
                release.components,
                (self.values.component(slug, part) for slug, part in row["components"].items()),
            )

    def _write_concerns(self, announcement: Announcement, record: Record) -> None:
        rows = record.get("concerns", [])
        sync(
            announcement.concerns,
            (self.values.concern(place, row) for place, row in enumerate(rows)),
        )
        for concern, row in zip(announcement.concerns.all(), rows, strict=True):
            concern.further_types.set(
                [self.values.concern_types[slug] for slug in row.get("further_types", [])]
            )

    def _write_benefits(self, announcement: Announcement, record: Record) -> None:
        rows = record.get("benefits", [])
        sync(
            announcement.benefits,
            (self.values.benefit(place, row) for place, row in enumerate(rows)),
        )


def _linked_promise(link: str | None) -> Promise | None:
    if not link:
        return None
    slug, number = link.split("#")
    return Promise.objects.filter(announcement__slug=slug)[int(number) - 1 :].first()
