"""The description for programs, and the same as a page for people."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from announcements.api.description import description
from announcements.api.lists import version_text
from announcements.api.operations import Operation
from announcements.api.questions import MOST, USUAL, Question
from announcements.api.views import Door
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.records import Record

SHOWN = 12
"""Of longer lists of values only so many are written out."""


class Description(Door):
    """The OpenAPI description; it is no part of itself."""

    schema = None
    operation = Operation("", "", "", "", "")

    def answer(self, question: Question, **path: Any) -> Record:
        question.allow(())
        return description(question)


@for_reading
@asked_again
def documentation(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, an example and its real answer."""
    question = Question(request.path, request.GET, request.build_absolute_uri)
    described = description(question)
    context = {
        "section": "data",
        "version": version_text(),
        "site": question.absolute("/").rstrip("/"),
        "most": MOST,
        "usual": USUAL,
        "limit": settings.API_REQUESTS_PER_MINUTE,
        "groups": _groups(described),
    }
    return render(request, "announcements/api.html", context)


def _groups(described: Record) -> list[tuple[str, list[Record]]]:
    groups: dict[str, list[Record]] = {}
    for path, methods in described["paths"].items():
        for operation in methods.values():
            shown = _shown(path, operation, described["components"]["parameters"])
            groups.setdefault(operation["tags"][0], []).append(shown)
    return list(groups.items())


def _shown(path: str, operation: Record, shared: Record) -> Record:
    content = operation["responses"]["200"]["content"]["application/json"]
    answer = content.get("examples", {}).get("real", {}).get("value")
    return {
        "id": operation["operationId"].replace("_", "-"),
        "path": path,
        "summary": operation["summary"],
        "description": operation["description"],
        "parameters": [
            _parameter(shared[row["$ref"].rpartition("/")[2]] if "$ref" in row else row)
            for row in operation["parameters"]
        ],
        "example": operation.get("x-example", ""),
        "answer": json.dumps(answer, indent=2, ensure_ascii=False) if answer else "",
    }


def _parameter(row: Record) -> Record:
    schema = row["schema"]
    is_repeatable = schema["type"] == "array"
    one = schema["items"] if is_repeatable else schema
    values = one.get("enum", [])
    return {
        "name": row["name"],
        "words": row["description"],
        "place": "in the path" if row["in"] == "path" else "",
        "is_required": row.get("required", False) and row["in"] == "query",
        "is_repeatable": is_repeatable,
        "values": values[:SHOWN],
        "more": max(0, len(values) - SHOWN),
        "takes": "a whole number" if one["type"] == "integer" else "a text",
    }
