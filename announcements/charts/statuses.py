"""The statuses of a set of promises side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from announcements import statuses
from announcements.vocabularies import terms


@dataclass(frozen=True)
class Segment:
    """How many promises have a status, as a part of a bar; positions are percent of its width."""

    status: str
    words: str
    count: int
    announcements: int
    """Announcements with at least one such promise: what a link to them lists."""
    start: float
    width: float


def status_bar(
    by_status: Mapping[str, int], announcements: Mapping[str, int] | None = None
) -> list[Segment]:
    """The statuses of a set of promises side by side, in the vocabulary's order, without empty ones."""
    made = sum(by_status.values())
    segments: list[Segment] = []
    before = 0
    for status in statuses.ALL:
        if count := by_status.get(status, 0):
            segments.append(
                Segment(
                    status=status,
                    words=terms("delivery_statuses")[status]["name"],
                    count=count,
                    announcements=(announcements or {}).get(status, 0),
                    start=round(100 * before / made, 2),
                    width=round(100 * count / made, 2),
                )
            )
            before += count
    return segments
