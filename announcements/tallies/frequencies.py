"""How often something is met: in how many announcements, each counted once."""

from typing import Any

from django.db.models import QuerySet


def most_frequent(rows: QuerySet[Any], parts: QuerySet[Any], *paths: str) -> list[Any]:
    counts = announcements_per(parts, *paths)
    found = [row for row in rows if row.pk in counts]
    for row in found:
        row.published = counts[row.pk]
    return sorted(found, key=lambda row: (-row.published, row.name.casefold()))


def announcements_per(parts: QuerySet[Any], *paths: str) -> dict[int, int]:
    """How many announcements have parts that refer to each key, by any of these paths."""
    found: dict[int, set[int]] = {}
    for path in paths:
        # Not exclude(): it would leave out every release with one part that has no license.
        rows = parts.order_by().filter(**{f"{path}__isnull": False})
        for key, announcement in rows.values_list(path, "announcement"):
            found.setdefault(key, set()).add(announcement)
    return {key: len(announcements) for key, announcements in found.items()}
