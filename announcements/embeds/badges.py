"""Badges: what became of promises, as a small sign for other people's pages."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from announcements import statuses
from announcements.colors import TOKENS
from announcements.embeds.answers import for_xml
from announcements.entries import Entry, status_words
from announcements.models import Promise

LETTER_HEIGHT = 11
PADDING = 7
LONGEST_LABEL = 40

# Rounded up to a tenth of the letters' height, of DejaVu Sans and Verdana, the widest ones in use.
WIDTHS = {
    letter: width
    for letters, width in (
        (" ',./:;IJ\\ijl|’“”·", 0.3),
        ("!()-[]frt", 0.4),
        ('"*?_`csz', 0.5),
        ("ABCKNRUVXZ", 0.7),
        ("#&+<=>DGHOQ^w~", 0.8),
        ("M", 0.9),
        ("%@Wm…", 1.0),
    )
    for letter in letters
}
OTHER_WIDTH = 0.6
WIDE = ("W", "F")
"""What Unicode calls wide: letters of Chinese, Japanese and Korean, as wide as high."""


@dataclass(frozen=True)
class Badge:
    """Two fields side by side: what it is about, and what became of it. Sizes are pixels."""

    label: str
    message: str
    status: str
    """Slug that colors the message: a status of a promise, or "overdue"."""

    @property
    def words(self) -> str:
        return f"{self.label}: {self.message}"

    @property
    def label_text(self) -> int:
        return text_width(self.label)

    @property
    def message_text(self) -> int:
        return text_width(self.message)

    @property
    def label_width(self) -> int:
        return self.label_text + 2 * PADDING

    @property
    def message_width(self) -> int:
        return self.message_text + 2 * PADDING

    @property
    def width(self) -> int:
        return self.label_width + self.message_width

    @property
    def color(self) -> str:
        """Of the message's field. White letters are read on it, on a light and on a dark page."""
        return TOKENS[self.status]

    @property
    def message_start(self) -> int:
        return self.label_width + PADDING


def text_width(text: str) -> int:
    """About how wide a text runs; it is drawn exactly as wide, whichever typeface there is."""
    wide = (unicodedata.east_asian_width(letter) in WIDE for letter in text)
    widths = (
        1.0 if is_wide else WIDTHS.get(letter, OTHER_WIDTH)
        for letter, is_wide in zip(text, wide, strict=True)
    )
    return round(sum(widths) * LETTER_HEIGHT)


def badge_of_promises(entry: Entry) -> Badge:
    """What became of all promises of an announcement, loaded with its promises."""
    promises = entry.promises
    if not promises:
        return Badge("promises", "none recorded", statuses.UNVERIFIABLE)
    if len(promises) == 1:
        return _badge("promise", promises[0], entry)
    status, words = _summed_up(promises, entry)
    return Badge("promises", words, status)


def badge_of_promise(promise: Promise, entry: Entry) -> Badge:
    """What became of one promise of an announcement."""
    title = for_xml(promise.title)
    if len(title) > LONGEST_LABEL:
        title = f"{title[: LONGEST_LABEL - 1].rstrip()}…"
    return _badge(title, promise, entry)


def _badge(label: str, promise: Promise, entry: Entry) -> Badge:
    if promise.days_overdue(entry.today):
        return Badge(label, "overdue", "overdue")
    return Badge(
        label,
        status_words(promise.status, entry.announcement.basis).lower(),
        promise.status,
    )


def _summed_up(promises: list[Promise], entry: Entry) -> tuple[str, str]:
    """What counts most: that some are overdue, what all have in common, or how many were kept."""
    made = len(promises)
    if overdue := _how_many(promise.days_overdue(entry.today) for promise in promises):
        return "overdue", f"{overdue} of {made} overdue"
    first = promises[0].status
    if all(promise.status == first for promise in promises):
        words = status_words(first, entry.announcement.basis).lower()
        return first, f"{made} of {made} {words}"
    kept = _how_many(promise.status == statuses.DELIVERED for promise in promises)
    status = statuses.PARTLY_DELIVERED if kept else statuses.ANNOUNCED
    return status, f"{kept} of {made} delivered"


def _how_many(answers: Iterable[object]) -> int:
    return sum(1 for answer in answers if answer)
