"""What files ask for: each row as the whole record it wants, beside the record that is stored.

A table's row changes the cells it has and leaves the rest of its record alone; a JSON record is whole.
Rows are prepared a chunk at a time, so memory does not grow with their number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.text import slugify

from announcements.imports.files import Fault, File, Row, Unreadable, is_table, rows
from announcements.imports.headers import Header, read_header
from announcements.imports.laying import laid_over_stored, with_stored_facts
from announcements.imports.license_names import LicenseNames
from announcements.imports.merged import went_into_others
from announcements.imports.reading import Problem, name_of
from announcements.models import Announcement, Company
from announcements.records import Record, company_record, completed, editors_record
from announcements.records.columns import column_of

CHUNK = 200

A_DRAFT_HAS = ("title", "companies", "announced_on", "kind")
"""The keys without which a record is that of a stub."""


@dataclass
class Wanted:
    """One row: the record it wants, the one that is stored, and what is wrong with the row itself."""

    place: str
    number: int
    record: Record
    stored: Any = None
    before: Record | None = None
    is_flat: bool = False
    numbers: dict[str, list[int]] = field(default_factory=dict)
    exact_links: bool = False
    """Whether the related announcements are these and no others."""
    problems: list[Problem] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    """Texts that stand for a license nobody can be sure of."""

    def found(self, problem: Problem) -> Problem:
        """The same problem with the place and the column where a person finds it."""
        column = column_of(problem.field, self.numbers) if self.is_flat and problem.field else ""
        return Problem(
            problem.record,
            problem.field,
            problem.value,
            problem.message,
            problem.allowed,
            self.place,
            self.number,
            column,
        )


class Intake:
    """The rows of some files, readable as often as needed."""

    def __init__(
        self,
        files: Iterable[File],
        *,
        publish_new: bool = False,
        answers: Mapping[str, str] | None = None,
        most: int | None = None,
    ) -> None:
        """``publish_new``: whether a new record in JSON that says nothing of its state is for readers.

        ``most`` is how many records there may be; more are Unreadable.
        """
        self.files = list(files)
        self.most = most
        self.publish_new = publish_new
        self.answers = answers or {}
        self.licenses = LicenseNames()

    def companies(self) -> Iterator[list[Wanted]]:
        """Those to be written; what went into another company since is left out."""
        for chunk in self._chunks("company", _wanted_companies):
            merged = went_into_others(str(wanted.record.get("name")) for wanted in chunk)
            yield [wanted for wanted in chunk if str(wanted.record.get("name")) not in merged]

    def announcements(self) -> Iterator[list[Wanted]]:
        return self._chunks("announcement", self._wanted_announcements)

    def faults(self) -> Iterator[Problem]:
        """What cannot be read, and what is no record. Raises Unreadable."""
        for file in self.files:
            for number, given in enumerate(_given(file), 1):
                if self.most is not None and number > self.most:
                    raise Unreadable(
                        f"{file.name} has more than {self.most} records. That many are imported from the "
                        f"command line: manage.py import_announcements {file.name}"
                    )
                yield from _faults_of(given)

    def known_by(self) -> Iterator[tuple[str, str, Wanted]]:
        """Noun, key and place of every row, cheaply: an announcement's id, a company's name."""
        for file in self.files:
            for given in _given(file):
                if isinstance(given, _Given) and given.noun:
                    place = Wanted(
                        given.row.place, given.row.number, {}, is_flat=bool(given.header)
                    )
                    yield given.noun, given.key, place

    def is_for_readers(self, wanted: Wanted) -> bool:
        """Whether readers see the announcement when all is done."""
        if state := wanted.record.get("state"):
            return bool(state == Announcement.State.PUBLISHED)
        return wanted.stored.is_published if wanted.stored else self.publish_new

    def _chunks(self, noun: str, prepare: Any) -> Iterator[list[Wanted]]:
        given = (
            one
            for file in self.files
            for one in _given(file)
            if isinstance(one, _Given) and one.noun == noun
        )
        while some := list(islice(given, CHUNK)):
            yield prepare(some)

    def _wanted_announcements(self, given: list["_Given"]) -> list[Wanted]:
        stored = {
            row.slug: row
            for row in Announcement.objects.filter(
                slug__in={one.key for one in given}
            ).for_records()
        }
        every = [self._wanted_announcement(one, stored.get(one.key)) for one in given]
        with_stored_facts((wanted.before, wanted.record) for wanted in every if wanted.is_flat)
        for wanted in every:
            if not wanted.problems and (
                wanted.is_flat or wanted.record.get("state") or not self.is_for_readers(wanted)
            ):
                wanted.record = completed(wanted.record)
            wanted.record, wanted.questions = self.licenses.settled(wanted.record, self.answers)
        return every

    def _wanted_announcement(self, given: "_Given", stored: Announcement | None) -> Wanted:
        before = editors_record(stored) if stored else None
        wanted = Wanted(given.row.place, given.row.number, given.row.value, stored, before)
        if given.header:
            wanted.is_flat = True
            wanted.exact_links = "related" in given.header.names
            start = before or ({"id": given.key} if given.key else {})
            cells = given.cells
            if not given.id:
                cells = [(column, text) for column, text in cells if column.name != "id"]
            _lay(wanted, start, cells, given.header)
            if not wanted.record.get("state"):
                wanted.record["state"] = stored.state if stored else _begun(wanted.record)
        return wanted


def _wanted_companies(given: list["_Given"]) -> list[Wanted]:
    rows = Company.objects.filter(name__in={one.key for one in given})
    stored = {company.name: company for company in rows.prefetch_related("former_names")}
    every = []
    for one in given:
        row = stored.get(one.key)
        before = company_record(row) if row else None
        wanted = Wanted(one.row.place, one.row.number, one.row.value, row, before)
        if one.header:
            wanted.is_flat = True
            _lay(wanted, before or {}, one.cells, one.header)
        every.append(wanted)
    return every


def _lay(wanted: Wanted, start: Record, cells: Any, header: Header) -> None:
    wanted.record, wanted.numbers, unreadable = laid_over_stored(start, cells)
    for name in unreadable:
        message = (
            "a quote is not closed. Put a semicolon between several; quote only what has one in it."
        )
        value = next(text for column, text in cells if column.name == name)
        wanted.problems.append(wanted.found(Problem(name_of(wanted.record), name, value, message)))


@dataclass(frozen=True)
class _Given:
    """A row with the header of its table, if it is of one."""

    row: Row
    header: Header | None

    @property
    def cells(self) -> Any:
        return self.header.given(self.row.value) if self.header else []

    @property
    def id(self) -> str:
        return next((text for column, text in self.cells if column.name == "id"), "")

    @property
    def noun(self) -> str:
        """ "announcement", "company", or "" for what is no record."""
        if self.header:
            return self.header.noun
        value = self.row.value
        if not isinstance(value, dict):
            return ""
        return (
            "announcement"
            if {"id", "announced_on"} & value.keys()
            else "company"
            if "name" in value
            else ""
        )

    @property
    def key(self) -> str:
        """What the record is known by; an announcement without id gets one made of its title."""
        name = "name" if self.noun == "company" else "id"
        if not self.header:
            return str(self.row.value.get(name) or "")
        texts = {column.name: text for column, text in self.cells}
        made = slugify(texts.get("title", ""))[:100].strip("-") if name == "id" else ""
        return texts.get(name) or made


def _given(file: File) -> Iterator[_Given | Fault]:
    header, table = None, is_table(file)
    for row in rows(file):
        if isinstance(row, Fault):
            yield row
        elif not table:
            yield _Given(row, None)
        elif not any(text.strip() for text in row.value):
            continue
        elif header is None:
            header = read_header(row.place, row.value)
        else:
            yield _Given(row, header)


def _faults_of(given: _Given | Fault) -> Iterator[Problem]:
    if isinstance(given, Fault):
        column = f"number {given.column + 1}" if given.column is not None else ""
        yield Problem(
            given.place, "", given.value, given.message, "", given.place, given.number, column
        )
    elif not given.noun:
        message = "not a record. An announcement has an “id”, a company has a “name”."
        yield Problem(
            given.row.place, "", given.row.value, message, "", given.row.place, given.row.number
        )
    elif given.header:
        for place, text in given.header.stray(given.row.value):
            message = "stands under no name. Name the column in the first row, or empty the cell."
            row = given.row
            yield Problem(
                row.place, "", text, message, "", row.place, row.number, f"number {place}"
            )


def _begun(record: Record) -> str:
    """The state of a new announcement for editors: a draft, or a stub if it lacks what a draft has."""
    states = Announcement.State
    return states.DRAFT.value if all(map(record.get, A_DRAFT_HAS)) else states.STUB.value
