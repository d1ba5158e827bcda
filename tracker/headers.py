"""Response headers that neither Django nor django-csp sets."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PermissionsPolicyMiddleware:
    """Tells the browser which of its powers no page here may use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class ReadableFromAnywhereMiddleware:
    """Lets the script of any other site read what is for programs; nothing there depends on who asks.

    A script that sends a header of its own first asks whether it may (CORS preflight): it is answered here.
    """

    METHODS = "GET, HEAD, OPTIONS"
    EXPOSED = "Content-Disposition, Deprecation, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Sunset"
    DAY = "86400"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.readable = re.compile(settings.READABLE_FROM_ANYWHERE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.readable.search(request.path):
            return self.get_response(request)
        is_preflight = request.method == "OPTIONS" and request.headers.get(
            "access-control-request-method"
        )
        response = self._preflight(request) if is_preflight else self.get_response(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = self.EXPOSED
        return response

    def _preflight(self, request: HttpRequest) -> HttpResponse:
        headers = {
            "Access-Control-Allow-Methods": self.METHODS,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": self.DAY,
        }
        return HttpResponse(status=204, headers=headers)
