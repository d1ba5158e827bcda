"""Ids of what feeds and calendars tell: UUIDs by name (RFC 9562, 5.5).

They hang on the key of a row and on the moment at which its announcement was first saved. So they stay as
they are when a page gets another address or the site another host, and no two trackers have the same.
"""

from datetime import UTC
from uuid import UUID, uuid5

from announcements.models import Announcement

SPACE = UUID("48ae6964-8449-43f1-a75d-70579badcb71")


def id_of(announcement: Announcement) -> UUID:
    moment = announcement.created_at.astimezone(UTC).isoformat()
    return uuid5(SPACE, f"announcement {announcement.pk} {moment}")


def id_of_part(announcement: Announcement, what: str, key: object) -> UUID:
    """Of something that hangs on an announcement: a step, an answer, a promised date."""
    return uuid5(id_of(announcement), f"{what} {key}")
