"""Queues: which records wait for an editor, why, and which comes after which.

Clocks and gaps put a record into a queue, and mending it takes it out; nobody adds or ticks off anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from announcements.models import Announcement, Concern, License, Promise, Release, Source

UNCHECKED_AFTER = timedelta(days=180)
STALE_AFTER = timedelta(days=14)
READ = (License.Checked.TEXT, License.Checked.EXCERPT, License.Checked.LIST)
"""How a license was read for its terms to count as verified: its text, or a list that keeps such texts."""

NEVER = date(1, 1, 1)


class Asking(NamedTuple):
    """Who asks for a queue, and on which day."""

    user: Any
    today: date


@dataclass(frozen=True)
class Place:
    """Where in a queue a record stood when it was opened; it keeps that place while it is mended."""

    urgency: Any
    key: int

    def __str__(self) -> str:
        urgency = self.urgency.isoformat() if hasattr(self.urgency, "isoformat") else self.urgency
        return f"{urgency}~{self.key}"


@dataclass(frozen=True)
class Queue:
    """Records of one model, the most urgent first.

    ``rows`` gives them with an ``urgency`` each, the least first; ``why`` says in words why a row waits;
    ``read`` turns the text of an urgency back into its value.
    """

    slug: str
    name: str
    advice: str
    model: type[Any]
    rows: Callable[[Asking], QuerySet[Any]]
    why: Callable[[Any, Asking], str]
    read: Callable[[str], Any]
    asks: str = "change"
    """The right, over records of the model, of those whom it is for."""

    def is_for(self, user: Any) -> bool:
        """Whether somebody may do what waits in it."""
        opts = self.model._meta
        return bool(user.has_perm(f"{opts.app_label}.{self.asks}_{opts.model_name}"))

    def waiting(self, asking: Asking) -> QuerySet[Any]:
        return self.rows(asking).order_by("urgency", "pk")

    def first(self, asking: Asking, after: Place | None = None) -> Any:
        """The first that waits, or the first after a place; None at the end."""
        rows = self.waiting(asking)
        if after:
            later = Q(urgency__gt=after.urgency)
            rows = rows.filter(later | Q(urgency=after.urgency, pk__gt=after.key))
        return rows.first()

    def place_of(self, row: Any) -> Place:
        return Place(row.urgency, row.pk)

    def place(self, text: str) -> Place | None:
        """The place that is written so, None if none is."""
        urgency, _, key = text.rpartition("~")
        try:
            return Place(self.read(urgency), int(key))
        except ValueError:
            return None


def asked_by(user: Any) -> Asking:
    return Asking(user, timezone.localdate())


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _overdue(asking: Asking) -> QuerySet[Any]:
    promises = Promise.objects.overdue(asking.today).select_related("announcement__company")
    return promises.annotate(urgency=F("due_latest"))


def _how_overdue(promise: Any, asking: Asking) -> str:
    return f"{_days(promise.days_overdue(asking.today))} past its date, and {promise.status.replace('-', ' ')}"


def _unchecked(asking: Asking) -> QuerySet[Any]:
    last_good = asking.today - UNCHECKED_AFTER
    wanting = Q(archived_url="") | Q(checked_on=None) | Q(checked_on__lt=last_good)
    never = Value(NEVER, DateField())
    return Source.objects.filter(wanting).annotate(urgency=Coalesce("checked_on", never))


def _what_a_source_lacks(source: Any, asking: Asking) -> str:
    gaps = []
    if source.checked_on is None:
        gaps.append("never checked")
    elif asking.today - source.checked_on > UNCHECKED_AFTER:
        gaps.append(f"not checked for {_days((asking.today - source.checked_on).days)}")
    if not source.archived_url:
        gaps.append("no archived copy")
    return ", ".join(gaps)


def _unread_licenses(asking: Asking) -> QuerySet[Any]:
    under = Release.objects.filter(license=OuterRef("pk")).order_by().values("license")
    counted = under.annotate(number=Count("pk")).values("number")
    unread = License.objects.exclude(checked__in=READ)
    return unread.annotate(urgency=0 - Coalesce(Subquery(counted), 0))


def _how_far_read(license: Any, asking: Asking) -> str:
    releases = "1 release" if license.urgency == -1 else f"{-license.urgency} releases"
    return f"{license.get_checked_display()}; {releases} under it"


def _bare_concerns(asking: Asking) -> QuerySet[Any]:
    bare = Concern.objects.filter(Q(type=None) | Q(source=None))
    return bare.select_related("announcement__company").annotate(urgency=F("pk"))


def _what_a_concern_lacks(concern: Any, asking: Asking) -> str:
    gaps = [word for word in ("type", "source") if getattr(concern, f"{word}_id") is None]
    return f"without {' and '.join(gaps)}"


def _unpublished() -> QuerySet[Any]:
    rows = Announcement.objects.exclude(state=Announcement.State.PUBLISHED)
    return rows.select_related("company", "created_by").annotate(urgency=F("created_at"))


def _stale(asking: Asking) -> QuerySet[Any]:
    return _unpublished().filter(created_at__date__lt=asking.today - STALE_AFTER)


def _mine(asking: Asking) -> QuerySet[Any]:
    return _unpublished().filter(created_by=asking.user)


def _how_old(announcement: Any, asking: Asking) -> str:
    age = (asking.today - timezone.localdate(announcement.created_at)).days
    began = "begun today" if age <= 0 else f"begun {_days(age)} ago"
    by = announcement.created_by
    return f"{announcement.get_state_display()}, {began}{f' by {by}' if by else ''}"


def _ready(asking: Asking) -> QuerySet[Any]:
    return _unpublished().filter(state=Announcement.State.READY, publish_at=None)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("A moment has its time zone.")
    return moment


QUEUES = {
    queue.slug: queue
    for queue in (
        Queue(
            "promises-past-their-date",
            "Promises past their date",
            "Look for what came of it, and add the step: delivered, delayed, lapsed, withdrawn. Found "
            "nothing: write a search note.",
            Promise,
            _overdue,
            _how_overdue,
            date.fromisoformat,
        ),
        Queue(
            "sources-to-check",
            "Sources to check",
            "Open the page. If it still says so, set the day it was checked, and add an archived copy.",
            Source,
            _unchecked,
            _what_a_source_lacks,
            date.fromisoformat,
        ),
        Queue(
            "licenses-to-read",
            "Licenses not verified",
            "Read the license's text, correct what stands here, and say how far you read.",
            License,
            _unread_licenses,
            _how_far_read,
            int,
        ),
        Queue(
            "concerns-to-complete",
            "Concerns without type or source",
            "Say who raised it and where, and choose the type that fits; if none does, the note says why.",
            Concern,
            _bare_concerns,
            _what_a_concern_lacks,
            int,
        ),
        Queue(
            "ready",
            "Ready to publish",
            "Read it once more as readers will see it, and publish it; or take it back to draft and say why. "
            "What publishes itself at a set time is not here.",
            Announcement,
            _ready,
            _how_old,
            _moment,
            asks="publish",
        ),
        Queue(
            "old-drafts",
            "Drafts older than 14 days",
            "Finish it and publish it, or delete it.",
            Announcement,
            _stale,
            _how_old,
            _moment,
        ),
        Queue(
            "mine",
            "Mine, not published",
            "What you began and readers do not see yet.",
            Announcement,
            _mine,
            _how_old,
            _moment,
        ),
    )
}
