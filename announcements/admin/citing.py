"""Whatever source a fact names stands in its announcement's list."""

from typing import Any

from django.db.models import Max

from announcements.models import Announcement, Citation, Source, Update
from announcements.statuses import DELIVERED, PARTLY_DELIVERED

Supports = Citation.Supports


def cite_what_facts_name(announcement: Announcement) -> list[Source]:
    """Add the sources of steps, concerns and benefits that the list lacks, at its end; return them."""
    listed = set(announcement.citations.values_list("source_id", flat=True))
    start = _end_of_list(announcement)
    lacking = [
        (key, supports) for key, supports in _named(announcement).items() if key not in listed
    ]
    for position, (key, supports) in enumerate(lacking, start=start):
        announcement.citations.create(source_id=key, supports=supports, position=position)
    return list(Source.objects.filter(pk__in=[key for key, _ in lacking]))


def cite(announcement: Announcement, source: Source | None, **facts: Any) -> bool:
    """Add a source at the end of the list, with these facts; returns whether the list lacked it."""
    place = {"position": _end_of_list(announcement), **facts}
    return announcement.citations.get_or_create(source=source, defaults=place)[1]


def _end_of_list(announcement: Announcement) -> int:
    last = announcement.citations.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _named(announcement: Announcement) -> dict[int, str]:
    """The sources that facts name, each with what it is evidence of by the fact that names it first."""
    steps = Update.objects.filter(promise__announcement=announcement, source__isnull=False)
    obtained = (DELIVERED, PARTLY_DELIVERED)
    named: dict[int, str] = {}
    for key, status in steps.order_by("promise", "position").values_list("source_id", "status"):
        named.setdefault(key, Supports.DELIVERY if status in obtained else Supports.ANNOUNCEMENT)
    for keys in announcement.concerns.values_list("source_id", "answer_source_id"):
        for key in filter(None, keys):
            named.setdefault(key, Supports.CONCERN)
    for key in announcement.benefits.filter(source__isnull=False).values_list(
        "source_id", flat=True
    ):
        named.setdefault(key, Supports.BENEFIT)
    return named
