"""How many announcements each value of each filter would give under all the other active filters.

A filter ignores its own choice, because several values of one filter mean *or*. What one count says is
what the list shows when the value is chosen, so each count asks ``filters.conditions`` for the rest.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from announcements.filters import YES_NO, conditions
from announcements.models import (
    Announcement,
    Benefit,
    Concern,
    Partner,
    Promise,
    Release,
    ReleaseComponent,
)
from announcements.models.announcement import AnnouncementQuerySet

Counts = Counter[str]
Chosen = Mapping[str, Any]


def counts(chosen: Chosen, today: date) -> dict[str, Counts]:
    """By filter and value; a value that would give nothing is not in it.

    ``chosen`` are the cleaned values of a selection.
    """
    return {
        name: count(_among(chosen, name, today), chosen, today) for name, count in COUNTED.items()
    }


def _among(chosen: Chosen, name: str, today: date) -> AnnouncementQuerySet:
    """The announcements under all active filters but one."""
    others = {key: value for key, value in chosen.items() if key != name}
    return Announcement.objects.published().filter(*conditions(others, today)).order_by()


def _by(rows: QuerySet[Any], value: str, counted: str = "announcement") -> Counts:
    """Announcements per value, each once however many of the rows are its own."""
    pairs = rows.order_by().exclude(**{value: None}).values_list(value)
    return Counter(dict(pairs.annotate(number=Count(counted, distinct=True))))


def _companies(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    partners = Partner.objects.filter(announcement__in=among)
    others = partners.exclude(company=F("announcement__company"))
    return _by(among, "company__slug", "pk") + _by(others, "company__slug")


def _countries(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    partners = Partner.objects.filter(announcement__in=among)
    others = partners.exclude(company__country=F("announcement__company__country"))
    codes = _by(among, "company__country", "pk") + _by(others, "company__country")
    return Counter({code.lower(): number for code, number in codes.items()})


def _concerns(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    """By main and by further type, of concerns that stand as chosen."""
    concerns = Concern.objects.filter(announcement__in=among)
    if states := chosen.get("concern_status"):
        concerns = concerns.filter(status__in=states)
    same = concerns.filter(
        announcement=OuterRef("concern__announcement"), type=OuterRef("concerntype")
    )
    further = Concern.further_types.through.objects.filter(concern__in=concerns)
    more = further.exclude(Exists(same))
    return _by(concerns, "type__slug") + _by(more, "concerntype__slug", "concern__announcement")


def _concern_statuses(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    concerns = Concern.objects.filter(announcement__in=among)
    types = chosen.get("concern")
    return _by(concerns.of_types(types) if types else concerns, "status")


def _kinds(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    return _by(among, "kind", "pk")


def _initiatives(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    about = Announcement.initiatives.through.objects.filter(announcement__in=among)
    return _by(about, "initiative__slug")


def _statuses(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    promises = Promise.objects.filter(announcement__in=among)
    return _by(promises.overdue(today) if chosen.get("overdue") == ["yes"] else promises, "status")


def _overdue(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    asked = {"status": chosen.get("status")}
    return Counter(
        {
            answer: among.filter(*conditions({**asked, "overdue": [answer]}, today)).count()
            for answer in YES_NO
        }
    )


def _licenses(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    """Of whole releases, and of their components where the license is another."""
    releases = Release.objects.filter(announcement__in=among)
    same = Release.objects.filter(
        announcement=OuterRef("release__announcement"), license=OuterRef("license")
    )
    parts = ReleaseComponent.objects.filter(release__announcement__in=among)
    more = _by(parts.exclude(Exists(same)), "license__slug", "release__announcement")
    return _by(releases, "license__slug") + more


def _levels(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    return _by(Release.objects.filter(announcement__in=among), "level")


def _benefits(among: AnnouncementQuerySet, chosen: Chosen, today: date) -> Counts:
    return _by(Benefit.objects.filter(announcement__in=among), "type__slug")


COUNTED: dict[str, Callable[[AnnouncementQuerySet, Chosen, date], Counts]] = {
    "company": _companies,
    "concern": _concerns,
    "concern_status": _concern_statuses,
    "initiative": _initiatives,
    "kind": _kinds,
    "status": _statuses,
    "overdue": _overdue,
    "license": _licenses,
    "openness": _levels,
    "benefit": _benefits,
    "country": _countries,
}
"""The filters whose values are counted, and how."""
