"""What became of promises: counts by status, what is overdue, what came late and by how much."""

from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count

from announcements import statuses
from announcements.models.promise import PromiseQuerySet
from announcements.partial_dates import PartialDate

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
