"""What a set of announcements adds up to: of a company, or about an initiative."""

from dataclasses import dataclass
from datetime import date

from announcements.models import Concern, Promise
from announcements.models.announcement import AnnouncementQuerySet
from announcements.tallies.concerns import StatusRow, concern_statuses
from announcements.tallies.ledgers import Ledger, ledger
from announcements.tallies.licenses import LicenseUse, license_use


@dataclass(frozen=True)
class Standing:
    """How many announcements, what their promises came to, the concerns they met, the licenses they name and use."""

    announcements: int
    ledger: Ledger
    concerns: list[StatusRow]
    licenses: list[LicenseUse]

    @property
    def concern_statuses(self) -> list[str]:
        """The columns of ``concerns`` by name."""
        return Concern.Status.labels


def standing(announcements: AnnouncementQuerySet, today: date) -> Standing:
    """The standing of a set of announcements, in a number of queries that does not grow with it."""
    return Standing(
        announcements=announcements.count(),
        ledger=ledger(Promise.objects.filter(announcement__in=announcements), today),
        concerns=concern_statuses(announcements),
        licenses=license_use(announcements),
    )
