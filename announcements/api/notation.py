"""How schemas are written here: JSON Schema in few words."""

from collections.abc import Mapping
from typing import Any

from announcements.records import Record

CLOSED = "additionalProperties"


def ref(name: str) -> Record:
    return {"$ref": f"#/components/schemas/{name}"}


def text(description: str, **more: Any) -> Record:
    return {"type": "string", "description": description, **more}


def number(description: str) -> Record:
    return {"type": "integer", "minimum": 0, "description": description}


def flag(description: str) -> Record:
    return {"type": "boolean", "description": description}


def address(description: str) -> Record:
    return text(description, format="uri")


def texts(description: str) -> Record:
    return {"type": "array", "items": {"type": "string"}, "description": description}


def many(items: Record, description: str) -> Record:
    return {"type": "array", "items": items, "description": description}


def thing(properties: Mapping[str, Record], *optional: str, description: str = "") -> Record:
    """An object with these keys, all there unless named optional; later versions may have more."""
    return {
        "type": "object",
        **({"description": description} if description else {}),
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
    }


def of_record(schema: Any) -> Any:
    """A part of a record's schema as an answer has it: it may gain keys, and every value has a type."""
    if isinstance(schema, list):
        return [of_record(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    opened = {
        key: of_record(value)
        for key, value in schema.items()
        if not (key == CLOSED and value is False) and (key, value) != ("description", "")
    }
    if isinstance(opened.get("enum"), list) and "type" not in opened:
        opened["type"] = "string"
    return opened
