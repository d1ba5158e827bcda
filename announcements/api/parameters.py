"""The parameters of the API, each with what it takes and what it does."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from announcements.api.lists import parameters, shaping
from announcements.api.questions import MOST, USUAL
from announcements.api.resources import ANNOUNCEMENTS, Resource
from announcements.api.schemas import components
from announcements.filters import ORDERS, AnnouncementFilter
from announcements.filters.fields import SPELLINGS
from announcements.records import Record
from announcements.search import LONGEST_QUERY

EVERY_YEAR = (
    r"0[1-9]|1[0-2]",
    r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])",
    r"(?:0[13-9]|1[0-2])-(?:29|30)",
    r"(?:0[13578]|1[02])-31",
)
"""Months, and the days that they have."""
LEAP_DAY = "(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
PARTIAL_DATE = rf"^(?:[12]\d{{3}}(?:-(?:{'|'.join(EVERY_YEAR)}))?|{LEAP_DAY})$"
"""Every date that is taken, but for leap days of far centuries."""


@dataclass(frozen=True)
class Parameter:
    """One name in a query string, or in a path."""

    name: str
    words: str
    schema: Record
    is_repeatable: bool = False
    is_required: bool = False
    place: str = "query"
    example: Any = None


MEANINGS = {
    "q": "Words, phrases in quotation marks, -exclusions and beginnings of words*: announcements that "
    "hold all of them.",
    "company": "Announced by one of these companies, alone or with others.",
    "concern": "With a concern of one of these types.",
    "concern_status": "With a concern that stands so; together with concern it speaks of the same one.",
    "initiative": "About one of these initiatives.",
    "kind": "Of one of these kinds.",
    "status": "With a promise that stands so.",
    "overdue": "yes: with a promise past its date; no: without any. With status, yes speaks of the "
    "same promise.",
    "license": "With a release, or a part of one, under one of these licenses.",
    "openness": "With a release of one of these levels.",
    "benefit": "For which one of these benefits is claimed.",
    "country": "By a company with its head office in one of these countries, as ISO 3166-1 codes.",
    "after": "From the first day of this date on: 2023, 2023-10 or 2023-10-18.",
    "before": "Until the last day of this date: 2023, 2023-10 or 2023-10-18.",
}
VALUES_FROM_DATA = ("company", "concern", "initiative", "license", "benefit", "country")
"""Filters whose values differ from database to database; the served description names them."""
EXAMPLES: Record = {
    "q": "open weights",
    "kind": "intent",
    "status": "announced",
    "overdue": "yes",
    "openness": "open-weights",
    "concern_status": "open",
    "after": "2023",
    "before": "2026-06",
}
PAGE_SIZE = Parameter(
    "page_size",
    f"How many items a page has, {USUAL} unless said otherwise.",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    example=10,
)
CURSOR = Parameter(
    "cursor",
    "Where the list goes on. Not to be made up: follow next of an answer until it is null.",
    {"type": "string", "maxLength": 2000},
)
CHANGED_SINCE = Parameter(
    "changed_since",
    "Only what changed since: version of an earlier answer, or a time as in 2026-03-01T12:00:00Z. "
    "What readers see no more is told in deleted. Comes in the order of the changes.",
    {
        "type": "string",
        "anyOf": [{"pattern": r"^\d{1,18}-[0-9a-f]{32}$"}, {"format": "date-time"}],
    },
    example="2026-01-01T00:00:00Z",
)
NAME = Parameter(
    "name",
    "Only those of which every word stands in a name that they bear or bore.",
    {"type": "string", "maxLength": 200},
    example="meta",
)
PAGE = Parameter(
    "page",
    "Begins at this page, of as many items as page_size says; from there next goes on.",
    {"type": "integer", "minimum": 1},
    example=1,
)
URL = Parameter(
    "url",
    "An address in any spelling; owner/name; hf:owner/name; pkg:github/…, pkg:huggingface/….",
    {"type": "string", "minLength": 1, "maxLength": 2000},
    is_required=True,
    example="pkg:github/xai-org/x-algorithm",
)


EVERYWHERE = (*MEANINGS, "page_size", "cursor", "name", "page")
"""Parameters that are the same wherever they are taken."""


@cache
def filters() -> dict[str, Parameter]:
    """The filters of announcements, by name."""
    return {name: _filter(name) for name in MEANINGS}


def _filter(name: str) -> Parameter:
    row = AnnouncementFilter.base_filters[name]
    schema: Record = {"type": "string"}
    choices = row.extra.get("choices")
    is_repeatable = choices is not None and name != "overdue"
    if name == "overdue":
        schema["enum"] = ["yes", "no", *SPELLINGS]
    elif isinstance(choices, list):
        schema["enum"] = [slug for slug, _ in choices]
    elif name in ("after", "before"):
        schema["pattern"] = PARTIAL_DATE
    elif name == "q":
        schema["maxLength"] = LONGEST_QUERY
    else:
        schema["pattern"] = r"^[a-z0-9._-]+$"
    return Parameter(name, MEANINGS[name], schema, is_repeatable, example=EXAMPLES.get(name))


def _order(resource: Resource) -> Parameter:
    if resource is ANNOUNCEMENTS:
        orders = {slug: words.lower() for slug, (words, _) in ORDERS.items()}
        usual = "relevance with q, else newest"
    else:
        orders = {slug: words for slug, (words, _) in resource.orders.items()}
        usual = next(iter(orders))
    told = "; ".join(f"{slug}: {words}" for slug, words in orders.items())
    example = list(orders)[-1]
    words = f"The order of the list ({told}), {usual} unless said otherwise."
    return Parameter("order", words, {"type": "string", "enum": list(orders)}, example=example)


def _fields(resource: Resource) -> Parameter:
    keys = list(components()[resource.schema]["properties"])
    return Parameter(
        "fields",
        "Only these keys of each item, with commas or repeated.",
        {"type": "string", "enum": keys},
        is_repeatable=True,
        example=keys[:2],
    )


def _expand(resource: Resource) -> Parameter:
    told = "; ".join(f"{name}: {row.words}" for name, row in resource.expansions.items())
    return Parameter(
        "expand",
        f"What stands in an item whole instead of by its name, with commas or repeated ({told}).",
        {"type": "string", "enum": list(resource.expansions)},
        is_repeatable=True,
        example=list(resource.expansions)[:1],
    )


def named(resource: Resource, names: Iterable[str]) -> list[Parameter]:
    """Parameters of a resource by their names."""
    return [_named(resource, name) for name in names]


def _named(resource: Resource, name: str) -> Parameter:
    if name in MEANINGS:
        return filters()[name]
    made = {"order": _order, "fields": _fields, "expand": _expand}
    if name in made:
        return made[name](resource)
    fixed = (PAGE_SIZE, CURSOR, CHANGED_SINCE, NAME, PAGE)
    return next(parameter for parameter in fixed if parameter.name == name)


def of_list(resource: Resource) -> list[Parameter]:
    return named(resource, parameters(resource))


def of_item(resource: Resource) -> list[Parameter]:
    return [key_of(resource), *named(resource, shaping(resource))]


def key_of(resource: Resource) -> Parameter:
    if resource.key == "pk":
        schema: Record = {"type": "integer", "minimum": 1}
    else:
        schema = {"type": "string", "pattern": "^[A-Za-z0-9._-]+$"}
    words = f"The id of the {resource.singular}."
    return Parameter("key", words, schema, is_required=True, place="path")
