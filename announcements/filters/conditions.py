"""What an announcement must meet, as conditions of a query: EXISTS, so that no row comes twice.

``sets`` says the same of remembered sets; ``tests/test_facets.py`` holds the two against each other.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from announcements.models import Benefit, Company, Concern, Initiative, License, Promise, Release
from announcements.models.announcement import announced_by
from announcements.models.promise import PromiseQuerySet
from announcements.search import matching


def conditions(chosen: Mapping[str, Any], today: date | None = None) -> list[Q | Exists]:
    """What an announcement must meet, from cleaned values; leave a key out to ask without that filter."""
    return [
        condition
        for condition in _conditions(chosen, today or timezone.localdate())
        if condition is not None
    ]


def _conditions(chosen: Mapping[str, Any], today: date) -> Iterator[Q | Exists | None]:
    yield matching(chosen["q"]) if chosen.get("q") else None
    yield Q(kind__in=chosen["kind"]) if chosen.get("kind") else None
    yield Q(first_day__gte=chosen["after"].earliest) if chosen.get("after") else None
    yield Q(first_day__lte=chosen["before"].latest) if chosen.get("before") else None
    if slugs := chosen.get("company"):
        yield announced_by(Company.objects.filter(slug__in=slugs))
    if codes := chosen.get("country"):
        yield announced_by(Company.objects.filter(country__in=[code.upper() for code in codes]))
    if slugs := chosen.get("initiative"):
        yield Exists(Initiative.objects.filter(slug__in=slugs, announcements=OuterRef("pk")))
    if slugs := chosen.get("license"):
        yield _has(Release.objects.under(License.objects.filter(slug__in=slugs)))
    if levels := chosen.get("openness"):
        yield _has(Release.objects.filter(level__in=levels))
    if slugs := chosen.get("benefit"):
        yield _has(Benefit.objects.filter(type__slug__in=slugs))
    yield from _concerns(chosen)
    yield from _promises(chosen, today)


def _has(rows: Any) -> Exists:
    return Exists(rows.filter(announcement=OuterRef("pk")))


def _concerns(chosen: Mapping[str, Any]) -> Iterator[Exists]:
    """Type and status speak of the same concern."""
    types, states = chosen.get("concern"), chosen.get("concern_status")
    if types or states:
        concerns = Concern.objects.of_types(types) if types else Concern.objects.all()
        yield _has(concerns.filter(status__in=states) if states else concerns)


def _promises(chosen: Mapping[str, Any], today: date) -> Iterator[Exists | Q]:
    """Status and overdue speak of the same promise; not overdue means that none is."""
    overdue = chosen.get("overdue")
    if overdue == ["yes"] or chosen.get("status"):
        yield _has(promises_meant(chosen, today))
    if overdue == ["no"]:
        yield ~Q(_has(Promise.objects.overdue(today)))


def promises_meant(chosen: Mapping[str, Any], today: date) -> PromiseQuerySet:
    """The promises, of whatever announcement, that status and overdue speak of; all without these."""
    states = chosen.get("status")
    promises = Promise.objects.filter(status__in=states) if states else Promise.objects.all()
    return promises.overdue(today) if chosen.get("overdue") == ["yes"] else promises
