"""What can become of a promise: the statuses, the changes between them, and the clocks.

Definitions and the table of changes are the vocabulary's (``delivery_statuses``, ``status_transitions``,
``status_flags``). Verdicts are an editor's; *overdue* and *late* are computed from dates, never typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from announcements.vocabularies import terms, vocabularies

ANNOUNCED = "announced"
DELAYED = "delayed"
PARTLY_DELIVERED = "partly-delivered"
DELIVERED = "delivered"
LAPSED = "lapsed"
WITHDRAWN = "withdrawn"
SUPERSEDED = "superseded"
UNVERIFIABLE = "unverifiable"

ALL = tuple(terms("delivery_statuses"))
SETTLED = frozenset(slug for slug, term in terms("delivery_statuses").items() if term["settled"])
UNSETTLED = frozenset(ALL) - SETTLED
"""Statuses under which a promise can become overdue."""

FIRST = (ANNOUNCED, PARTLY_DELIVERED, DELIVERED, UNVERIFIABLE)
"""Statuses a story can begin with: the others presuppose an earlier promise."""

LAPSE_AFTER = timedelta(days=180)
LAPSE_WITHOUT_DATE_AFTER = timedelta(days=2 * 365)

TRANSITIONS: dict[str, dict[str, str]] = {slug: {} for slug in ALL}
for _row in vocabularies()["status_transitions"]:
    TRANSITIONS[_row["from_status"]][_row["to_status"]] = _row["needs"]


def allowed_after(status: str) -> dict[str, str]:
    """The statuses that may follow, each with what the change needs; "" means the story's beginning.

    A step may always leave the status as it is.
    """
    if not status:
        return {slug: terms("delivery_statuses")[slug]["evidence"] for slug in FIRST}
    return {status: "no change", **TRANSITIONS[status]}


def evidence_for(before: str, after: str) -> str:
    """What a step needs as evidence: what the change needs, and what the status it brings rests on.

    A correction may lead anywhere, and needs what the status rests on.
    """
    rests_on: str = terms("delivery_statuses")[after]["evidence"]
    change = allowed_after(before).get(after, rests_on)
    return change if change == rests_on else f"{change}; {rests_on}"


@dataclass(frozen=True)
class Misstep:
    """A change that the vocabulary does not know, with the ones it does."""

    index: int
    before: str
    after: str

    def __str__(self) -> str:
        allowed = ", ".join(allowed_after(self.before))
        beginning = f"A story cannot begin with “{self.after}”"
        change = f"“{self.before}” cannot become “{self.after}”"
        return (
            f"{change if self.before else beginning}. Allowed: {allowed}. "
            "Anything else is a correction and needs a reason."
        )


def first_misstep(
    story: Sequence[str], corrections: frozenset[int] = frozenset()
) -> Misstep | None:
    """The first change in a story of statuses that is not allowed, unless its index is a correction's."""
    for index, (before, after) in enumerate(zip(("", *story), story, strict=False)):
        if index not in corrections and after not in allowed_after(before):
            return Misstep(index, before, after)
    return None


def days_overdue(status: str, due_latest: date | None, today: date) -> int:
    """Days since the latest promised date, 0 unless the promise is overdue.

    Overdue: that date is past and the status is announced, delayed or partly delivered.
    """
    if due_latest is None or status not in UNSETTLED:
        return 0
    return max((today - due_latest).days, 0)


class Dated(Protocol):
    """What is known of a date, however exactly."""

    @property
    def earliest(self) -> date: ...


def days_late(due_first: date | None, delivered_on: Dated | None) -> int:
    """Days between the latest date first promised and the delivery, 0 unless it certainly came late.

    A delivery known only by its month or year counts from the first day it can mean.
    """
    if due_first is None or delivered_on is None:
        return 0
    return max((delivered_on.earliest - due_first).days, 0)


def may_lapse(
    status: str, *, announced_on: date, due_latest: date | None, last_word_on: date, today: date
) -> bool:
    """Whether the time rule for "lapsed" is met; the search note is still the editor's to write.

    Nothing obtained, the date passed more than 180 days ago (or none was given and two years have
    gone by), and the company has not spoken of it for 180 days.
    """
    if status not in (ANNOUNCED, DELAYED):
        return False
    waited = (
        today - due_latest > LAPSE_AFTER
        if due_latest
        else today - announced_on > LAPSE_WITHOUT_DATE_AFTER
    )
    return waited and today - last_word_on > LAPSE_AFTER
