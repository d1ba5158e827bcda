"""Whether two announcements of one company may be the same: titles alike, and close in time."""

from datetime import date, timedelta
from difflib import SequenceMatcher

ALIKE = 0.4
"""From this share of words in common on, titles are alike."""
NEAR = timedelta(days=90)

Span = tuple[date, date]
"""The first and the last day that a date can mean; both the same where the day is known."""


def likeness(one: str, other: str) -> float:
    """The share of words that two titles have in common in the same order: 0 for none, 1 for all."""
    first, second = sorted([one.casefold().split(), other.casefold().split()])
    if not first:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def are_alike(one: str, other: str) -> bool:
    return likeness(one, other) >= ALIKE


def are_near(one: Span, other: Span) -> bool:
    """Whether a day of the one can lie within NEAR of a day of the other, before or after it."""
    return one[0] - other[1] <= NEAR and other[0] - one[1] <= NEAR
