"""Who announced: companies with the names they bore on the day of an announcement."""

from dataclasses import dataclass
from typing import Any

from announcements.models.company import Company
from announcements.partial_dates import PartialDate


@dataclass(frozen=True)
class Announcer:
    """A company as the announcement of one day names it."""

    company: Company
    then: str
    """The name it bore then, "" if that is the present one or not known."""

    def __str__(self) -> str:
        return self._beside(self.company.name)

    @property
    def in_full(self) -> str:
        return self._beside(self.company.full_name)

    def _beside(self, now: str) -> str:
        return f"{self.then} (now {now})" if self.then and self.then != now else now


class Announced:
    """What an announcement says of its companies; load it with their former names."""

    company: Any
    partners: Any
    announced_on: PartialDate | None

    @property
    def companies(self) -> list[Company]:
        """The company that announced, then those that announced with it."""
        return [
            *([self.company] if self.company else []),
            *(partner.company for partner in self.partners.all()),
        ]

    @property
    def announcers(self) -> list[Announcer]:
        """Its companies with the names they bore on its day."""
        return [self._named(company) for company in self.companies]

    @property
    def announcer(self) -> Announcer | None:
        """The company that announced, with the name it bore then."""
        return self._named(self.company) if self.company else None

    def _named(self, company: Company) -> Announcer:
        return Announcer(company, company.former_name_on(self.announced_on))
