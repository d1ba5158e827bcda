"""How often one client may ask, and how it is told.

The headers are those of the IETF's draft on rate limits (draft-ietf-httpapi-ratelimit-headers): the policy, and
where the client stands. A copy that still holds is answered before anything is counted.
"""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from announcements.rates import Rate, count_one

MINUTE = 60
NAME = "minute"


class ClientThrottle(BaseThrottle):
    """So many requests a minute from one address; 0 in the settings is no limit."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        most: int = settings.API_REQUESTS_PER_MINUTE
        if not most:
            return True
        self.rate = count_one(cast("HttpRequest", request), "api", most, MINUTE)
        view.rate = self.rate  # type: ignore[attr-defined]
        return not self.rate.is_exceeded

    def wait(self) -> float:
        return self.rate.resets_in


def tell_rate(view: APIView, response: HttpResponseBase) -> None:
    """Say in the headers of an answer where the client stands."""
    rate: Rate | None = getattr(view, "rate", None)
    if rate is not None:
        response["RateLimit-Policy"] = f'"{NAME}";q={rate.most};w={rate.seconds}'
        response["RateLimit"] = f'"{NAME}";r={rate.remaining};t={rate.resets_in}'
