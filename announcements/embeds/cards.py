"""A card in a frame of another page: its size, and the element that places it."""

from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString

from announcements.entries import Entry

WIDTH = 480
MOST_PROMISES = 4
"""How many promises a card tells in full."""

# What the card's style sheet gives, in pixels; text is counted with wide letters, so that a frame is
# rather too high than too low.
SIDES = 34
AROUND = 122
TITLE_LETTER, TITLE_LINE = 10, 23
TEXT_LETTER, TEXT_LINE = 8, 21
PROMISE_SPACE = 13


@dataclass(frozen=True)
class Card:
    """A frame of another page with an announcement's card in it; sizes are pixels."""

    title: str
    address: str
    width: int
    height: int

    @property
    def html(self) -> SafeString:
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
            'style="border:0;max-width:100%"></iframe>',
            self.address,
            self.title,
            self.width,
            self.height,
        )


def card(
    entry: Entry, address: str, max_width: int | None = None, max_height: int | None = None
) -> Card:
    """The frame for a card at an address, as high as its words need, within what a page can give.

    In a frame that is lower the card is scrolled.
    """
    width = min(WIDTH, max_width or WIDTH)
    height = _height(entry, width)
    return Card(entry.announcement.title, address, width, min(height, max_height or height))


def _height(entry: Entry, width: int) -> int:
    room = max(width - SIDES, TITLE_LETTER)
    companies = " with ".join(map(str, entry.announcement.announcers))
    height = AROUND + _lines(entry.announcement.title, TITLE_LETTER, room) * TITLE_LINE
    height += _lines(f"{companies} · 30 September 2026", TEXT_LETTER, room) * TEXT_LINE
    for promise in entry.promises[:MOST_PROMISES]:
        told = "Partly delivered · 1000 days overdue" if promise.due_latest else "Partly delivered"
        dates = "promised for 30 September 2026 to 31 December 2026"
        lines = [promise.title, told, dates if promise.due_latest else "since 30 September 2026"]
        height += sum(_lines(text, TEXT_LETTER, room) for text in lines) * TEXT_LINE
        height += PROMISE_SPACE
    if len(entry.promises) > MOST_PROMISES or not entry.promises:
        height += TEXT_LINE + PROMISE_SPACE
    return height


def _lines(text: str, letter: int, room: int) -> int:
    return ceil(len(text) * letter / room)
