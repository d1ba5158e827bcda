"""A title for what has none yet: its source's, or its address in a form that people can read."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from announcements.canonical_urls import canonical_url
from announcements.models import Announcement, Source

LONGEST: int = Announcement._meta.get_field("title").max_length or 0


def title_from(rows: Iterable[Any]) -> str:
    """The title for an announcement from the filled-in rows of its list of sources; "" if there is none."""
    for row in rows:
        named = row.named
        known = named.title if isinstance(named, Source) else ""
        typed = known or row.cleaned_data.get("title") or ""
        if title := typed or words_of(named.url if isinstance(named, Source) else named):
            return str(title)[:LONGEST]
    return ""


def words_of(address: str) -> str:
    """The words at the end of an address, and whose page it is: Meta opens its models (example.org)."""
    parts = urlsplit(canonical_url(address))
    steps = [step for step in unquote(parts.path).split("/") if re.search(r"[^\W\d]{2}", step)]
    words = re.sub(r"\.\w{2,5}$", "", steps[-1]) if steps else ""
    words = re.sub(r"[-_+\s]+", " ", words).strip()
    return f"{words[0].upper()}{words[1:]} ({parts.netloc})" if words else parts.netloc
