"""What a JSON Schema finds wrong with a record, in words for people."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as SchemaError

from announcements.imports.reading import Problem, name_of
from announcements.partial_dates import HOW_TO_WRITE
from announcements.records import Record

DATES = {
    "announced_on",
    "date",
    "released_on",
    "raised_on",
    "answered_on",
    "published_on",
    "founded",
    "used_from",
    "used_until",
}
DAYS = {"due_from", "due_to", "checked_on"}


@cache
def _validator(schema: Callable[[], Record]) -> Draft202012Validator:
    return Draft202012Validator(schema())


def against_schema(record: Record, schema: Callable[[], Record]) -> list[Problem]:
    errors = sorted(
        _validator(schema).iter_errors(record),
        key=lambda error: list(map(str, error.absolute_path)),
    )
    return [_as_problem(record, error) for error in errors]


def _as_problem(record: Record, error: SchemaError) -> Problem:
    place = error.json_path.removeprefix("$").removeprefix(".")
    value, rule = cast(Any, error.instance), cast(Any, error.validator_value)
    match error.validator:
        case "enum":
            allowed = ", ".join(json_word(choice) for choice in rule)
            return Problem(name_of(record), place, value, "not one of the known values.", allowed)
        case "required":
            absent = [key for key in rule if key not in value]
            return Problem(name_of(record), place, None, f"lacks {', '.join(absent)}.")
        case "additionalProperties":
            known = cast(Record, error.schema)["properties"]
            extra = ", ".join(sorted(set(value) - set(known)))
            return Problem(
                name_of(record), place, None, f"has unknown keys: {extra}.", ", ".join(known)
            )
        case "maxLength":
            return Problem(
                name_of(record),
                place,
                value,
                f"too long: {len(value)} characters of at most {rule}.",
            )
        case "pattern":
            return Problem(name_of(record), place, value, _pattern_words(place, error))
    return Problem(name_of(record), place, value, f"{error.message[:200]}.")


def json_word(value: Any) -> str:
    return "“”" if value == "" else str(value)


def _pattern_words(place: str, error: SchemaError) -> str:
    key = place.rsplit(".", 1)[-1]
    if key in DATES:
        return HOW_TO_WRITE
    if key in DAYS:
        return "Write a day: 2023-10-18."
    if "http" in str(error.validator_value):
        return "An address begins with https:// or http://."
    return f"does not fit the pattern {error.validator_value}."
