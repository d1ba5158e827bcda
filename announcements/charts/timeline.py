"""Announcements on one axis of time, each with its promises: said, promised for, came or still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from announcements import statuses
from announcements.charts.promises import LEAST_WIDTH, Label, labels
from announcements.models import Announcement, Promise

ROWS, LANES = 12, 4
"""So many announcements are drawn, and so many promises of each."""
HEAD, ROW, LANE, GAP = 24, 22, 18, 8
"""Pixels: the years, the line of a title, a promise, and the space below."""
STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
"""Months between two lines of the grid."""
MOST_YEARS, MOST_MONTHS = 8, 4
"""So many of their words fit beside each other on a phone."""


@dataclass(frozen=True)
class Lane:
    """One promise. Positions across are percent of the width, those down are pixels."""

    promise: Promise
    y: int
    said: float
    end: float
    """Where the mark stands: the day it came or was settled, else today."""
    status: str
    """Slug of the mark and the color: the status, or "overdue" or "late" where it is."""
    overdue: int
    """Days, 0 unless overdue."""
    late: int
    due: tuple[float, float] | None = None
    """Where the promised range begins and how wide it is."""
    past: tuple[float, float] | None = None
    """Where the time after the promised date begins and how wide it is."""

    @property
    def left(self) -> float:
        return min(self.said, self.end)

    @property
    def width(self) -> float:
        return round(abs(self.end - self.said), 2)


@dataclass(frozen=True)
class TimelineRow:
    announcement: Announcement
    y: int
    height: int
    said: float
    lanes: list[Lane]
    more: int
    """Promises that are not drawn."""

    @property
    def mark_y(self) -> int:
        return self.y + ROW + LANE // 2


@dataclass(frozen=True)
class Timeline:
    """Announcements from the newest down, on one axis from the first day shown to the last."""

    rows: list[TimelineRow]
    grid: list[float]
    labels: list[Label]
    today: float
    height: int
    first: date
    last: date

    @property
    def floor(self) -> int:
        """Where the axis ends; the word "today" stands below."""
        return self.height - 18


def timeline(announcements: Sequence[Announcement], today: date) -> Timeline | None:
    """The drawing of announcements loaded with their promises, the newest first; None for fewer than two."""
    shown = [row for row in announcements if row.announced_on][:ROWS]
    if len(shown) < 2:
        return None
    spans = {row.pk: [_span(row, promise, today) for promise in _drawn(row)] for row in shown}
    days = [day for of in spans.values() for span in of for day in span if day]
    days += [day for row in shown if (day := row.first_day)] + [today]
    axis = _Axis(min(days), max(days))
    rows: list[TimelineRow] = []
    y = HEAD
    for row in shown:
        rows.append(_row(row, y, axis, today))
        y += rows[-1].height
    ticks = axis.ticks()
    return Timeline(
        rows=rows,
        grid=[axis.place(day) for day, _ in ticks],
        labels=labels((words, [axis.place(day)]) for day, words in ticks),
        today=axis.place(today),
        height=y + 22,
        first=axis.first,
        last=axis.last,
    )


def _drawn(announcement: Announcement) -> list[Promise]:
    return list(announcement.promises.all())[:LANES]


def _end(promise: Promise, today: date) -> date:
    """The day it came or was settled, as early as it can have been; today for one still open."""
    settled = promise.status_on if promise.status in statuses.SETTLED else None
    came = promise.delivered_on or settled
    return came.earliest if came else today


def _span(
    announcement: Announcement, promise: Promise, today: date
) -> tuple[date | None, date | None, date]:
    return promise.due_from, promise.due_latest, _end(promise, today)


@dataclass(frozen=True)
class _Axis:
    """Days as percent of the width."""

    first: date
    last: date

    def place(self, day: date) -> float:
        return round(100 * (day - self.first).days / max((self.last - self.first).days, 1), 2)

    def ticks(self) -> list[tuple[date, str]]:
        """First days of months or years, as close as leaves room for their words."""
        months = range(
            self.first.year * 12 + self.first.month, self.last.year * 12 + self.last.month
        )
        for step in STEPS:
            found = [month for month in months if month % step == 0]
            if len(found) <= (MOST_YEARS if step >= 12 else MOST_MONTHS):
                break
        days = [date(month // 12, month % 12 + 1, 1) for month in found]
        return [(day, f"{day:%Y}" if step >= 12 else f"{day:%b %Y}") for day in days]


def _row(announcement: Announcement, y: int, axis: _Axis, today: date) -> TimelineRow:
    drawn = _drawn(announcement)
    lanes = [
        _lane(promise, y + ROW + LANE * number + LANE // 2, axis, today)
        for number, promise in enumerate(drawn)
    ]
    return TimelineRow(
        announcement=announcement,
        y=y,
        height=ROW + LANE * max(len(lanes), 1) + GAP,
        said=axis.place(announcement.first_day or axis.first),
        lanes=lanes,
        more=len(announcement.promises.all()) - len(drawn),
    )


def _lane(promise: Promise, y: int, axis: _Axis, today: date) -> Lane:
    overdue, late = promise.days_overdue(today), promise.days_late()
    end = axis.place(_end(promise, today))
    due = past = None
    if promise.due_from and promise.due_latest:
        begin, until = axis.place(promise.due_from), axis.place(promise.due_latest)
        width = max(round(until - begin, 2), LEAST_WIDTH)
        due = (min(begin, round(100 - width, 2)), width)
        past = (until, round(end - until, 2)) if (overdue or late) and end > until else None
    return Lane(
        promise=promise,
        y=y,
        said=axis.place(promise.announcement.first_day or axis.first),
        end=end,
        status="overdue" if overdue else "late" if late else promise.status,
        overdue=overdue,
        late=late,
        due=due,
        past=past,
    )
