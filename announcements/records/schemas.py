"""The shape of a record, as JSON Schema: what imports accept and what is published to readers."""

from typing import Any

from announcements import openness, statuses
from announcements.models import Announcement, Benefit, Concern, Release
from announcements.vocabularies import terms

Record = dict[str, Any]

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
SLUG = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$"
PROMISE_LINK = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*#[1-9]\d*$"


def _text(description: str, *, empty: bool = True, longest: int = 5000) -> Record:
    return {
        "type": "string",
        "description": description,
        "minLength": 0 if empty else 1,
        "maxLength": longest,
    }


def _date(description: str) -> Record:
    return {"type": "string", "description": description, "pattern": f"^$|{DATE}"}


def _day(description: str) -> Record:
    return {"type": "string", "description": description, "pattern": f"^$|{DAY}"}


def _one_of(values: Any, description: str) -> Record:
    return {"description": description, "enum": list(values)}


def _many(items: Record, description: str) -> Record:
    return {"type": "array", "description": description, "items": items}


def _thing(properties: Record, required: tuple[str, ...], description: str = "") -> Record:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


ADDRESS = {"type": "string", "pattern": "^https?://", "maxLength": 2000}
MAYBE_ADDRESS = {"type": "string", "pattern": "^$|^https?://", "maxLength": 2000}
MAYBE_LICENSE = {
    "type": ["string", "null"],
    "description": "Slug, SPDX id, name or alias of a license; null if not checked.",
}
DUE = {
    "due_from": _day("First day that keeps the promise."),
    "due_to": _day("Last day that keeps it."),
    "due_words": _text("The date in the company's words.", longest=120),
}

UPDATE = _thing(
    {
        "date": _date("When it happened."),
        "status": _one_of(statuses.ALL, "The status this step brings or keeps."),
        "text": _text("What happened, in one sentence.", empty=False),
        "source": {**MAYBE_ADDRESS, "description": "Address of one of the record's sources."},
        "note": _text("Search note, for a step without a page to cite."),
        "reason": _text("Reason of a correction.", longest=200),
        **DUE,
    },
    ("date", "status", "text"),
    "A dated step; the last one gives the promise its status.",
)
PROMISE = _thing(
    {
        "title": _text("The artifact promised.", empty=False, longest=200),
        "parts": _many(_one_of(terms("components"), "A component."), "Parts promised."),
        "license": MAYBE_LICENSE,
        **DUE,
        "condition": _text("What the promise hangs on.", longest=200),
        "terms": _one_of(
            ["", "narrower", "wider"], "How the terms delivered compare with those named."
        ),
        "superseded_by": {
            "type": "string",
            "pattern": PROMISE_LINK,
            "description": "id#n of the promise that replaced it.",
        },
        "renews": {
            "type": "string",
            "pattern": PROMISE_LINK,
            "description": "id#n of the withdrawn promise made anew.",
        },
        "updates": _many(UPDATE, "The story, in its order."),
    },
    ("title", "updates"),
)
COMPONENT = _thing(
    {
        "state": _one_of(openness.AVAILABILITIES, "Whether the component can be had."),
        "license": MAYBE_LICENSE,
        "url": MAYBE_ADDRESS,
        "checked_on": _day("When an editor looked."),
        "note": _text("Where was looked, and what was found.", longest=300),
    },
    ("state",),
)
RELEASE = _thing(
    {
        "name": _text("What it is called.", empty=False, longest=200),
        "type": _one_of(openness.COMPONENTS, "What was released."),
        "released_on": _date("From when it could be obtained."),
        "url": {**MAYBE_ADDRESS, "description": "Where it can be obtained."},
        "license": MAYBE_LICENSE,
        "license_note": _text("What the license alone does not say.", longest=300),
        "called": _one_of(Release.Called.values, "The company's own word for it."),
        "components": {
            "type": "object",
            "propertyNames": {"enum": list(terms("components"))},
            "additionalProperties": COMPONENT,
        },
    },
    ("name", "type", "components"),
)
CONCERN = _thing(
    {
        "type": {
            "type": ["string", "null"],
            "description": "Slug of the concern type; null if none fits.",
        },
        "further_types": {**_many({"type": "string"}, "Up to two more types."), "maxItems": 2},
        "title": _text("The concern in a line.", empty=False, longest=160),
        "text": _text("What is feared.", empty=False),
        "raised_by": _text("Who raised it.", empty=False, longest=160),
        "raised_on": _date("When it was raised."),
        "source": {**ADDRESS, "description": "Address of one of the record's sources."},
        "status": _one_of(Concern.Status.values, "open if left out."),
        "stance": _one_of(Concern.Stance.values, "The company's stance."),
        "answer": _text("The company's answer."),
        "answered_on": _date("When the company answered."),
        "answer_source": MAYBE_ADDRESS,
        "note": _text("Why no type fits."),
    },
    ("type", "title", "text", "raised_by", "source"),
)
BENEFIT = _thing(
    {
        "type": {"type": "string", "description": "Slug of the benefit type."},
        "text": _text("What is claimed.", empty=False),
        "claimed_by": _text("Who claims it.", empty=False, longest=160),
        "claimant": _one_of(["", *Benefit.Claimant.values], "What kind of claimant."),
        "support": _one_of(["", *Benefit.Support.values], "How the claim is supported."),
        "source": {**ADDRESS, "description": "Address of one of the record's sources."},
    },
    ("type", "text", "claimed_by", "source"),
)
SOURCE = _thing(
    {
        "url": {**ADDRESS, "description": "The page's address, in any spelling."},
        "title": _text("As published.", longest=300),
        "publisher": _text("Who published it.", longest=120),
        "published_on": _date("When it was published."),
        "kind": _one_of(terms("source_kinds"), "What kind of page it is."),
        "language": _text("A language tag.", longest=12),
        "archived_url": MAYBE_ADDRESS,
        "checked_on": _day("When an editor last saw that it says so."),
        "derived_from": {**MAYBE_ADDRESS, "description": "The report that this one retells."},
        "note": _text("What the page shows, in our words."),
        "supports": _one_of(
            ["announcement", "delivery", "license", "concern", "benefit", "context"],
            "What it is mainly evidence of here; worked out from the record if left out.",
        ),
    },
    ("url", "kind"),
)
INITIATIVE = _thing(
    {
        "name": _text("Name.", empty=False, longest=120),
        "kind": _one_of(
            [
                "library",
                "platform",
                "research-group",
                "model-family",
                "dataset",
                "standard",
                "program",
            ],
            "What it is.",
        ),
        "company": _text("The company that runs it, by legal name or short name.", empty=False),
        "url": MAYBE_ADDRESS,
        "description": _text("What it is, in a sentence."),
    },
    ("name", "kind", "company"),
)


