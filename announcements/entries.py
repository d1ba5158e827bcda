"""An announcement as readers meet it: an entry of a list, or its whole page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from announcements import openness, statuses
from announcements.models import (
    Announcement,
    Citation,
    Concern,
    License,
    Promise,
    Release,
    ReleaseComponent,
    Source,
)
from announcements.vocabularies import terms

STATE_WORDS = {
    openness.OPEN: "open",
    openness.PARTIAL: "partly or with limits",
    openness.NONE: "not published",
    openness.UNKNOWN: "not checked",
}
UNTYPED = "Untyped"
METER_WORDS = {**STATE_WORDS, openness.PARTIAL: "partly"}


@dataclass(frozen=True)
class Square:
    """One component of a release."""

    slug: str
    name: str
    state: str
    row: ReleaseComponent | None
    license: License | None

    @property
    def label(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def is_obtainable(self) -> bool:
        return self.state in (openness.PARTIAL, openness.OPEN)

    @property
    def is_described(self) -> bool:
        """Whether there is anything to say of it but its state."""
        row = self.row
        found = row and (row.checked_on or row.url or row.note)
        return bool(found or (self.is_obtainable and self.license))


@dataclass(frozen=True)
class Meter:
    """How open a release is, one square per component."""

    squares: list[Square]

    @property
    def label(self) -> str:
        counts = Counter(square.state for square in self.squares)
        told = [f"{counts[state]} {words}" for state, words in METER_WORDS.items() if counts[state]]
        noun = "component" if len(self.squares) == 1 else "components"
        return f"Openness of {len(self.squares)} {noun}: {', '.join(told)}"


def meter(release: Release) -> Meter:
    """The squares of a release; load it with its components and their licenses."""
    rows = {row.component: row for row in release.components.all()}
    return Meter(
        [
            Square(
                slug=slug,
                name=terms("components")[slug]["name"],
                state=state,
                row=rows.get(slug),
                license=(rows[slug].license or release.license) if slug in rows else None,
            )
            for slug, state in release.states.items()
        ]
    )


@dataclass(frozen=True)
class StatusCount:
    """How many promises have a status."""

    status: str
    words: str
    count: int


def status_words(status: str, basis: str) -> str:
    """A promise's status by name. What only unnamed people say is reported to be announced."""
    if status == statuses.ANNOUNCED and basis == Announcement.Basis.UNNAMED_REPORT:
        return "Reported as announced"
    return terms("delivery_statuses")[status]["name"]


def status_counts(by_status: dict[str, int], basis: str) -> list[StatusCount]:
    """Counts of an announcement's promises in the vocabulary's order, without those that are zero."""
    return [
        StatusCount(status, status_words(status, basis), by_status[status])
        for status in statuses.ALL
        if by_status.get(status)
    ]


@dataclass
class Entry:
    """An entry of a list, from an announcement loaded with ``for_lists``."""

    announcement: Announcement
    today: date

    @cached_property
    def promises(self) -> list[Promise]:
        """Those with a story; only a draft has others."""
        return [promise for promise in self.announcement.promises.all() if promise.status]

    @cached_property
    def statuses(self) -> list[StatusCount]:
        counts = Counter(promise.status for promise in self.promises)
        return status_counts(counts, self.announcement.basis)

    @property
    def is_reported(self) -> bool:
        """Whether it rests on unnamed people only, and is never said to be announced."""
        return self.announcement.basis == Announcement.Basis.UNNAMED_REPORT

    @cached_property
    def days_overdue(self) -> int:
        return max((promise.days_overdue(self.today) for promise in self.promises), default=0)

    @cached_property
    def days_late(self) -> int:
        return max((promise.days_late() for promise in self.promises), default=0)

    @cached_property
    def release(self) -> Release | None:
        """The release that tells most: the most open one."""
        ranked = [
            (release.assessment.rank or 0, release) for release in self.announcement.releases.all()
        ]
        return max(ranked, key=lambda pair: pair[0])[1] if ranked else None

    @cached_property
    def more_releases(self) -> int:
        return max(len(self.announcement.releases.all()) - 1, 0)

    @cached_property
    def meter(self) -> Meter | None:
        return meter(self.release) if self.release else None

    @cached_property
    def licenses(self) -> list[License]:
        """The licenses found on its releases and on parts of them, each once."""
        releases = self.announcement.releases.all()
        found = [release.license for release in releases] + [
            part.license for release in releases for part in release.components.all()
        ]
        return list(dict.fromkeys(license for license in found if license))

    @cached_property
    def concern_types(self) -> list[str]:
        """The names of the types of its concerns, main ones first, each once."""
        main = [concern.type.name if concern.type else UNTYPED for concern in self.concerns]
        further = [kind.name for concern in self.concerns for kind in concern.further_types.all()]
        return list(dict.fromkeys(main + further))

    @cached_property
    def concerns(self) -> list[Concern]:
        return list(self.announcement.concerns.all())

    @cached_property
    def sources(self) -> int:
        return len(self.announcement.citations.all())


@dataclass(frozen=True)
class NumberedSource:
    """A source with its number on the page."""

    number: int
    source: Source
    citation: Citation | None
    """None for a source that only a single fact names."""

    @property
    def supports(self) -> str:
        """What it is mainly evidence of, in words."""
        return self.citation.get_supports_display() if self.citation else ""


def numbered_sources(announcement: Announcement) -> list[NumberedSource]:
    """The sources in the editors' order, then those that a fact names and the list lacks."""
    citations = list(announcement.citations.all())
    cited = {citation.source_id: citation for citation in citations}
    sources = [citation.source for citation in citations] + list(_named_by_facts(announcement))
    return [
        NumberedSource(number, source, cited.get(source.pk))
        for number, source in enumerate(dict.fromkeys(sources), 1)
    ]


def source_of_statement(sources: Iterable[NumberedSource]) -> NumberedSource | None:
    """The first source that shows what was announced, or else what could be obtained."""
    for supports in (Citation.Supports.ANNOUNCEMENT, Citation.Supports.DELIVERY):
        for row in sources:
            if row.citation and row.citation.supports == supports:
                return row
    return None


def _named_by_facts(announcement: Announcement) -> Iterator[Source]:
    for promise in announcement.promises.all():
        yield from (update.source for update in promise.updates.all() if update.source)
    for concern in announcement.concerns.all():
        yield from (page for page in (concern.source, concern.answer_source) if page)
    yield from (benefit.source for benefit in announcement.benefits.all() if benefit.source)


def entries(announcements: Iterable[Announcement], today: date) -> list[Entry]:
    return [Entry(announcement, today) for announcement in announcements]
