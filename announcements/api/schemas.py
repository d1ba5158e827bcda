"""What answers look like, as JSON Schema: the records' own schema with what the API adds to it."""

from collections.abc import Mapping
from functools import cache

from announcements import openness, statuses
from announcements.api.notation import (
    address,
    flag,
    many,
    number,
    of_record,
    ref,
    text,
    texts,
    thing,
)
from announcements.models import License
from announcements.records import Record, announcement_schema, company_schema
from announcements.vocabularies import terms

DATE = "A day, a month or a year: 2023-10-18, 2023-10 or 2023."
ADDRESSES = {
    "page_url": address("Its page on this site."),
    "api_url": address("This item alone."),
}
PART_ADDRESSES = {
    "page_url": address("The page of its announcement."),
    "api_url": address("This item alone."),
}
OF = {"announcement": text("The id of its announcement.")}
KEY = {"id": {"type": "integer", "description": "Stays as long as the row is there."}}
SLUG = {"id": text("The last part of the address of its page.")}
ANNOUNCED = {"announcements": number("How many published announcements have it.")}
CLOCK = {
    "status": text("That of its latest update.", enum=list(statuses.ALL)),
    "status_on": text(f"Since when. {DATE}"),
    "due_latest": text("The last day that keeps it, after all delays; empty if none was named."),
    "delivered_on": text(f"When it was first delivered; empty if it was not. {DATE}"),
    "overdue": flag("Whether its last promised day is past and it is not settled."),
    "days_overdue": number("Days since that day, 0 unless overdue."),
    "days_late": number(
        "Days between the date first promised and the delivery, 0 unless it certainly came late."
    ),
}
VERDICT = {
    "level": text("How open it is, computed from its components.", enum=list(terms("levels"))),
    "level_is_at_least": flag("Whether parts that nobody checked yet could raise the level."),
    "mof_class": text(
        "Class of the Model Openness Framework, indicative; empty if it has none.",
        enum=["I", "II", "III", ""],
    ),
    "label_gap": flag("Whether the company calls it open source and what was found is not."),
}
BRIEF = thing(
    {
        "id": text("The last part of the address of its page."),
        "title": text("What happened, in a line."),
        "announced_on": text(DATE),
        "kind": text("What kind of announcement it is.", enum=list(terms("announcement_kinds"))),
        **ADDRESSES,
    },
    description="An announcement as others refer to it.",
)
PROBLEM = thing(
    {
        "type": text("What kind of problem it is; about:blank where the status says it."),
        "title": text("The status in words."),
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": text("What is wrong, and what would be right."),
        "errors": many(
            thing(
                {
                    "parameter": text("The name of a parameter."),
                    "detail": text("What is wrong with it, with the values that are allowed."),
                }
            ),
            "What is wrong with the address, parameter by parameter.",
        ),
    },
    "errors",
    description="What went wrong (RFC 9457).",
)


def _record() -> Record:
    properties: Record = of_record(announcement_schema())["properties"]
    return {name: row for name, row in properties.items() if name != "state"}


def _announcement() -> Record:
    record = _record()
    record["companies"] = {
        "description": record["companies"]["description"],
        "anyOf": [
            {**record["companies"], "description": "Legal names."},
            many(ref("Company"), "Companies, with expand=companies."),
        ],
    }
    record["initiatives"] = {
        "description": record["initiatives"]["description"],
        "anyOf": [
            {**record["initiatives"], "description": "As in a record."},
            many(ref("Initiative"), "Initiatives, with expand=initiatives."),
        ],
    }
    record["related"] = {
        "description": record["related"]["description"],
        "anyOf": [
            {**record["related"], "description": "Their ids."},
            many(ref("AnnouncementBrief"), "In brief, with expand=related."),
        ],
    }
    _licenses_may_be_whole(record["promises"]["items"], "licenses")
    _licenses_may_be_whole(record["releases"]["items"], "licenses")
    components = record["releases"]["items"]["properties"]["components"]
    _licenses_may_be_whole(components["additionalProperties"], "licenses")
    return thing(
        {
            **record,
            **ADDRESSES,
            "published_at": text("Since when readers see it.", format="date-time"),
            "changed_at": text(
                "When it, or the story of one of its promises, was last written.",
                format="date-time",
            ),
            "computed": _computed(),
        },
        "note",
        "related",
        description="One announcement: its record, and what is computed from it.",
    )


def _licenses_may_be_whole(part: Record, asked: str) -> None:
    part["properties"]["license"] = {
        "description": part["properties"]["license"]["description"],
        "anyOf": [
            {"type": "string", "description": "Its slug."},
            {"type": "null", "description": "Not checked, or none named."},
            {**ref("License"), "description": f"With expand={asked}."},
        ],
    }


