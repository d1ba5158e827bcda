"""Publishing at a set time: what is ready and whose time has come."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from announcements.models.announcement import Announcement


@dataclass
class Due:
    """What became of the announcements whose time had come."""

    published: list[Announcement] = field(default_factory=list)
    lacking: list[tuple[Announcement, list[str]]] = field(default_factory=list)
    """Those that stay ready, each with the sentences of what it lacks."""


def publish_due(now: datetime | None = None) -> Due:
    """Publish each by itself, so that one that lacks something keeps no other back; again does no harm."""
    due = Due()
    for key in list(Announcement.objects.due(now).values_list("pk", flat=True)):
        with transaction.atomic():
            # Asked once more under the lock: an editor may have taken it back, or another run was quicker.
            rows = Announcement.objects.due(now).select_for_update()
            if announcement := rows.filter(pk=key).first():
                _publish(announcement, due)
    return due


def _publish(announcement: Announcement, due: Due) -> None:
    try:
        with transaction.atomic():
            announcement.publish()
    except ValidationError as error:
        due.lacking.append((announcement, error.messages))
    else:
        due.published.append(announcement)
