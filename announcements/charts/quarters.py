"""Announcements per quarter, stacked by the status of their promises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Self

from django.db.models import CharField, Count, Exists, OuterRef
from django.db.models.functions import Cast, Left

from announcements import statuses
from announcements.charts.promises import Label, labels
from announcements.models import Promise
from announcements.models.announcement import AnnouncementQuerySet
from announcements.partial_dates import PartialDate
from announcements.vocabularies import terms

MOST_COLUMNS, LEAST_COLUMNS = 16, 8
PLOT = 160
"""Pixels from the axis to the top line."""
LEAST_HEIGHT = 9
"""Pixels below which a block could not be hit, with the gap above it."""
GAP = 1.5
"""Pixels between the blocks of a bar."""
MOST_STEPS = 4
"""Lines above the axis."""
BAR = 0.76
"""Share of a column that its bar takes."""

NO_PROMISE = "no-promise"
STACK = (
    statuses.DELIVERED,
    statuses.PARTLY_DELIVERED,
    statuses.ANNOUNCED,
    statuses.DELAYED,
    statuses.LAPSED,
    statuses.WITHDRAWN,
    statuses.SUPERSEDED,
    statuses.UNVERIFIABLE,
    NO_PROMISE,
)
"""What a bar is made of, from the axis up."""


class Quarter(NamedTuple):
    year: int
    number: int
    """1 to 4."""

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        return cls(year, (month + 2) // 3)

    @property
    def first(self) -> PartialDate:
        """Its first month."""
        return PartialDate(self.year, 3 * self.number - 2)

    @property
    def last(self) -> PartialDate:
        """Its last month."""
        return PartialDate(self.year, 3 * self.number)

    @property
    def words(self) -> str:
        """For people: "April to June 2024"."""
        return f"{self.first.words.removesuffix(f' {self.year}')} to {self.last.words}"

    @property
    def short(self) -> str:
        """For narrow columns: "Apr–Jun 2024"."""
        return f"{self.first.short.removesuffix(f' {self.year}')}–{self.last.short}"

    def before(self, quarters: int) -> "Quarter":
        """The quarter so many earlier."""
        year, number = divmod(4 * self.year + self.number - 1 - quarters, 4)
        return Quarter(year, number + 1)


@dataclass
class QuarterCounts:
    """Announcements of a quarter."""

    announcements: int = 0
    parts: dict[str, int] = field(default_factory=dict)
    """By status, those with at least one such promise; and those without a promise."""

    @property
    def stacked(self) -> int:
        """The height of the bar: one with promises of two statuses stands in both."""
        return sum(self.parts.values())


def count_by_quarter(announcements: AnnouncementQuerySet) -> dict[Quarter, QuarterCounts]:
    """The quarters in which any were announced, in two queries however many there are."""
    these = announcements.order_by()
    promises = Promise.objects.order_by().filter(announcement__in=these.values("pk"))
    without = ~Exists(Promise.objects.filter(announcement=OuterRef("pk")))
    found: dict[Quarter, QuarterCounts] = {}

    def counts(month: str) -> QuarterCounts:
        quarter = Quarter.of(int(month[:4]), int(month[5:]))
        return found.setdefault(quarter, QuarterCounts())

    by_month = these.values_list(_month("first_day")).annotate(
        of=Count("pk"), bare=Count("pk", filter=without)
    )
    for month, number, bare in by_month:
        row = counts(month)
        row.announcements += number
        row.parts[NO_PROMISE] = row.parts.get(NO_PROMISE, 0) + bare
    by_status = promises.values_list(_month("announcement__first_day"), "status")
    for month, status, number in by_status.annotate(of=Count("announcement", distinct=True)):
        parts = counts(month).parts
        parts[status] = parts.get(status, 0) + number
    return found


def _month(first_day: str) -> Any:
    """The month of a day, "2024-05", told by the database without a function of Python's."""
    return Left(Cast(first_day, CharField()), 7)


@dataclass(frozen=True)
class Part:
    """A status, or being without a promise, and how many announcements of a quarter have it."""

    status: str
    words: str
    count: int = 0
    y: float = 0
    """Pixels from the top line."""
    height: float = 0

    @property
    def is_listed(self) -> bool:
        """Whether a list has just these: there is no filter for having no promise."""
        return bool(self.count) and self.status != NO_PROMISE


@dataclass(frozen=True)
class Column:
    """A quarter: of a table, or drawn as a bar; ``x`` and ``width`` are percent of the width."""

    quarter: Quarter
    announcements: int
    parts: list[Part]
    x: float = 0
    width: float = 0


@dataclass(frozen=True)
class Line:
    """A line across, with its number; ``y`` is pixels from the top line."""

    number: int
    y: float


