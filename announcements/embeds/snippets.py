"""What to copy into a page to show an announcement there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from announcements import site
from announcements.embeds.cards import card
from announcements.entries import Entry

ALTERNATIVE = f"What became of it, by the {site.NAME}"
"""Says what the badge is of, and stays true when the status changes."""


@dataclass(frozen=True)
class Snippet:
    """Text to copy, and what it is for."""

    title: str
    text: str


def snippets(entry: Entry, absolute: Callable[[str], str]) -> list[Snippet]:
    """For an announcement that readers see; ``absolute`` gives an address its scheme and host."""
    announcement = entry.announcement
    slug = [announcement.slug]
    page = absolute(announcement.get_absolute_url())
    badge = absolute(reverse("announcements:badge", args=slug))
    framed = card(entry, absolute(reverse("announcements:embed", args=slug)))
    linked = format_html(
        '<a href="{}"><img src="{}" alt="{}" height="20"></a>', page, badge, ALTERNATIVE
    )
    return [
        Snippet("Card, HTML", framed.html),
        Snippet("Badge, HTML", linked),
        Snippet("Badge, Markdown", f"[![{ALTERNATIVE}]({badge})]({page})"),
    ]
