"""Concerns counted: the types that a set of announcements met."""

from django.db.models import QuerySet

from announcements.models import Announcement, Concern, ConcernType
from announcements.tallies.frequencies import most_frequent


def concern_types_raised(announcements: QuerySet[Announcement]) -> list[ConcernType]:
    """Concern types with ``published``: how many of these announcements met each."""
    concerns = Concern.objects.filter(announcement__in=announcements)
    return most_frequent(ConcernType.objects.all(), concerns, "type", "further_types")
