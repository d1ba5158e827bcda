"""What became of promises: counts by status, what is overdue, what came late and by how much."""

from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count, Q

from announcements import statuses
from announcements.models.promise import PromiseQuerySet
from announcements.vocabularies import terms

FEW = 10
"""Below so many a share or a median says little, and the page says so."""


@dataclass(frozen=True)
class LedgerRow:
    """How many promises have a status, and in how many announcements."""

    status: str
    words: str
    promises: int
    announcements: int


@dataclass
class Ledger:
    """What became of a set of promises, never as one grade."""

    by_status: dict[str, int] = field(default_factory=dict)
    announcements: dict[str, int] = field(default_factory=dict)
    """By status, the announcements with at least one such promise."""
    overdue: int = 0
    overdue_announcements: int = 0
    awaited: int = 0
    """Unsettled promises that name a date: the denominator of ``overdue``."""
    dated: int = 0
    """Delivered promises that had named a date: the denominator of ``late``."""
    late: int = 0
    median_delay: float | None = None
    """Median of the days after the latest date first promised, among those that came late; None if none did."""

    @property
    def made(self) -> int:
        return sum(self.by_status.values())

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

    @property
    def rows(self) -> list[LedgerRow]:
        """Every status in the vocabulary's order, those that no promise has included."""
        return [
            LedgerRow(slug, term["name"], self.count(slug), self.announcements.get(slug, 0))
            for slug, term in terms("delivery_statuses").items()
        ]

    def count(self, status: str) -> int:
        return self.by_status.get(status, 0)


def ledger(promises: PromiseQuerySet, today: date) -> Ledger:
    """The ledger of a set of promises, in five queries however many they are."""
    promises = promises.order_by()
    counts = {"made": Count("pk"), "of": Count("announcement", distinct=True)}
    by_status = list(promises.values_list("status").annotate(**counts))
    overdue = promises.overdue(today).aggregate(**counts)
    awaited = Q(status__in=sorted(statuses.UNSETTLED), due_latest__isnull=False)
    dated = Q(delivered_on__isnull=False, due_to__isnull=False)
    known = promises.aggregate(awaited=Count("pk", filter=awaited), dated=Count("pk", filter=dated))
    late = promises.late()
    came_late = late.count()
    return Ledger(
        by_status={status: made for status, made, _ in by_status},
        announcements={status: announcements for status, _, announcements in by_status},
        overdue=overdue["made"],
        overdue_announcements=overdue["of"],
        awaited=known["awaited"],
        dated=known["dated"],
        late=came_late,
        median_delay=_median_days(late, came_late),
    )


def _median_days(late: PromiseQuerySet, count: int) -> float | None:
    """The median delay of so many promises that came late; only the one or two in the middle are read."""
    if not count:
        return None
    delays = late.order_by("delay").values_list("delay", flat=True)
    return median(delay.days for delay in delays[(count - 1) // 2 : count // 2 + 1])
