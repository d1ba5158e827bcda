"""Guards the login against guessing: who fails too often has to wait, whether the name exists or not."""

import math
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.backends import AxesStandaloneBackend
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class GuardedBackend(AxesStandaloneBackend):
    """Refuses a login from an address where the same name failed too often."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        # Nobody guesses without a request: a command asks, or a test.
        if request is not None:
            super().authenticate(request, **credentials)


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: Any
) -> HttpResponse:
    """The page instead of the login's answer: the same for names that exist and for others."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    minutes = math.ceil(wait.total_seconds() / 60)
    page = render(request, "429_login.html", {"minutes": minutes}, status=429)
    page["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return page


def address_of(request: HttpRequest) -> str | None:
    """The client's address as a database takes it, None where a server names none (a socket in a file)."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
