"""What a record may lack while it is a draft: as little is asked of it as the database asks."""

from typing import Any

from announcements.records.schemas import (
    BENEFIT,
    CONCERN,
    MAYBE_ADDRESS,
    PROMISE,
    SOURCE,
    Record,
    announcement_schema,
)

DEFAULTS: dict[str, Any] = {
    "companies": [],
    "announced_on": "",
    "kind": "",
    "basis": "",
    "summary": "",
    "sources": [],
}
ROW_DEFAULTS: dict[str, Record] = {
    "promises": {"updates": []},
    "releases": {"components": {}},
    "concerns": {"type": None, "raised_by": "", "source": ""},
    "benefits": {"source": ""},
    "sources": {"kind": "other"},
}


def draft_schema() -> Record:
    """The JSON Schema of the record of a draft."""
    schema = announcement_schema()
    known = schema["properties"]
    for key in ("kind", "basis"):
        known[key] = {**known[key], "enum": ["", *known[key]["enum"]]}
    known["companies"] = {**known["companies"], "minItems": 0}
    known["announced_on"] = {**known["announced_on"], "pattern": PARTIAL_OR_NONE}
    known["summary"] = {**known["summary"], "minLength": 0}
    known["sources"] = {**known["sources"], "minItems": 0, "items": _without(SOURCE, "kind")}
    known["promises"] = {**known["promises"], "items": _without(PROMISE, "updates")}
    known["concerns"] = {
        **known["concerns"],
        "items": _without(CONCERN, "raised_by", "source", raised_by={"minLength": 0}),
    }
    known["benefits"] = {**known["benefits"], "items": _without(BENEFIT, "source")}
    return {**schema, "required": ["id", "title"]}


def completed(record: Record) -> Record:
    """The record with an empty value wherever a draft may say nothing and a whole record must."""
    whole = {**DEFAULTS, **record}
    for key, defaults in ROW_DEFAULTS.items():
        if isinstance(rows := whole.get(key), list):
            whole[key] = [{**defaults, **row} if isinstance(row, dict) else row for row in rows]
    return whole


PARTIAL_OR_NONE = r"^$|^\d{4}(-\d{2}(-\d{2})?)?$"


def _without(row: Record, *optional: str, **changes: Record) -> Record:
    """The schema of a row that may lack some of its keys; a source among these may be empty."""
    known = {key: {**below, **changes.get(key, {})} for key, below in row["properties"].items()}
    if "source" in optional:
        known["source"] = {**known["source"], **MAYBE_ADDRESS}
    required = [key for key in row["required"] if key not in optional]
    return {**row, "properties": known, "required": required}
