"""Errors for programs: problem details (RFC 9457), with what is wrong and what would be right."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


def details(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """The members of a problem of a status whose meaning HTTP gives."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An answer that is an error; ``more`` are members of its own."""
    body = json.dumps(details(status, detail, **more), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)


def complaints(errors: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Detail and list of what is wrong with the parameters of an address, by their names."""
    found = [
        {"parameter": name, "detail": message}
        for name, messages in errors.items()
        for message in messages
    ]
    return {
        "detail": " ".join(f"{row['parameter']}: {row['detail']}" for row in found),
        "errors": found,
    }


def not_understood(errors: Mapping[str, Iterable[str]]) -> HttpResponse:
    """400: parameters of the address that mean nothing, each with what would be right."""
    return problem(HTTPStatus.BAD_REQUEST, **complaints(errors))
