"""Dates as exactly as they are known: "2023", "2023-10" or "2023-10-18"."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Self

PATTERN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
HOW_TO_WRITE = "Write a year, a month or a day: 2023, 2023-10 or 2023-10-18."


class InvalidDate(ValueError):
    """Text that is no date; the message says what would be one."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day. Sorts like its text: 2023 before 2023-10 before 2023-10-01."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read "2023", "2023-10" or "2023-10-18"; anything else is an InvalidDate."""
        return _parse(text.strip())

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """How exactly the date is known: "year", "month" or "day"."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        """The first day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """For people: "2023", "October 2023", "18 October 2023"."""
        month = f"{calendar.month_name[self.month]} " if self.month else ""
        day = f"{self.day} " if self.day else ""
        return f"{day}{month}{self.year}"

    @property
    def short(self) -> str:
        """For narrow columns: "2023", "Oct 2023", "18 Oct 2023"."""
        month = f"{calendar.month_abbr[self.month]} " if self.month else ""
        day = f"{self.day} " if self.day else ""
        return f"{day}{month}{self.year}"

    def certainly_before(self, other: Self) -> bool:
        """Whether every day this can mean lies before every day the other can mean."""
        return self.latest < other.earliest

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0


@lru_cache(maxsize=4096)
def _parse(text: str) -> PartialDate:
    match = PATTERN.fullmatch(text)
    if not match:
        raise InvalidDate(f"“{text[:40]}” is not a date. {HOW_TO_WRITE}")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise InvalidDate(f"“{text}” is not a day of the calendar. {HOW_TO_WRITE}") from None
    return PartialDate(year or 0, month, day)


def place(story: Sequence[PartialDate], new: PartialDate) -> int:
    """Where a new step belongs in a story, as an index.

    In front of the first step that is certainly later, else last. Dates decide where they can; where
    they overlap (2024-05-08 and 2024-05) the order of entry does, so the step entered last stays last.
    """
    later = (index for index, step in enumerate(story) if new.certainly_before(step))
    return next(later, len(story))


def arrange(dates: Sequence[PartialDate]) -> list[int]:
    """The order of a story as indexes into the dates in their order of entry."""
    order: list[int] = []
    for index, new in enumerate(dates):
        order.insert(place([dates[earlier] for earlier in order], new), index)
    return order


def first_contradiction(dates: Sequence[PartialDate]) -> int | None:
    """The index of the first step that is certainly earlier than a step before it, if any is."""
    for index, new in enumerate(dates):
        if place(dates[:index], new) < index:
            return index
    return None