@dataclass(frozen=True)
class QuarterChart:
    columns: list[Column]
    """Drawn, oldest first."""
    rows: list[Column]
    """The same numbers and those of earlier quarters, newest first."""
    kinds: list[Part]
    """What occurs, in the order of the stack, counted over all quarters."""
    lines: list[Line]
    years: list[Label]
    words: str
    """The whole drawing as a sentence."""
    height: int = PLOT


def quarter_chart(counts: Mapping[Quarter, QuarterCounts], today: date) -> QuarterChart | None:
    """The quarters up to today's, at most 16; None if nothing was announced in those."""
    drawn = _drawn(counts, Quarter.of(today.year, today.month))
    most = max((counts[quarter].stacked for quarter in drawn if quarter in counts), default=0)
    if not most:
        return None
    kinds = [
        Part(slug, _words(slug), total)
        for slug in STACK
        if (total := sum(row.parts.get(slug, 0) for row in counts.values()))
    ]
    lines = axis_lines(most)
    scale = PLOT / lines[-1].number
    width = 100 / len(drawn)
    columns = [
        _column(quarter, counts.get(quarter, QuarterCounts()), kinds, scale, place * width, width)
        for place, quarter in enumerate(drawn)
    ]
    others = [
        _column(quarter, row, kinds, scale)
        for quarter, row in counts.items()
        if quarter not in drawn
    ]
    return QuarterChart(
        columns=columns,
        rows=sorted([*columns, *others], key=lambda row: row.quarter, reverse=True),
        kinds=kinds,
        lines=lines,
        years=_years(drawn, width),
        words=_sentence(columns),
    )


def _drawn(counts: Mapping[Quarter, QuarterCounts], last: Quarter) -> list[Quarter]:
    """From the first quarter with any, if it is near enough, to this one."""
    window = [last.before(back) for back in reversed(range(MOST_COLUMNS))]
    first = next((place for place, quarter in enumerate(window) if quarter in counts), 0)
    if min(counts, default=last) < window[0]:
        first = 0
    return window[min(first, MOST_COLUMNS - LEAST_COLUMNS) :]


def _column(
    quarter: Quarter,
    counts: QuarterCounts,
    kinds: Iterable[Part],
    scale: float,
    left: float = 0,
    width: float = 0,
) -> Column:
    numbers = [counts.parts.get(kind.status, 0) for kind in kinds]
    parts, y = [], float(PLOT)
    for kind, number, height in zip(kinds, numbers, heights(numbers, scale), strict=True):
        y -= height
        drawn = round(max(height - GAP, 0), 1)
        parts.append(Part(kind.status, kind.words, number, round(y + GAP, 1), drawn))
    x = left + width * (1 - BAR) / 2
    return Column(quarter, counts.announcements, parts, round(x, 2), round(width * BAR, 2))


def heights(numbers: list[int], scale: float) -> list[float]:
    """Pixels for each number, at ``scale`` pixels a piece; none but 0 is too low to be hit.

    What the low ones gain the others lose, so that the top stays where the axis says, if it can.
    """
    total = sum(numbers) * scale
    low = {place for place, number in enumerate(numbers) if number}
    while low:
        rest = total - LEAST_HEIGHT * (sum(1 for number in numbers if number) - len(low))
        share = rest / sum(numbers[place] for place in low)
        too_low = {place for place in low if numbers[place] * share < LEAST_HEIGHT}
        if not too_low:
            break
        low -= too_low
    return [
        0 if not number else number * share if place in low else LEAST_HEIGHT
        for place, number in enumerate(numbers)
    ]


def axis_lines(most: int) -> list[Line]:
    """The axis and up to four lines above it, at round numbers; the last is not below ``most``."""
    steps = (digit * 10**power for power in range(12) for digit in (1, 2, 5))
    step = next(step for step in steps if step * MOST_STEPS >= most)
    top = -(-most // step) * step
    return [Line(number, round(PLOT * (1 - number / top), 1)) for number in range(0, top + 1, step)]


def _years(drawn: list[Quarter], width: float) -> list[Label]:
    """Each year under its first quarter; that of the first column, if there is room."""
    places = [
        (quarter.year, (place + 0.5) * width if place else 0)
        for place, quarter in enumerate(drawn)
        if quarter.number == 1 or place == 0
    ]
    return labels((str(year), [x]) for year, x in reversed(places))


def _words(slug: str) -> str:
    return "No promise" if slug == NO_PROMISE else terms("delivery_statuses")[slug]["name"]


def _sentence(columns: list[Column]) -> str:
    number = sum(column.announcements for column in columns)
    most = max(columns, key=lambda column: column.announcements)
    noun = "announcement" if number == 1 else "announcements"
    return (
        f"{number} {noun} from {columns[0].quarter.first.words} to {columns[-1].quarter.last.words}; "
        f"most in {most.quarter.words}: {most.announcements}. "
        "Every number stands in the table below."
    )
