"""What can stand in an item whole instead of by its name: the values of ``expand``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from announcements.api.items import (
    Context,
    brief,
    company_item,
    concern_type_item,
    initiative_item,
    license_item,
)
from announcements.records import Record


@dataclass(frozen=True)
class Expansion:
    """One value of ``expand``."""

    words: str
    apply: Callable[[Record, Any, Context], None]
    """Changes the item of a row."""
    paths: tuple[str, ...] = ()
    """What it reads beside the row, as paths to prefetch."""


def _companies(item: Record, row: Any, context: Context) -> None:
    item["companies"] = [company_item(company, context) for company in row.companies]


def _initiatives(item: Record, row: Any, context: Context) -> None:
    item["initiatives"] = [
        initiative_item(initiative, context) for initiative in row.initiatives.all()
    ]


def _related(item: Record, row: Any, context: Context) -> None:
    shown = sorted((one for one in row.related.all() if one.is_published), key=lambda one: one.slug)
    if shown:
        item["related"] = [brief(other, context) for other in shown]


def _licenses(item: Record, row: Any, context: Context) -> None:
    for told, promise in zip(item["promises"], row.promises.all(), strict=True):
        _license(told, promise, context)
    for told, release in zip(item["releases"], row.releases.all(), strict=True):
        _license_of_release(told, release, context)


def _license(item: Record, row: Any, context: Context) -> None:
    if row.license:
        item["license"] = license_item(row.license, context)


def _license_of_release(item: Record, row: Any, context: Context) -> None:
    _license(item, row, context)
    for part in row.components.all():
        _license(item["components"][part.component], part, context)


def _announcement(item: Record, row: Any, context: Context) -> None:
    item["announcement"] = brief(row.announcement, context)


def _type(item: Record, row: Any, context: Context) -> None:
    item["type"] = concern_type_item(row.type)


def _company(item: Record, row: Any, context: Context) -> None:
    item["company"] = company_item(row.company, context)


def _announcements(item: Record, row: Any, context: Context) -> None:
    item["announcements"] = [brief(citation.announcement, context) for citation in row.cited]


ANNOUNCEMENT = {"announcement": Expansion("id, title, date and addresses of it", _announcement)}
OF_ANNOUNCEMENTS = {
    "companies": Expansion("companies instead of their legal names", _companies),
    "initiatives": Expansion(
        "initiatives with their addresses", _initiatives, ("initiatives__company__former_names",)
    ),
    "licenses": Expansion("licenses of promises, releases and components", _licenses),
    "related": Expansion("id, title, date and addresses of each", _related),
}
OF_INITIATIVES = {
    "company": Expansion(
        "the company instead of its legal name", _company, ("company__former_names",)
    )
}
OF_PROMISES = {**ANNOUNCEMENT, "license": Expansion("the license that it names", _license)}
OF_RELEASES = {
    **ANNOUNCEMENT,
    "license": Expansion("its license and those of its components", _license_of_release),
}
OF_CONCERNS = {**ANNOUNCEMENT, "type": Expansion("name and definition of its type", _type)}
OF_SOURCES = {
    "announcements": Expansion("id, title, date and addresses of each", _announcements),
}
