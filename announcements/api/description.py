"""The OpenAPI description as it is served: with the values that filters have here, and real answers as examples."""

from copy import deepcopy
from functools import cache
from typing import Any

from django.http import Http404, QueryDict
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from announcements import postings
from announcements.api.openapi import operations
from announcements.api.operations import OPERATIONS
from announcements.api.parameters import VALUES_FROM_DATA
from announcements.api.questions import Question
from announcements.records import Record
from announcements.remembered import remembered

FEW = 200
"""Up to so many values of a filter are named."""
EXAMPLE = "A real answer"


@cache
def bare() -> Record:
    """What does not depend on the data."""
    found: Record = SchemaGenerator().get_schema(request=None, public=True)
    return found


def description(question: Question) -> Record:
    """The whole of it, worked out once for each version of the data."""
    site = question.absolute("/")
    return remembered(f"api:description:{site}", question.today, lambda: _described(question, site))


def _described(question: Question, site: str) -> Record:
    found = deepcopy(bare())
    found["servers"] = [{"url": site.rstrip("/"), "description": "This site."}]
    sets = postings.current()
    for parameter in found["components"]["parameters"].values():
        _name_values(parameter, sets)
    for operation in operations(found):
        _add_example(operation, question)
    return found


def _name_values(parameter: Record, sets: postings.Postings) -> None:
    name = parameter["name"]
    if name in VALUES_FROM_DATA and 0 < len(values := sets.options(name)) <= FEW:
        slugs = [slug for slug, _ in values]
        parameter["schema"]["items"] = {"type": "string", "enum": slugs}
        parameter["examples"] = {"ForExample": {"value": slugs[:1], "summary": "for example"}}


def _add_example(operation: Record, question: Question) -> None:
    shown = OPERATIONS[operation["operationId"]].example()
    answer = shown and answer_to(shown, question)
    if answer:
        content = operation["responses"]["200"]["content"]["application/json"]
        content["examples"] = {"real": {"summary": f"{EXAMPLE} to GET {shown}", "value": answer}}
        operation["x-example"] = shown


def answer_to(address: str, question: Question) -> Record | None:
    """What an address of the API answers, without a request; None if it has nothing to show."""
    path, _, query = address.partition("?")
    match = resolve(path)
    view: Any = match.func
    asked = Question(path, QueryDict(query), question.absolute, question.today)
    try:
        answer: Record = view.cls(**view.initkwargs).answer(asked, **match.kwargs)
    except Http404:
        return None
    return answer
