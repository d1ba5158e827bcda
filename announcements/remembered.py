"""What is worked out over whole tables, once for each version of the data and each day."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast

from django.core.cache import cache

from announcements.models.version import current_version

A_DAY = 86_400
"""Seconds that an answer is kept; a later version or another day never asks for it again."""

T = TypeVar("T")


def remembered(name: str, today: date, work_out: Callable[[], T]) -> T:
    """The answer kept under this name for the data as it stands, or else worked out now.

    The answer must depend on nothing but the data, the day and the name, and be picklable. One that
    met a write half-way is kept for a version that nobody asks for once that write is done.
    """
    version = current_version()
    if version is None:
        return work_out()
    key = f"{name}:{version.number}:{version.token}:{today:%Y-%m-%d}"
    return cast("T", cache.get_or_set(key, work_out, A_DAY))
