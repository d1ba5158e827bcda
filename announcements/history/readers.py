"""What readers saw of announcements that they see no more: that alone, and nothing of any draft."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from announcements.history.rows import newest, versions
from announcements.models import Announcement

SEEN = Q(state=Announcement.State.PUBLISHED)


def was_seen(key: Any) -> Any:
    """The versions in which readers saw the announcement of a key, or of an expression that gives it."""
    return versions(Announcement).filter(SEEN, id=key)


def last_seen(keys: Iterable[int]) -> dict[int, str]:
    """By key, the slug under which readers last saw an announcement; those that they never saw are left out."""
    rows = newest(Announcement, among=SEEN & Q(id__in=list(keys)))
    return dict(rows.values_list("id", "slug"))
