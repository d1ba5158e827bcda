"""A feed and what it tells, whatever the form in which it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone

from announcements.feeds.texts import readable
from announcements.models.version import written_at

LIMIT = 100
"""How many entries a feed has at most."""

Absolute = Callable[[str], str]
"""Makes an address of this site absolute."""


class _Readable:
    """Texts that come from people are cleaned once, wherever they go."""

    TEXTS: ClassVar[tuple[str, ...]]

    def __post_init__(self) -> None:
        for name in self.TEXTS:
            object.__setattr__(self, name, readable(getattr(self, name)))


@dataclass(frozen=True)
class Tag(_Readable):
    """A value of a filter; ``scheme`` and ``term`` together are the address of the list with it."""

    TEXTS = ("words",)

    scheme: str
    term: str
    words: str


@dataclass(frozen=True)
class Item(_Readable):
    """One entry."""

    TEXTS = ("title", "summary", "content")

    id: UUID
    title: str
    address: str
    """Of the page, absolute."""
    published: datetime
    """Since when it is told here."""
    updated: datetime
    summary: str
    content: str
    """HTML."""
    happened_on: str = ""
    """The date of what is told, as exactly as it is known."""
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True)
class Feed(_Readable):
    """Entries in their order, and what they are entries of."""

    TEXTS = ("title", "subtitle")

    title: str
    subtitle: str
    address: str
    """Its own address, absolute."""
    page: str
    """The address of the page with the same, absolute."""
    site: str
    items: list[Item]

    @property
    def updated(self) -> datetime:
        """When the entry that changed last did; of no entry, when the data did."""
        latest = max((item.updated for item in self.items), default=None)
        return latest or written_at() or timezone.now()


def told(**parts: Any) -> str:
    """The content of an entry as HTML: a line of who and when, the text, what more there is, the source."""
    return render_to_string("announcements/feed_entry.html", parts).strip()


def how_many(shown: int, total: int, noun: str) -> str:
    """Whether a feed has all there is, in words."""
    return f"{shown} of {total} {noun}" if shown < total else f"All {total} {noun}"
