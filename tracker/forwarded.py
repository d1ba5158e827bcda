"""Behind a proxy, the client's address is the one that the proxy saw."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


class ForwardedForMiddleware:
    """Puts the last address of ``X-Forwarded-For`` in the place of the proxy's own.

    A proxy adds at the end the address that asked it; whatever stands before, the client can have
    made up. Only for a site with one proxy in front, which always adds it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        # Otherwise the proxy's own address stays: all who come through it count as one.
        with suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ip_address(last))
        return self.get_response(request)
