"""Signs of an announcement for other people's pages: a card in a frame, badges, and how to place them."""

from announcements.embeds.answers import ANSWERS, as_xml, for_xml, limit, slug_at
from announcements.embeds.badges import Badge, badge_of_promise, badge_of_promises
from announcements.embeds.cards import MOST_PROMISES, Card, card
from announcements.embeds.snippets import Snippet, snippets

__all__ = [
    "ANSWERS",
    "MOST_PROMISES",
    "Badge",
    "Card",
    "Snippet",
    "as_xml",
    "badge_of_promise",
    "badge_of_promises",
    "card",
    "for_xml",
    "limit",
    "slug_at",
    "snippets",
]
