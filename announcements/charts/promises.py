"""A promise in time: from the day it was said over the days promised to the day it came, or today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from announcements import statuses
from announcements.models import Announcement, Promise, Update

LETTER = 2.2
"""Percent of the width that a letter of a label takes on a phone."""
LEAST_WIDTH = 1.2
"""Percent of the width below which a range could not be seen."""


@dataclass(frozen=True)
class Label:
    """A word under a drawing; ``x`` is percent of the width."""

    text: str
    x: float
    anchor: str


@dataclass(frozen=True)
class PromiseBar:
    """A promise in time. Positions are percent of the width, from the day it was said to the last day shown."""

    start: float
    """Where the promised range begins."""
    due: float
    """Where the promised range ends."""
    end: float
    """Where the dot stands: what came, or today."""
    status: str
    """Slug that colors the part behind the date; "overdue" or "late" where it is."""
    dot: str
    """Slug that colors the dot."""
    labels: list[Label]
    words: str
    """The whole drawing as a sentence."""

    @property
    def range_start(self) -> float:
        """Where the range is drawn from: inside the drawing, however short it is."""
        return min(self.start, 100 - self.range_width)

    @property
    def range_width(self) -> float:
        return max(round(self.due - self.start, 2), LEAST_WIDTH)

    @property
    def past_width(self) -> float:
        return max(round(self.end - self.due, 2), 0)


def promise_bar(promise: Promise, today: date) -> PromiseBar | None:
    """The drawing of a promise that names a date, from the day it was said; None for one without."""
    said = promise.announcement.announced_on
    due_from, due_to = promise.due_from, promise.due_latest
    if said is None or due_from is None or due_to is None:
        return None
    settled = promise.status in statuses.SETTLED and promise.status_on is not None
    came = promise.delivered_on or (promise.status_on if settled else None)
    end = came.earliest if came else today
    first, last = min(said.earliest, due_from), max(end, due_to)
    span = max((last - first).days, 1)

    def place(day: date) -> float:
        return round(100 * (day - first).days / span, 2)

    overdue, late = promise.days_overdue(today), promise.days_late()
    start, due = place(due_from), place(due_to)
    wanted = [
        (promise.get_status_display().lower() if came else "today", [place(end)]),
        (_verb(promise).lower(), [place(said.earliest)]),
        ("promised", [(start + due) / 2, due, start]),
    ]
    return PromiseBar(
        start=start,
        due=due,
        end=place(end),
        status="overdue" if overdue else "late" if late else promise.status,
        dot="overdue" if overdue else promise.status,
        labels=labels(wanted),
        words=_words(promise, came.words if came else "", overdue, late),
    )


def labels(wanted: Iterable[tuple[str, Iterable[float]]]) -> list[Label]:
    """Words under the first of their places that is free, the most wanted word first, if there is one."""
    placed: list[Label] = []
    taken: list[tuple[float, float]] = []
    for text, places in wanted:
        for x in places:
            label, left, right = _label(text, x)
            if all(right + LETTER < start or left - LETTER > end for start, end in taken):
                placed.append(label)
                taken.append((left, right))
                break
    return placed


def _label(text: str, x: float) -> tuple[Label, float, float]:
    """A word at a place, within the drawing, and where it begins and ends."""
    half = len(text) * LETTER / 2
    anchor = "start" if x < half else "end" if x > 100 - half else "middle"
    left = {"start": x, "middle": x - half, "end": x - 2 * half}[anchor]
    return Label(text, round(x, 2), anchor), left, left + 2 * half


def _verb(promise: Promise) -> str:
    unnamed = promise.announcement.basis == Announcement.Basis.UNNAMED_REPORT
    return "Reported" if unnamed else "Said"


def _words(promise: Promise, came: str, overdue: int, late: int) -> str:
    parts = [f"{_verb(promise)} {promise.announcement.announced_on.words}"]  # type: ignore[union-attr]
    parts.append(f"promised for {due_range(promise)}")
    if came:
        parts.append(f"{promise.get_status_display().lower()} {came}")
    if overdue or late:
        parts.append(
            f"{overdue or late} {'day' if (overdue or late) == 1 else 'days'} past the date"
        )
    return ", ".join(parts) + "."


def due_range(promised: Promise | Update) -> str:
    """The dates promised, in words: a day, or the first and the last day."""
    if promised.due_from is None or promised.due_to is None:
        return "no date"
    first, last = (f"{day.day} {day:%B} {day.year}" for day in (promised.due_from, promised.due_to))
    return last if promised.due_from == promised.due_to else f"{first} to {last}"
