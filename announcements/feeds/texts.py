"""Texts as feeds and calendars may carry them."""

import re

FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
"""What is no character of XML 1.0 (2.2), or is one that it discourages; and carriage returns."""


def readable(text: object) -> str:
    """The text without what XML, iCalendar or a reader would stumble over."""
    return FORBIDDEN.sub("", str(text))


def in_one_line(text: object) -> str:
    return " ".join(readable(text).split())
