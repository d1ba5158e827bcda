"""How often something is met: in how many announcements, each counted once."""

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet


def announcements_per(
    parts: QuerySet[Any], *paths: str, by: tuple[str, ...] = ()
) -> dict[tuple[Any, ...], int]:
    """How many announcements have parts that refer to each key, by any of these paths, and each value of ``by``.

    Keys are tuples: what a path leads to, then the values of the columns ``by``. One query per path: an
    announcement that an earlier path has counted for a key is left out of the later ones.
    """
    counts: Counter[tuple[Any, ...]] = Counter()
    parts = parts.order_by()
    for number, path in enumerate(paths):
        # Not exclude(): it would leave out every release with one part that has no license.
        rows = parts.annotate(met=F(path)).filter(met__isnull=False)
        for earlier in paths[:number]:
            same = {column: OuterRef(column) for column in ("announcement", *by)}
            rows = rows.filter(~Exists(parts.filter(**same, **{earlier: OuterRef("met")})))
        for *key, count in rows.values_list("met", *by).annotate(
            of=Count("announcement", distinct=True)
        ):
            counts[tuple(key)] += count
    return dict(counts)


def most_frequent(rows: QuerySet[Any], parts: QuerySet[Any], *paths: str) -> list[Any]:
    """The rows that parts refer to, with ``published``: in how many announcements; the most frequent first."""
    counts = announcements_per(parts, *paths)
    found = list(rows.filter(pk__in=[key for (key,) in counts]))
    for row in found:
        row.published = counts[(row.pk,)]
    return sorted(found, key=lambda row: (-row.published, row.name.casefold()))
