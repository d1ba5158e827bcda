"""What a preview shows, so that two previews that would look alike have one name."""

from dataclasses import dataclass
from hashlib import sha256

from announcements.entries import Entry, StatusCount

EDITION = 1
"""Raise it when the drawing changes, so that copies kept elsewhere are drawn anew."""


@dataclass(frozen=True)
class Preview:
    """The facts of one announcement that its picture shows, on one day."""

    title: str
    companies: str
    announced: str
    statuses: tuple[StatusCount, ...]
    days_overdue: int
    days_late: int
    squares: tuple[str, ...]
    """The state of each component of the release that tells most; empty without a release."""
    openness: str
    concerns: int

    @property
    def name(self) -> str:
        """A fingerprint: the same facts have the same, others another."""
        return sha256(f"{EDITION} {self!r}".encode()).hexdigest()[:24]

    @property
    def clock(self) -> tuple[str, str] | None:
        """The slug and the words of the flag: overdue before late, None for neither."""
        for slug, days in (("overdue", self.days_overdue), ("late", self.days_late)):
            if days:
                return slug, f"{days} {'day' if days == 1 else 'days'} {slug}"
        return None

    @property
    def concerns_in_words(self) -> str:
        noun = "concern" if self.concerns == 1 else "concerns"
        return f"{self.concerns or 'No'} {noun} recorded"

    @property
    def words(self) -> str:
        """What the picture says, for those who cannot see it."""
        told = [f"{self.title}. {self.companies}, {self.announced}"]
        told += [", ".join(status_in_words(row, self.statuses) for row in self.statuses)]
        told += [self.clock[1] if self.clock else "", self.openness, self.concerns_in_words]
        return ". ".join(part for part in told if part) + "."


def status_in_words(row: StatusCount, among: tuple[StatusCount, ...]) -> str:
    """A status by its name, with how many promises have it unless there is only one promise."""
    only = len(among) == 1 and row.count == 1
    return row.words if only else f"{row.count} {row.words.lower()}"


def preview(entry: Entry) -> Preview:
    """The facts of a published announcement loaded with ``for_lists`` or ``for_reading``."""
    announcement = entry.announcement
    return Preview(
        title=announcement.title,
        companies=" with ".join(
            part
            for part in (
                str(announcement.announcer),
                ", ".join(str(partner) for partner in announcement.announcers[1:]),
            )
            if part
        ),
        announced=announcement.announced_on.words if announcement.announced_on else "",
        statuses=tuple(entry.statuses),
        days_overdue=entry.days_overdue,
        days_late=entry.days_late,
        squares=tuple(square.state for square in entry.meter.squares) if entry.meter else (),
        openness=entry.release.assessment.words if entry.release else "",
        concerns=len(entry.concerns),
    )
