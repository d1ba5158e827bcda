"""A promise and its date as of a day: overdue, still to come, in time or late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from announcements import statuses
from announcements.charts.promises import PromiseBar, promise_bar
from announcements.models import Promise, Update
from announcements.partial_dates import PartialDate


@dataclass(frozen=True)
class Reading:
    """What a clock shows."""

    words: str
    """A number of days, or that it was in time; "" where the status says all."""
    of: str = ""
    """What the days are of: overdue, late, left."""
    flag: str = ""
    """Slug of the mark and the color; "" for none."""


@dataclass(frozen=True)
class Clock:
    """A promise, loaded with its dates, as of a day."""

    promise: Promise
    today: date

    @cached_property
    def bar(self) -> PromiseBar | None:
        return promise_bar(self.promise, self.today)

    @property
    def promised(self) -> Promise | Update:
        """What named the date that holds: the promise, or the last step that moved it."""
        moved: list[Update] = getattr(self.promise, "moved", [])
        return moved[-1] if moved else self.promise

    @property
    def is_moved(self) -> bool:
        return self.promised is not self.promise

    @property
    def month(self) -> str:
        """The month in which the latest promised date ends, in words."""
        last = self.promise.due_latest
        return PartialDate(last.year, last.month).words if last else ""

    @cached_property
    def reading(self) -> Reading:
        promise = self.promise
        if overdue := promise.days_overdue(self.today):
            return Reading(_days(overdue), "overdue", "overdue")
        if promise.delivered_on:
            return _delivered(promise, promise.delivered_on)
        if promise.due_latest is None or promise.status in statuses.SETTLED:
            return Reading("")
        left = (promise.due_latest - self.today).days
        return Reading(_days(left), "left") if left else Reading("today", "is the last day")


def clocks(promises: Iterable[Promise], today: date) -> list[Clock]:
    return [Clock(promise, today) for promise in promises]


def _delivered(promise: Promise, came: PartialDate) -> Reading:
    """In time only if every day that the delivery can mean was."""
    if late := promise.days_late():
        return Reading(_days(late), "late", "late")
    if promise.due_to is None:
        return Reading("no date", "was named")
    return Reading("in time") if came.latest <= promise.due_to else Reading("about in time")


def _days(number: int) -> str:
    return f"{number} {'day' if number == 1 else 'days'}"
