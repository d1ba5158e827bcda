"""The OpenAPI description: drf-spectacular asks each view's operation what there is to say."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from announcements.api.notation import ref
from announcements.api.operations import Operation, every_schema
from announcements.api.parameters import EVERYWHERE, Parameter
from announcements.problems import MEDIA_TYPE
from announcements.records import Record

JSON = "application/json"
PROBLEMS = {
    400: "A parameter means nothing here; `errors` says which, and what is allowed.",
    404: "There is nothing with this id, or readers do not see it.",
    410: "The version is not known any more: read the list once more from its beginning.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
}


class Described(AutoSchema):
    """What drf-spectacular would guess from serializers, said by the operation of the view."""

    @property
    def operation(self) -> Operation:
        operation: Operation = self.view.operation  # type: ignore[attr-defined]
        return operation

    def get_operation_id(self) -> str:
        return self.operation.id

    def get_summary(self) -> str:
        return self.operation.summary

    def get_description(self) -> str:  # type: ignore[override]
        return self.operation.description

    def get_tags(self) -> list[str]:
        return [self.operation.tag]

    def get_auth(self) -> list[Any]:
        return []

    def get_request_serializer(self) -> Any:
        return None

    def get_override_parameters(self) -> list[Any]:
        return [_parameter(parameter) for parameter in self.operation.parameters]

    def get_response_serializers(self) -> Any:
        found: dict[Any, OpenApiResponse] = {
            (200, JSON): OpenApiResponse(ref(self.operation.schema), self.operation.summary)
        }
        if self.operation.can_move:
            found[301] = OpenApiResponse(None, "It has another id now; `Location` leads there.")
        found[304] = OpenApiResponse(None, "The copy that `If-None-Match` names still holds.")
        for status in self.operation.problems:
            found[status, MEDIA_TYPE] = OpenApiResponse(ref("Problem"), PROBLEMS[status])
        return found


def _parameter(row: Parameter) -> OpenApiParameter:
    schema = {"type": "array", "items": row.schema} if row.is_repeatable else row.schema
    examples = None
    if row.example is not None:
        is_list = row.is_repeatable and not isinstance(row.example, list)
        examples = [OpenApiExample("for example", [row.example] if is_list else row.example)]
    return OpenApiParameter(
        row.name,
        schema,
        row.place,  # type: ignore[arg-type]
        required=row.is_required,
        description=row.words,
        style="form" if row.is_repeatable else None,
        explode=True if row.is_repeatable else None,
        examples=examples,
    )


def with_schemas(result: Record, generator: SchemaGenerator, **context: Any) -> Record:
    """The description with what its parts share in one place: schemas, parameters and headers."""
    shared = result.setdefault("components", {})
    shared["schemas"] = every_schema()
    shared["headers"] = {name: _header(words) for name, words in HEADERS.items()}
    parameters: Record = shared.setdefault("parameters", {})
    for operation in operations(result):
        operation["parameters"] = [
            _shared(row, parameters) for row in operation.get("parameters", [])
        ]
        for status, response in operation["responses"].items():
            told = [*RATE, *OF_STATUS.get(status, ())]
            response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in told}
    return result


def operations(description: Record) -> list[Record]:
    """The operations of a description, in the order of their addresses."""
    return [operation for path in description["paths"].values() for operation in path.values()]


def _shared(row: Record, known: Record) -> Record:
    """A reference to a parameter that means the same wherever it stands; what differs stays where it is."""
    if row["name"] not in EVERYWHERE:
        return row
    known[row["name"]] = row
    return {"$ref": f"#/components/parameters/{row['name']}"}


def _header(words: str) -> Record:
    return {"description": words, "schema": {"type": "string"}}


HEADERS = {
    "RateLimit-Policy": "Requests that a client has (q) in a time of so many seconds (w).",
    "RateLimit": "Requests that the client has left (r), and seconds until it has all again (t).",
    "ETag": "For `If-None-Match`: an answer that still holds is 304 and not counted.",
    "Link": "The next page, as rel=next.",
    "Retry-After": "Seconds to wait.",
}
RATE = ("RateLimit-Policy", "RateLimit")
OF_STATUS = {"200": ("ETag", "Link"), "429": ("Retry-After",)}
