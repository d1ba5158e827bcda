"""Companies side by side: the same facts of each in one order, and never one grade."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django_countries import countries

from announcements.models import Announcement, Company, Concern, Release
from announcements.models.announcement import AnnouncementQuerySet
from announcements.tallies.ledgers import Ledger, LedgerRow
from announcements.tallies.licenses import LabelGaps, label_gaps
from announcements.tallies.standings import Standing, standing
from announcements.vocabularies import terms

MOST = 4
"""So many companies fit beside each other."""
TOP = 3
"""So many of a company's concern types and licenses are named."""


@dataclass(frozen=True)
class Figure:
    """One thing said of a company."""

    words: str
    url: str = ""
    """Where the words lead, if anywhere."""
    announcements: int = 0
    query: str = ""
    """The query string of the list that has so many announcements; "" where no filter asks for it."""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One fact and what is said of it for each company, in the companies' order."""

    label: str
    cells: list[list[Figure]]
    status: str = ""
    """Slug of a promise's status, whose mark stands before the label."""


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Comparison:
    companies: list[Company]
    sections: list[Section]


@dataclass(frozen=True)
class _Record:
    """What is known of one of the companies."""

    company: Company
    standing: Standing
    first: Announcement | None
    latest: Announcement | None
    levels: dict[str, int]
    gaps: LabelGaps
    worried: int
    """Announcements with a concern of whatever type."""

    @property
    def ledger(self) -> Ledger:
        return self.standing.ledger

    def listed(self, count: int, filters: str = "", words: str = "", note: str = "") -> Figure:
        """A number of announcements as a link to the company's list under more filters."""
        query = f"company={self.company.slug}{filters and '&' + filters}"
        return Figure(words, announcements=count, query=query if count else "", note=note)


def compare(companies: list[Company], today: date) -> Comparison:
    """A handful of companies side by side, in a number of queries that grows with them only."""
    records = [_record(company, today) for company in companies]
    return Comparison(
        companies,
        [
            Section("Announcements", _announced(records)),
            Section("What became of the promises", _promised(records)),
            Section("What could be obtained", _released(records)),
            Section("What people worried about", _worries(records)),
        ],
    )


def _record(company: Company, today: date) -> _Record:
    announced = Announcement.objects.published().by(Company.objects.filter(pk=company.pk))
    releases = Release.objects.filter(announcement__in=announced)
    called = releases.filter(called=Release.Called.OPEN_SOURCE).select_related("license")
    return _Record(
        company=company,
        standing=standing(announced, today),
        first=announced.oldest_first().first(),
        latest=announced.newest_first().first(),
        levels=_levels(announced),
        gaps=label_gaps(called.prefetch_related("components__license")),
        worried=announced.filter(
            Exists(Concern.objects.filter(announcement=OuterRef("pk")))
        ).count(),
    )


def _levels(announced: AnnouncementQuerySet) -> dict[str, int]:
    rows = Release.objects.filter(announcement__in=announced).order_by().values_list("level")
    return dict(rows.annotate(of=Count("announcement", distinct=True)))


def _line(
    records: list[_Record],
    label: str,
    cell: Callable[[_Record], Iterable[Figure]],
    status: str = "",
) -> Line:
    return Line(label, [list(cell(record)) for record in records], status)


def _announced(records: list[_Record]) -> list[Line]:
    return [
        _line(records, "Published announcements", lambda r: [r.listed(r.standing.announcements)]),
        _line(records, "First", lambda r: _dated(r.first)),
        _line(records, "Latest", lambda r: _dated(r.latest)),
        _line(records, "Country", lambda r: _words(countries.name(r.company.country))),
    ]


def _dated(announcement: Announcement | None) -> list[Figure]:
    if announcement is None or announcement.announced_on is None:
        return []
    url = announcement.get_absolute_url()
    return [Figure(announcement.title, url, note=announcement.announced_on.words)]


