"""Counts with their denominators: what a company, an initiative or the whole tracker adds up to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from announcements import statuses
from announcements.models import (
    Announcement,
    Company,
    Concern,
    ConcernType,
    Initiative,
    License,
    Partner,
    Promise,
    Release,
)
from announcements.models.promise import PromiseQuerySet
from announcements.openness import LABEL_RANK
from announcements.partial_dates import PartialDate
from announcements.vocabularies import terms

FEW = 10
"""Below so many a share or a median says little, and the page says so."""


@dataclass
class Ledger:
    """What became of a set of promises, never as one grade."""

    by_status: dict[str, int] = field(default_factory=dict)
    announcements: dict[str, int] = field(default_factory=dict)
    """By status, the announcements with at least one such promise."""
    overdue: int = 0
    overdue_announcements: int = 0
    dated: int = 0
    """Delivered promises that had named a date: the denominator of ``late``."""
    delays: list[int] = field(default_factory=list)
    """Days after the latest date first promised, of those delivered late."""

    @property
    def made(self) -> int:
        return sum(self.by_status.values())

    @property
    def late(self) -> int:
        return len(self.delays)

    @property
    def median_delay(self) -> float | None:
        """Median of the days late among those that came late; None if none did."""
        return median(self.delays) if self.delays else None

    @property
    def delivered(self) -> int:
        return self.count(statuses.DELIVERED)

    @property
    def is_small(self) -> bool:
        return self.made < FEW

    @property
    def has_few_late(self) -> bool:
        """Whether the median is one of few."""
        return 0 < self.late < FEW

    def count(self, status: str) -> int:
        return self.by_status.get(status, 0)


def ledger(promises: PromiseQuerySet, today: date) -> Ledger:
    """The ledger of a set of promises, in three queries however many they are."""
    promises = promises.order_by()
    dated = promises.filter(delivered_on__isnull=False, due_to__isnull=False)
    delays = [
        statuses.days_late(due, PartialDate.parse(str(came)))
        for due, came in dated.values_list("due_to", "delivered_on")
    ]
    counts = {"made": Count("pk"), "of": Count("announcement", distinct=True)}
    by_status = list(promises.values_list("status").annotate(**counts))
    overdue = promises.overdue(today).aggregate(**counts)
    return Ledger(
        by_status={status: made for status, made, _ in by_status},
        announcements={status: announcements for status, _, announcements in by_status},
        overdue=overdue["made"],
        overdue_announcements=overdue["of"],
        dated=len(delays),
        delays=[days for days in delays if days],
    )


def with_published_counts(initiatives: QuerySet[Initiative]) -> QuerySet[Any]:
    """Initiatives with ``published``: how many published announcements each has."""
    state = Q(announcements__state=Announcement.State.PUBLISHED)
    return initiatives.annotate(published=Count("announcements", filter=state, distinct=True))


def with_announced_counts(companies: QuerySet[Company]) -> QuerySet[Any]:
    """Companies with ``published``: what each announced that is published, alone or with others."""
    own = Announcement.objects.published().order_by().filter(company=OuterRef("pk"))
    shared = (
        Partner.objects.order_by()
        .filter(company=OuterRef("pk"), announcement__state=Announcement.State.PUBLISHED)
        .exclude(announcement__company=OuterRef("pk"))
    )
    counts = [
        Coalesce(Subquery(rows.values("company").annotate(of=Count("pk")).values("of")), 0)
        for rows in (own, shared)
    ]
    return companies.annotate(published=counts[0] + counts[1])


def licenses_used(announcements: QuerySet[Announcement]) -> list[License]:
    """Licenses with ``published``: how many of these announcements have anything under each."""
    releases = Release.objects.filter(announcement__in=announcements)
    return _most_frequent(License.objects.all(), releases, "license", "components__license")


def concern_types_raised(announcements: QuerySet[Announcement]) -> list[ConcernType]:
    """Concern types with ``published``: how many of these announcements met each."""
    concerns = Concern.objects.filter(announcement__in=announcements)
    return _most_frequent(ConcernType.objects.all(), concerns, "type", "further_types")


def _most_frequent(rows: QuerySet[Any], parts: QuerySet[Any], *paths: str) -> list[Any]:
    counts = _announcements_per(parts, *paths)
    found = [row for row in rows if row.pk in counts]
    for row in found:
        row.published = counts[row.pk]
    return sorted(found, key=lambda row: (-row.published, row.name.casefold()))


def _announcements_per(parts: QuerySet[Any], *paths: str) -> dict[int, int]:
    """How many announcements have parts that refer to each key, by any of these paths."""
    found: dict[int, set[int]] = {}
    for path in paths:
        # Not exclude(): it would leave out every release with one part that has no license.
        rows = parts.order_by().filter(**{f"{path}__isnull": False})
        for key, announcement in rows.values_list(path, "announcement"):
            found.setdefault(key, set()).add(announcement)
    return {key: len(announcements) for key, announcements in found.items()}


@dataclass(frozen=True)
class CompanyRow:
    """A company with its announcements, alone or with others, and what their promises came to."""

    company: Company
    announcements: int
    ledger: Ledger


def company_rows(today: date) -> list[CompanyRow]:
    """All companies by name, in a number of queries that does not grow with them."""
    announced: dict[int, set[int]] = {}
    for path in ("company", "partners__company"):
        rows = Announcement.objects.published().order_by().exclude(**{path: None})
        for company, announcement in rows.values_list(path, "pk"):
            announced.setdefault(company, set()).add(announcement)
    promises: dict[int, list[tuple[str, bool]]] = {}
    overdue = set(Promise.objects.overdue(today).values_list("pk", flat=True))
    for key, announcement, status in Promise.objects.of_published().values_list(
        "pk", "announcement", "status"
    ):
        promises.setdefault(announcement, []).append((status, key in overdue))
    return [
        CompanyRow(
            company,
            len(keys),
            _plain_ledger([row for key in keys for row in promises.get(key, [])]),
        )
        for company in Company.objects.public()
        for keys in [announced.get(company.pk, set())]
    ]


def _plain_ledger(promises: list[tuple[str, bool]]) -> Ledger:
    counts = Counter(status for status, _ in promises)
    return Ledger(by_status=dict(counts), overdue=sum(late for _, late in promises))


def licenses_by_class() -> list[tuple[str, str, list[License]]]:
    """Name and definition of each class, and its licenses with ``published``: announcements under them."""
    licenses: dict[str, list[License]] = {}
    counts = _announcements_per(Release.objects.of_published(), "license", "components__license")
    for license in License.objects.all():
        license.published = counts.get(license.pk, 0)
        licenses.setdefault(license.license_class, []).append(license)
    return [
        (term["name"], term["definition"], licenses.get(slug, []))
        for slug, term in terms("license_classes").items()
    ]


@dataclass(frozen=True)
class LabelGaps:
    """Releases that their company calls open source, and what was found."""

    called: int
    gaps: int
    """Not open source, whatever is still unchecked."""
    kept: int
    """Open source, as the word says."""

    @property
    def undecided(self) -> int:
        """Parts that decide it are not checked yet."""
        return self.called - self.gaps - self.kept

    @property
    def is_small(self) -> bool:
        return 0 < self.called < FEW


def label_gaps(releases: Iterable[Release]) -> LabelGaps:
    called = [release for release in releases if release.called == Release.Called.OPEN_SOURCE]
    return LabelGaps(
        called=len(called),
        gaps=sum(release.label_gap for release in called),
        kept=sum((release.assessment.rank or 0) >= LABEL_RANK for release in called),
    )