def announcement_schema() -> Record:
    """The JSON Schema (2020-12) of an announcement's record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Announcement",
        **_thing(
            {
                "id": {
                    "type": "string",
                    "pattern": SLUG,
                    "maxLength": 120,
                    "description": "The slug of its page.",
                },
                "state": _one_of(
                    Announcement.State.values, "Whether readers see it; left out: as it was."
                ),
                "title": _text("What happened, in a line.", empty=False, longest=200),
                "companies": {
                    **_many(
                        _text("Legal name, or the short name where there is none.", empty=False),
                        "Who announced, then those that announced with it.",
                    ),
                    "minItems": 1,
                    "uniqueItems": True,
                },
                "announced_on": {
                    "type": "string",
                    "pattern": DATE,
                    "description": "A day, a month or a year.",
                },
                "kind": _one_of(
                    Announcement.Kind.values, "Chosen by what could be obtained on the day."
                ),
                "basis": _one_of(Announcement.Basis.values, "On whose word it rests."),
                "summary": _text("What was said, in our words.", empty=False),
                "note": _text("What readers must know to read this entry right."),
                "initiatives": _many(INITIATIVE, "What it is about."),
                "promises": _many(PROMISE, "What it commits to."),
                "releases": _many(RELEASE, "What could then be obtained."),
                "concerns": _many(CONCERN, "What people worry about."),
                "benefits": _many(BENEFIT, "What is claimed to come of it."),
                "sources": {
                    **_many(SOURCE, "What it rests on, in the order of their numbers."),
                    "minItems": 1,
                },
                "related": _many(
                    {"type": "string", "pattern": SLUG},
                    "Ids of announcements about the same thing.",
                ),
            },
            ("id", "title", "companies", "announced_on", "kind", "basis", "summary", "sources"),
        ),
    }


def company_schema() -> Record:
    """The JSON Schema (2020-12) of a company's record."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Company",
        **_thing(
            {
                "name": _text("The short name readers know.", empty=False, longest=120),
                "legal_name": _text("As registered; empty if no source gives it.", longest=200),
                "former_names": _many(
                    _text("A name it bore before.", empty=False, longest=200), "Earliest first."
                ),
                "former_names_used": {
                    "type": "object",
                    "description": "By former name, from when to when it was borne.",
                    "additionalProperties": _thing(
                        {
                            "used_from": _date("The first of its time."),
                            "used_until": _date("The last of its time."),
                        },
                        (),
                    ),
                },
                "country": _text("ISO 3166-1 alpha-2 code, or its English name.", longest=60),
                "website": MAYBE_ADDRESS,
                "description": _text("One or two sentences."),
                "founded": _date("When it was founded."),
            },
            ("name",),
        ),
    }
