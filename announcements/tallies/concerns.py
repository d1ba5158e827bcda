"""Concerns counted: the types that a set of announcements met, by status, company and year."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from announcements.models import Announcement, Concern, ConcernType
from announcements.models.announcement import AnnouncementQuerySet
from announcements.models.concern import ConcernQuerySet
from announcements.tallies.companies import with_announced_counts
from announcements.tallies.cross_tables import Cell
from announcements.tallies.frequencies import announcements_per, most_frequent


@dataclass(frozen=True)
class StatusRow:
    """A concern type in a set of announcements: how many met it, and with which status of such a concern."""

    type: ConcernType
    announcements: int
    cells: list[Cell]


def concern_statuses(announcements: QuerySet[Announcement]) -> list[StatusRow]:
    """Concern types that these announcements met, the most frequent first, each by status in its order.

    Each number is what the list shows under ``concern`` and ``concern_status``: both speak of the same
    concern, and an announcement counts once however many such concerns it has.
    """
    concerns = Concern.objects.filter(announcement__in=announcements)
    types = most_frequent(ConcernType.objects.all(), concerns, "type", "further_types")
    counts = announcements_per(concerns, "type", "further_types", by=("status",))
    return [
        StatusRow(
            kind,
            kind.published,
            [Cell(status, counts.get((kind.pk, status), 0), 0) for status in Concern.Status.values],
        )
        for kind in types
    ]


@dataclass(frozen=True)
class Share:
    """A number beside its like, and the values of the filter that list what it counts."""

    value: str
    words: str
    count: int
    percent: float
    """Of the largest of them: how long its bar is."""


def by_company(announcements: AnnouncementQuerySet, shown: int) -> list[Share]:
    """How many of these each company announced, alone or with others; so many companies with most."""
    companies = with_announced_counts(announcements.announcers(), among=announcements)
    rows = companies.order_by("-published", "name").values_list("slug", "name", "published")
    return _shares(list(rows[:shown]))


def by_year(announcements: AnnouncementQuerySet) -> list[Share]:
    """How many of these were announced in each year, from the first to the last, empty years included."""
    counts = dict(
        announcements.order_by().values_list("first_day__year").annotate(of=Count("pk")).order_by()
    )
    years = range(min(counts), max(counts) + 1) if counts else ()
    return _shares([(f"{year:04}", f"{year:04}", counts.get(year, 0)) for year in years])


def by_status(concerns: ConcernQuerySet) -> list[Share]:
    """How many announcements have such a concern with each status, in the order of the statuses."""
    rows = concerns.order_by().values_list("status")
    counts = dict(rows.annotate(of=Count("announcement", distinct=True)))
    return _shares([(slug, label, counts.get(slug, 0)) for slug, label in Concern.Status.choices])


def _shares(rows: list[tuple[str, str, int]]) -> list[Share]:
    most = max((count for _, _, count in rows), default=0) or 1
    return [Share(*row, round(100 * row[2] / most, 2)) for row in rows]
