"""Whatever goes wrong here is told as problem details."""

import math
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from announcements.api.questions import Refused, StartOver
from announcements.problems import not_understood, problem


def as_problem(error: Exception, context: Any) -> HttpResponse | None:
    """The answer for an error of a view; None for what is nobody's fault but ours."""
    if isinstance(error, Refused):
        return not_understood(error.errors)
    if isinstance(error, StartOver):
        return problem(410, str(error))
    if isinstance(error, Http404):
        return problem(404, str(error) or "There is nothing here.")
    if isinstance(error, PermissionDenied):
        return problem(403, "This is not for everybody.")
    if isinstance(error, BadRequest):
        return problem(400, str(error))
    if isinstance(error, exceptions.APIException):
        return _of_the_framework(error)
    return None


def _of_the_framework(error: exceptions.APIException) -> HttpResponse:
    response = problem(error.status_code, _sentence(error))
    if isinstance(error, exceptions.Throttled):
        response["Retry-After"] = str(_seconds(error))
    return response


def _sentence(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.Throttled):
        return f"Too many requests. Ask again in {_seconds(error)} seconds."
    if isinstance(error, exceptions.MethodNotAllowed):
        return "Everything here is for reading. Allowed: GET, HEAD, OPTIONS."
    return str(error.detail)


def _seconds(error: exceptions.Throttled) -> int:
    return math.ceil(getattr(error, "wait", None) or 1)