def _computed() -> Record:
    where = {**KEY, "api_url": address("It alone.")}
    return thing(
        {
            "statuses": {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 1},
                "description": "How many of its promises have a status.",
            },
            "overdue": flag("Whether one of its promises is past its date."),
            "days_overdue": number("The most that one of its promises is overdue."),
            "days_late": number("The most that one of its promises came late."),
            "promises": many(thing({**where, **CLOCK}), "In the order of the record's promises."),
            "releases": many(thing({**where, **VERDICT}), "In the order of the record's releases."),
            "concerns": many(thing(where), "In the order of the record's concerns."),
        },
        description="What nobody typed; not a part of the record.",
    )


def _part(name: str, *groups: Mapping[str, Record], description: str) -> Record:
    """A part of an announcement as an item of its own."""
    schema = _record()[name]["items"]
    optional = [key for key in schema["properties"] if key not in schema["required"]]
    properties = {**KEY, **OF, **schema["properties"]}
    for group in groups:
        properties |= group
    properties["announcement"] = {
        "description": OF["announcement"]["description"],
        "anyOf": [{"type": "string"}, ref("AnnouncementBrief")],
    }
    if "license" in properties:
        _licenses_may_be_whole({"properties": properties}, "license")
    if name == "releases":
        _licenses_may_be_whole(properties["components"]["additionalProperties"], "license")
    if name == "concerns":
        kind = thing({key: text("") for key in ("slug", "name", "definition")})
        properties["type"] = {
            "description": "Slug of the concern type; null if none fits; whole with expand=type.",
            "anyOf": [{"type": "string"}, {"type": "null"}, kind],
        }
    return thing(properties, *optional, description=description)


def _source() -> Record:
    schema = _record()["sources"]["items"]
    properties = {key: row for key, row in schema["properties"].items() if key != "supports"}
    optional = [key for key in properties if key not in ("url", "kind")]
    return thing(
        {
            **KEY,
            **properties,
            "canonical_url": address("The one form of all spellings of its address."),
            "announcements": {
                "description": "Published announcements that cite it.",
                "anyOf": [
                    texts("Their ids."),
                    many(ref("AnnouncementBrief"), "In brief, with expand=announcements."),
                ],
            },
            "api_url": ADDRESSES["api_url"],
        },
        *optional,
        description="A page that announcements rest on.",
    )


def _company() -> Record:
    properties = of_record(company_schema())["properties"]
    return thing(
        {**SLUG, **properties, **ANNOUNCED, **ADDRESSES},
        "former_names_used",
        description="A company that announces.",
    )


def _initiative() -> Record:
    properties = _record()["initiatives"]["items"]["properties"]
    properties["company"] = {
        "description": "The company that runs it: its legal name, or whole with expand=company.",
        "anyOf": [{"type": "string"}, ref("Company")],
    }
    return thing(
        {**SLUG, **properties, **ANNOUNCED, **ADDRESSES},
        "description",
        description="What a company runs or makes.",
    )


def _license() -> Record:
    return thing(
        {
            **SLUG,
            "name": text("What people call it."),
            "spdx_id": text("Its identifier on the SPDX list; empty if it has none."),
            "osi_approved": flag("Whether OSI approved it."),
            "license_class": text("Decides what counts as open.", enum=License.Class.values),
            "restrictions": texts("What it restricts; words in vocabularies/license-restrictions."),
            "threshold": text("The number of users or the revenue above which it ends."),
            "attribution": text("Whether names must be kept.", enum=License.Attribution.values),
            "patent_grant": text("What it says of patents.", enum=License.PatentGrant.values),
            "description": text("In plain words."),
            "examples": texts("What came under it."),
            "url": text("Address of its text; empty if none is recorded."),
            "checked": text("How far its terms were read.", enum=License.Checked.values),
            "aliases": texts("Other spellings."),
            **ANNOUNCED,
            **ADDRESSES,
        },
        description="Terms under which something can be had.",
    )


@cache
def components() -> Record:
    """Every schema that answers name, by its name."""
    release = _part("releases", VERDICT, PART_ADDRESSES, description="What could be obtained.")
    component = release["properties"]["components"]["additionalProperties"]
    component["properties"]["state"]["enum"] = list(openness.AVAILABILITIES)
    return {
        "Announcement": _announcement(),
        "AnnouncementBrief": BRIEF,
        "Company": _company(),
        "Concern": _part("concerns", PART_ADDRESSES, description="What somebody worries about."),
        "Initiative": _initiative(),
        "License": _license(),
        "Problem": PROBLEM,
        "Promise": _part(
            "promises", CLOCK, PART_ADDRESSES, description="What an announcement commits to."
        ),
        "Release": release,
        "Source": _source(),
    }
