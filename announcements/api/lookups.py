"""What the tracker knows of a thing that somebody holds: an address, a repository, a model, a package.

Sources are found by their canonical address, whatever the spelling. Releases, initiatives and companies keep
their addresses as typed: those that contain the end of the address are read, and compared in canonical form.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q
from django.urls import Resolver404, resolve

from announcements.api.identifiers import HOW, Held, NotAnIdentifier, read
from announcements.api.items import Context, brief
from announcements.api.lists import version_text
from announcements.api.questions import Question, Refused
from announcements.api.resources import OTHERS, Resource, Rows
from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Concern,
    FormerSourceAddress,
    Release,
    ReleaseComponent,
    Update,
)
from announcements.records import Record

MOST = 100
"""Items of one kind that are told."""
READ = 500
"""Rows whose addresses are compared, of those that contain the end of the address."""
BY_NAME = {resource.name: resource for resource in OTHERS}


def looked_up(question: Question) -> Record:
    """What holds the thing that ``url`` names; empty lists if nothing does."""
    question.allow(["url"])
    text = question.one("url")
    if not text:
        raise Refused("url", HOW)
    try:
        held = read(text)
    except NotAnIdentifier as error:
        raise Refused("url", str(error)) from error
    version = version_text()
    context = Context(question.absolute, question.today)
    found = _Found(held, context)
    return {
        "version": version,
        "asked": text,
        "kind": held.kind,
        "canonical_urls": list(held.pages),
        "purl": held.purl,
        **found.told(),
    }


class _Found:
    """What a thing is found in, by kind."""

    def __init__(self, held: Held, context: Context) -> None:
        self.context = context
        self.rows: dict[str, list[Any]] = {
            "companies": _at("companies", held, ["website"], _websites),
            "initiatives": _at("initiatives", held, ["url"], _addresses),
            "releases": _at("releases", held, ["url", "components__url"], _of_release),
            "sources": list(_sources(held)),
        }
        self.announcements = list(self._announcements())
        self._add_page_of_this_site(held)

    def told(self) -> Record:
        others = {
            name: [BY_NAME[name].tell(row, self.context) for row in rows]
            for name, rows in self.rows.items()
        }
        return {"announcements": [brief(row, self.context) for row in self.announcements], **others}

    def _announcements(self) -> Any:
        """Those that rest on the sources, have the releases or are about the initiatives."""
        sources, releases, initiatives = (
            [row.pk for row in self.rows[name]] for name in ("sources", "releases", "initiatives")
        )
        own = {"announcement": OuterRef("pk")}
        held: Any = (
            Exists(Citation.objects.filter(source__in=sources, **own))
            | Exists(Concern.objects.filter(source__in=sources, **own))
            | Exists(Concern.objects.filter(answer_source__in=sources, **own))
            | Exists(Benefit.objects.filter(source__in=sources, **own))
            | Exists(
                Update.objects.filter(source__in=sources, promise__announcement=OuterRef("pk"))
            )
            | Exists(Release.objects.filter(pk__in=releases, **own))
            | Q(Exists(_links().filter(initiative__in=initiatives, **own)))
        )
        return Announcement.objects.published().filter(held).newest_first()[:MOST]

    def _add_page_of_this_site(self, held: Held) -> None:
        """A page of ours, under its address or one that it had."""
        match = _match(held.pages[0], self.context.absolute("/"))
        if match is None or match.url_name not in ("announcement_detail", "company_detail"):
            return
        here = Q(slug=match.kwargs["slug"]) | Q(former_addresses__slug=match.kwargs["slug"])
        if match.url_name == "announcement_detail":
            rows = Announcement.objects.published().filter(here)
            self.announcements = list(dict.fromkeys([*rows[:1], *self.announcements]))
        else:
            company = BY_NAME["companies"]
            rows = company.read(company.public().filter(here))
            self.rows["companies"] = list(dict.fromkeys([*rows[:1], *self.rows["companies"]]))


def _links() -> Rows:
    return Announcement.initiatives.through._default_manager.all()


def _match(page: str, site: str) -> Any:
    ours, theirs = urlsplit(site), urlsplit(page)
    if ours.netloc.removeprefix("www.") != theirs.netloc:
        return None
    try:
        return resolve(f"{theirs.path.rstrip('/')}/")
    except Resolver404:
        return None


def _sources(held: Held) -> Rows:
    here: Any = Q(canonical_url__in=held.pages) | Exists(
        FormerSourceAddress.objects.filter(record=OuterRef("pk"), canonical_url__in=held.pages)
    )
    if held.is_whole:
        for page in held.pages:
            here |= Q(canonical_url__startswith=f"{page}/")
    sources = BY_NAME["sources"]
    return sources.read(sources.public().filter(here).order_by("pk")[:MOST])


def _at(
    name: str, held: Held, columns: Iterable[str], addresses: Callable[[Any], Iterable[str]]
) -> list[Any]:
    """The rows of a resource of which an address is the thing's, or of something in it."""
    resource: Resource = BY_NAME[name]
    candidates = Q()
    for page in held.pages:
        for column in columns:
            candidates |= _containing(column, _end_of(page))
    rows = resource.public().filter(candidates).order_by("pk")[:READ]
    found = [row for row in resource.read(rows) if any(map(_is_of(held), addresses(row)))]
    return found[:MOST]


def _containing(column: str, text: str) -> Q:
    if column == "components__url":
        parts = ReleaseComponent.objects.filter(release=OuterRef("pk"), url__icontains=text)
        return Q(Exists(parts))
    return Q(**{f"{column}__icontains": text})


def _end_of(page: str) -> str:
    """The last two steps of a path, or the host: what every spelling of an address has."""
    address = page.removeprefix("https://").partition("?")[0].partition("#")[0].rstrip("/")
    host, *steps = address.split("/")
    return "/".join(steps[-2:]) or host


def _is_of(held: Held) -> Callable[[str], bool]:
    def is_of(address: str) -> bool:
        try:
            page = canonical_url(address)
        except InvalidAddress:
            return False
        below = held.is_whole and any(page.startswith(f"{whole}/") for whole in held.pages)
        return page in held.pages or below

    return is_of


def _addresses(row: Any) -> list[str]:
    return [row.url] if row.url else []


def _websites(row: Any) -> list[str]:
    return [row.website] if row.website else []


def _of_release(row: Any) -> list[str]:
    return [address for one in (row, *row.components.all()) for address in _addresses(one)]
