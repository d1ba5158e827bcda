"""What each address does, in words and in schemas: the description and the documentation read it here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import reverse

from announcements.api.announcement_lists import FACET_PARAMETERS
from announcements.api.changes import REASONS
from announcements.api.notation import address, many, number, ref, text, texts, thing
from announcements.api.parameters import URL, Parameter, named, of_item, of_list
from announcements.api.resources import ANNOUNCEMENTS, RESOURCES, Resource
from announcements.api.schemas import ADDRESSES, components
from announcements.api.terms import VOCABULARIES
from announcements.models import Announcement
from announcements.records import Record

Ask = Callable[[], str | None]
"""Gives an address with something to show, None while there is nothing."""


@dataclass(frozen=True)
class Operation:
    """One address."""

    id: str
    tag: str
    summary: str
    description: str
    schema: str
    parameters: list[Parameter] = field(default_factory=list)
    example: Ask = lambda: None
    problems: tuple[int, ...] = (400, 429)
    can_move: bool = False
    """Whether it answers 301 under addresses that things had before."""


def _at(name: str, *args: Any, query: str = "") -> str:
    return reverse(f"announcements:api_{name}", args=args) + query


def _first_key(resource: Resource) -> Any:
    rows = resource.public().order_by("-pk")
    return rows.values_list(resource.key, flat=True).first()


def _detail_example(resource: Resource) -> Ask:
    def example() -> str | None:
        key = _first_key(resource)
        return _at(resource.singular, key) if key is not None else None

    return example


def _list_example(resource: Resource) -> Ask:
    if resource is not ANNOUNCEMENTS:
        return lambda: _at(resource.name, query="?page_size=2")
    fields = "id,title,companies,announced_on,page_url,computed"
    return lambda: _at("announcements", query=f"?kind=intent&fields={fields}&page_size=2")


@cache
def list_operation(resource: Resource) -> Operation:
    description = (
        f"{resource.words} A page at a time: next is the address of the next one, null on the last."
    )
    if resource is ANNOUNCEMENTS:
        description += (
            " With changed_since it tells what changed since an earlier answer, in the order of the "
            "changes, and in deleted what a copy should drop before it takes in the items of the page."
        )
    return Operation(
        id=f"list_{resource.name}",
        tag=resource.name,
        summary=f"List {resource.name}",
        description=description,
        schema=f"{resource.schema}Page",
        parameters=of_list(resource),
        example=_list_example(resource),
        problems=(400, 410, 429) if resource is ANNOUNCEMENTS else (400, 429),
    )


@cache
def detail_operation(resource: Resource) -> Operation:
    article = "an" if resource.singular[0] in "aeiou" else "a"
    return Operation(
        id=f"get_{resource.singular}",
        tag=resource.name,
        summary=f"Get {article} {resource.singular}",
        description=components()[resource.schema]["description"],
        schema=resource.schema,
        parameters=of_item(resource),
        example=_detail_example(resource),
        problems=(400, 404, 429),
        can_move=resource.key == "slug",
    )


def _lookup_example() -> str | None:
    cited = Announcement.objects.published().newest_first().exclude(citations=None)
    page = cited.values_list("citations__source__canonical_url", flat=True).first()
    return _at("lookup", query="?url=" + page) if page and "?" not in page else None


ROOT = Operation(
    id="get_root",
    tag="start",
    summary="Begin here",
    description="Every list with its address, the description of the API and its documentation.",
    schema="Root",
    example=lambda: _at("root"),
)
FACETS = Operation(
    id="get_facets",
    tag="announcements",
    summary="Count announcements by the values of each filter",
    description="How many announcements each value of each filter would give under all the other active "
    "filters: the numbers beside the filters of the list. order and page change nothing.",
    schema="Facets",
    parameters=named(ANNOUNCEMENTS, FACET_PARAMETERS),
    example=lambda: _at("facets", query="?kind=intent"),
)
LOOKUP = Operation(
    id="look_up",
    tag="lookup",
    summary="Look up what one holds",
    description="The announcements, releases, initiatives, companies and sources of an address in any "
    "spelling, a repository, a Hugging Face id or a package URL; empty lists if there are none. Of a whole "
    "repository, what lies in it counts too. At most 100 of each.",
    schema="Lookup",
    parameters=[URL],
    example=_lookup_example,
)
VOCABULARIES_LIST = Operation(
    id="list_vocabularies",
    tag="vocabularies",
    summary="List vocabularies",
    description="The lists of words that values stand for: kinds, statuses, types, levels.",
    schema="VocabularyPage",
    example=lambda: _at("vocabularies"),
)
VOCABULARY = Operation(
    id="get_vocabulary",
    tag="vocabularies",
    summary="Get a vocabulary",
    description="Its terms, each with its slug, its name and what it means.",
    schema="Vocabulary",
    parameters=[
        Parameter(
            "key",
            "The id of the vocabulary.",
            {"type": "string", "enum": list(VOCABULARIES)},
            is_required=True,
            place="path",
            example="statuses",
        )
    ],
    example=lambda: _at("vocabulary", "statuses"),
    problems=(400, 404, 429),
)

OPERATIONS = {
    operation.id: operation
    for operation in (
        ROOT,
        FACETS,
        LOOKUP,
        VOCABULARIES_LIST,
        VOCABULARY,
        *map(list_operation, RESOURCES),
        *map(detail_operation, RESOURCES),
    )
}

VERSION = {"version": text("How the data stood; for changed_since. Empty before the first write.")}


def _page(items: Record, **more: Record) -> Record:
    return thing(
        {
            **VERSION,
            "count": number("How many there are on all pages, with those in deleted."),
            "next": {"type": ["string", "null"], "description": "Address of the next page."},
            "results": many(items, "In the order of the list."),
            **more,
        },
        *more,
    )


def _with_some_keys(name: str) -> Record:
    """An item of which ``fields`` may have left out any key."""
    return {key: value for key, value in components()[name].items() if key != "required"}


def _gone() -> Record:
    reasons = " ".join(f"{reason}: {words}" for reason, words in REASONS.items())
    return thing(
        {
            "id": text("An id under which nothing is selected any more."),
            "reason": text(reasons, enum=list(REASONS)),
            "now": text("The id that it has now."),
        },
        "now",
    )


_WORD = {
    "id": text("In its address."),
    "title": text("What it is a list of."),
    "words": text("What its terms say."),
    "parameter": text("The filter that takes its slugs; empty if none does."),
}
_LINK = thing(
    {"name": text("Its name."), "words": text("What it holds."), "url": text("Its address.")}
)


@cache
def every_schema() -> Record:
    """The schemas of items and of whole answers, by name."""
    pages = {f"{row.schema}Page": _page(ref(row.schema)) for row in RESOURCES}
    deleted = many(
        _gone(), "With changed_since: what a copy should drop, before it takes the items in."
    )
    pages["AnnouncementPage"] = _page(ref("Announcement"), deleted=deleted)
    one = {row.schema: _with_some_keys(row.schema) for row in RESOURCES}
    value = thing(
        {
            "value": text("What the filter takes."),
            "name": text("What readers see."),
            "count": number("Announcements it would give under the other active filters."),
        }
    )
    facet = thing(
        {"name": text("The filter."), "label": text("In words."), "values": many(value, "All.")}
    )
    term = thing({"slug": text("A value."), "name": text("In words."), "definition": text("")})
    return {
        **components(),
        **one,
        **pages,
        "Facets": thing(
            {**VERSION, "count": number("Announcements selected."), "facets": many(facet, "All.")}
        ),
        "Lookup": thing(
            {
                **VERSION,
                "asked": text("What was asked for."),
                "kind": text("What it was read as.", enum=["page", "repository"]),
                "canonical_urls": texts("The pages that it means."),
                "purl": text("Its package URL; empty if it has none that is known here."),
                "announcements": many(ref("AnnouncementBrief"), "Newest first."),
                **{
                    row.name: many(ref(row.schema), "Found at it.")
                    for row in RESOURCES
                    if row.name in ("companies", "initiatives", "releases", "sources")
                },
            }
        ),
        "Root": thing(
            {
                "title": text("The name of the site."),
                **VERSION,
                "schema": address("The OpenAPI description."),
                "docs": address("The documentation, for people."),
                "data": address("All other forms in which the data can be had."),
                "license": address("The license of the data."),
                "lists": many(_LINK, "Every list."),
                "others": many(_LINK, "What is no list."),
            }
        ),
        "Vocabulary": thing(
            {**_WORD, "terms": many(term, "In their order."), "api_url": ADDRESSES["api_url"]}
        ),
        "VocabularyPage": _page(thing({**_WORD, "api_url": ADDRESSES["api_url"]})),
    }
