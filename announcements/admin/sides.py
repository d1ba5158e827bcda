"""Two announcements side by side, in words: what was typed, and one that is recorded."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from announcements.models import Announcement, Company

BEFORE = "near-"
MOST_POSTED = 20
LARGEST_KEY = 2**63 - 1


def name_of(key: int) -> str:
    """The name of the radio buttons that ask about the announcement with this key."""
    return f"{BEFORE}{key}"


def posted(data: QueryDict) -> list[int]:
    """The keys of the announcements about which something was answered."""
    keys = [name.removeprefix(BEFORE) for name in data if name.startswith(BEFORE)]
    return [int(key) for key in keys if key.isascii() and key.isdigit() and int(key) <= LARGEST_KEY]


@dataclass(frozen=True)
class Sides:
    """What can be compared of an announcement, saved or not."""

    announcement: Announcement
    companies: list[Company]
    sources: list[str]

    def words(self) -> dict[str, str]:
        one = self.announcement
        return {
            "Title": one.title,
            "Companies": ", ".join(company.name for company in self.companies),
            "Announced": one.announced_on.words if one.announced_on else "",
            "Kind": one.get_kind_display(),
            "Summary": one.summary,
            "Sources": "\n".join(self.sources),
            "State": one.get_state_display() if one.pk else "Not saved yet",
        }


@dataclass(frozen=True)
class NearQuestion:
    """One near match: what stands on both sides, line by line, and what was answered so far."""

    other: Announcement
    name: str
    lines: list[tuple[str, str, str]]
    chosen: str
    is_new: bool


def compared(mine: Sides, other: Announcement, data: QueryDict) -> NearQuestion:
    sources: list[Any] = [row.source for row in other.citations.all()]
    theirs = Sides(other, other.companies, [str(source) for source in sources]).words()
    lines = [(label, words, theirs[label]) for label, words in mine.words().items()]
    name = name_of(other.pk)
    return NearQuestion(other, name, lines, data.get(name, ""), not mine.announcement.pk)
