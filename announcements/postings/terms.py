"""What an announcement can be found by, as the tables say it: pairs of its key and a term."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from announcements import statuses
from announcements.models import (
    Announcement,
    Benefit,
    Company,
    Concern,
    Partner,
    Promise,
    Release,
    ReleaseComponent,
)
from announcements.postings.tables import Keys, Tables

Term = tuple[Any, ...]
"""The name of a filter and a value: a key of a row, a slug, or what two filters say of the same row."""

PUBLISHED: Term = ("published",)


def days(keys: Keys, tables: Tables) -> Iterator[tuple[int, date | None]]:
    """The key and the first day of every announcement, drafts too."""
    return tables.rows(Announcement, "pk", "first_day", keys=keys)


def terms(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    """The key of an announcement, drafts too, and a term; some pairs come more than once."""
    for read in (_own, _companies, _initiatives, _concerns, _promises, _releases, _benefits):
        yield from read(keys, tables)


def _own(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    for key, state, kind in tables.rows(Announcement, "pk", "state", "kind", keys=keys):
        if state == Announcement.State.PUBLISHED:
            yield key, PUBLISHED
        yield key, ("kind", kind)


def _companies(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    countries = dict(tables.rows(Company, "pk", "country"))
    for model, owner in ((Announcement, "pk"), (Partner, "announcement_id")):
        for key, company in tables.rows(model, owner, "company_id", keys=keys):
            # A company that came after the countries were read comes with the next version.
            if company in countries:
                yield key, ("company", company)
                yield key, ("country", countries[company])


def _initiatives(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    links = Announcement.initiatives.through
    for key, initiative in tables.rows(links, "announcement_id", "initiative_id", keys=keys):
        yield key, ("initiative", initiative)


def _concerns(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    """By type, by status, and by both of the same concern."""
    for key, kind, status in tables.rows(
        Concern, "announcement_id", "type_id", "status", keys=keys
    ):
        yield key, ("concern_status", status)
        if kind is not None:
            yield from _of_type(key, kind, status)
    links = Concern.further_types.through
    owner, columns = "concern__announcement_id", ("concerntype_id", "concern__status")
    for key, kind, status in tables.rows(links, owner, *columns, keys=keys):
        yield from _of_type(key, kind, status)


def _of_type(key: int, kind: int, status: str) -> Iterator[tuple[int, Term]]:
    yield key, ("concern", kind)
    yield key, ("concern", kind, status)


def _promises(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    """By status, and by the last day promised where no verdict stands against the clock."""
    for key, status, due in tables.rows(
        Promise, "announcement_id", "status", "due_latest", keys=keys
    ):
        yield key, ("status", status)
        if due is not None and status in statuses.UNSETTLED:
            yield key, ("due", status, due)


def _releases(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    for key, license, level in tables.rows(
        Release, "announcement_id", "license_id", "level", keys=keys
    ):
        yield key, ("openness", level)
        if license is not None:
            yield key, ("license", license)
    owner = "release__announcement_id"
    for key, license in tables.rows(ReleaseComponent, owner, "license_id", keys=keys):
        if license is not None:
            yield key, ("license", license)


def _benefits(keys: Keys, tables: Tables) -> Iterator[tuple[int, Term]]:
    for key, kind in tables.rows(Benefit, "announcement_id", "type_id", keys=keys):
        yield key, ("benefit", kind)
