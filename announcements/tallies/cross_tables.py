"""Companies against concern types: how many announcements have what."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from announcements.models import Announcement, Company, Concern, ConcernType


@dataclass(frozen=True)
class Cell:
    """One number of a cross table: how many announcements its link leads to."""

    column: str
    count: int
    level: int
    """0 for none, then 1 to 6 by its share of the largest number."""


@dataclass(frozen=True)
class Row:
    slug: str
    name: str
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class ConcernTable:
    """Companies against concern types: announcements with at least one such concern."""

    types: list[ConcernType]
    rows: list[Row]
    totals: list[Cell]


def concern_table(companies: int | None = None) -> ConcernTable:
    """Published announcements by company and concern type; the companies with most first.

    Each number is what ``/announcements/?company=…&concern=…`` lists: an announcement counts once per
    type however many such concerns it has, and for each of the companies that announced it.
    """
    types = list(ConcernType.objects.all())
    cells, columns = _counts_by_company_and_type()
    totals = _with_a_typed_concern()
    raised = [company for company in Company.objects.only("slug", "name") if company.pk in totals]
    ranked = sorted(raised, key=lambda company: (-totals[company.pk], company.name.casefold()))
    most = max(cells.values(), default=0)
    return ConcernTable(
        types=types,
        rows=[
            Row(
                company.slug,
                company.name,
                [_cell(kind.slug, cells[company.pk, kind.pk], most) for kind in types],
                totals[company.pk],
            )
            for company in ranked[:companies]
        ],
        totals=[Cell(kind.slug, columns[kind.pk], 0) for kind in types],
    )


def _cell(column: str, count: int, most: int) -> Cell:
    return Cell(column, count, -(-6 * count // most) if count else 0)


def _counts_by_company_and_type() -> tuple[Counter[tuple[int, int]], Counter[int]]:
    """Announcements per company and type, and per type, whoever announced them."""
    concerns = Concern.objects.of_published().order_by()
    same = concerns.filter(
        announcement=OuterRef("concern__announcement"), type=OuterRef("concerntype")
    )
    further = Concern.further_types.through.objects.filter(
        ~Exists(same), concern__announcement__state=Announcement.State.PUBLISHED
    )
    cells: Counter[tuple[int, int]] = Counter()
    columns: Counter[int] = Counter()
    for rows, path, kind in (
        (concerns.exclude(type=None), "announcement", "type"),
        (further, "concern__announcement", "concerntype"),
    ):
        number = Count(path, distinct=True)
        columns.update(dict(rows.values_list(kind).annotate(number=number)))
        for part in _by_company(rows, f"{path}__"):
            for company, slug, count in part.values_list("by", kind).annotate(number=number):
                cells[company, slug] += count
    return cells, columns


def _with_a_typed_concern() -> Counter[int]:
    """By company, the published announcements with a concern of any type."""
    concerns = Concern.objects.filter(announcement=OuterRef("pk"))
    further = Concern.further_types.through.objects.filter(concern__announcement=OuterRef("pk"))
    rows = Announcement.objects.published().order_by()
    rows = rows.filter(Exists(concerns.exclude(type=None)) | Exists(further))
    totals: Counter[int] = Counter()
    for part in _by_company(rows, ""):
        totals.update(dict(part.values_list("by").annotate(number=Count("pk", distinct=True))))
    return totals


def _by_company(rows: QuerySet[Any], announcement: str) -> list[QuerySet[Any]]:
    """The rows with ``by``, a company of the announcement that the path leads to: the first, then others."""
    first = rows.annotate(by=F(f"{announcement}company"))
    others = rows.annotate(by=F(f"{announcement}partners__company"))
    return [
        first,
        others.filter(by__isnull=False).exclude(by=F(f"{announcement}company")),
    ]