def _words(text: str) -> list[Figure]:
    return [Figure(text)] if text else []


def _promised(records: list[_Record]) -> list[Line]:
    return [
        _line(records, "Promises made", lambda r: [_made(r.ledger)]),
        *(
            _line(records, term["name"], lambda r, slug=slug: [_of_status(r, slug)], slug)  # type: ignore[misc]
            for slug, term in terms("delivery_statuses").items()
        ),
        _line(records, "Overdue", lambda r: [_overdue(r)], "overdue"),
        _line(records, "Delivered late", lambda r: _late(r.ledger), "late"),
        _line(records, "Median delay of those", lambda r: _delay(r.ledger)),
    ]


def _made(ledger: Ledger) -> Figure:
    few = "too few for shares to say much" if ledger.made and ledger.is_small else ""
    return Figure(str(ledger.made), note=few)


def _of_status(record: _Record, slug: str) -> Figure:
    row: LedgerRow = next(row for row in record.ledger.rows if row.status == slug)
    words = f"{row.promises} of {record.ledger.made}" if row.promises else "0"
    return record.listed(row.announcements, f"status={slug}", words)


def _overdue(record: _Record) -> Figure:
    ledger = record.ledger
    words = f"{ledger.overdue} of {ledger.awaited}" if ledger.awaited else "0"
    note = "still open that name a date" if ledger.awaited else "no open promise names a date"
    return record.listed(ledger.overdue_announcements, "overdue=yes", words, note)


def _late(ledger: Ledger) -> list[Figure]:
    if not ledger.dated:
        return [Figure("0", note="no delivered promise had named a date")]
    return [Figure(f"{ledger.late} of {ledger.dated}", note="delivered that had named a date")]


def _delay(ledger: Ledger) -> list[Figure]:
    if ledger.median_delay is None:
        return []
    days = f"{ledger.median_delay:.0f}"
    return [Figure(f"{days} {'day' if days == '1' else 'days'}")]


def _released(records: list[_Record]) -> list[Line]:
    seen = {slug for record in records for slug in record.levels}
    return [
        *(
            _line(records, label, lambda r, slug=slug: [_of_level(r, slug)])  # type: ignore[misc]
            for slug, label in reversed(Release.Level.choices)
            if slug in seen
        ),
        _line(records, "Called open source, found not to be", lambda r: _gap(r.gaps)),
        _line(records, "Licenses found most often", _licenses),
    ]


def _of_level(record: _Record, slug: str) -> Figure:
    return record.listed(record.levels.get(slug, 0), f"openness={slug}")


def _gap(gaps: LabelGaps) -> list[Figure]:
    if not gaps.called:
        return [Figure("0", note="none is called open source")]
    undecided = f"{gaps.undecided} not decided yet" if gaps.undecided else ""
    releases = "release" if gaps.called == 1 else "releases"
    return [Figure(f"{gaps.gaps} of {gaps.called} {releases}", note=undecided)]


def _licenses(record: _Record) -> list[Figure]:
    return [
        Figure(
            use.license.name,
            use.license.get_absolute_url(),
            use.found,
            f"company={record.company.slug}&license={use.license.slug}",
        )
        for use in record.standing.licenses[:TOP]
        if use.found
    ]


def _worries(records: list[_Record]) -> list[Line]:
    return [
        _line(records, "Announcements with a concern", lambda r: [_worried(r)]),
        _line(records, "Types met most often", _types),
    ]


def _worried(record: _Record) -> Figure:
    statuses = "&".join(f"concern_status={status}" for status in Concern.Status.values)
    return record.listed(record.worried, statuses)


def _types(record: _Record) -> list[Figure]:
    return [
        Figure(
            row.type.name,
            row.type.get_absolute_url(),
            row.announcements,
            f"company={record.company.slug}&concern={row.type.slug}",
        )
        for row in record.standing.concerns[:TOP]
    ]
