"""What was deleted and is gone still: who deleted it, when, and how it comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from announcements.history.rows import DELETED, versions

MOMENT = timedelta(microseconds=1)
"""The shortest time between two versions."""


@dataclass(frozen=True)
class Deletion:
    """One record that is gone."""

    key: int
    name: str
    moment: datetime
    user_id: Any

    @property
    def before(self) -> datetime:
        """The last moment at which it was there."""
        return self.moment - MOMENT


def deletions(model: Any) -> Any:
    """The versions that say that a row is gone, of rows that are gone now; the newest deletion first."""
    gone = versions(model).filter(history_type=DELETED)
    later = versions(model).filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    return gone.filter(~Exists(later)).order_by("-history_id")


def deletion(version: Any) -> Deletion:
    """A deletion from the version that tells it."""
    name = str(version.history_object)
    return Deletion(version.id, name, version.history_date, version.history_user_id)
