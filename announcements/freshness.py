"""Answers that others may keep and never show stale: each is asked again, and asking costs next to nothing.

An answer of a door depends on the data as it stands, the day, the address, how it was asked for, and
the program. Its entity tag (RFC 9110, 8.8.3) is made of these, so it is known before anything is read.
"""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag

from announcements.models.version import current_version

PROGRAM = ("announcements", "requirements", "templates", "tracker")
VARY = ("HX-Request", "HX-History-Restore-Request")
"""The headers by which one address has several answers; see ``views.frames``."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@cache
def _program() -> str:
    """A digest of everything that answers are made by; the same in every process of one deployment."""
    digest = sha256()
    for folder in PROGRAM:
        for file in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def entity_tag(request: HttpRequest, also: str = "") -> str | None:
    """The strong entity tag of what a request is answered with; None while nothing was ever written.

    ``also`` is what else the answer depends on.
    """
    version = current_version()
    if version is None:
        return None
    parts = (
        *version,
        timezone.localdate(),
        request.build_absolute_uri(),
        *[request.headers.get(name, "") for name in VARY],
        _program(),
        also,
    )
    return quote_etag(sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32])


def condition(request: HttpRequest, tag: str) -> HttpResponseBase | None:
    """304 or 412 if the conditions of a request for what has this tag ask for one, None if they do not."""
    # No answer says when it was changed last; RFC 9110 (13.1.4) has such a condition passed over.
    request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    found: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    return found


def _nothing() -> str:
    return ""


def asked_again(view: View, also: Callable[[], str] = _nothing) -> View:
    """Decorate a view for readers: any cache may keep its answer, and asks each time if it still holds.

    A copy that holds is answered 304, at the cost of one query. The tag names the version from before the
    view read anything: what a write changes meanwhile is asked for once more, never missed. Only for answers
    that are the same for everybody and depend on nothing but the data, and on what ``also`` tells apart at
    next to no cost.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        tag = entity_tag(request, also())
        not_modified = condition(request, tag) if tag else None
        response = not_modified or view(request, *args, **kwargs)
        if tag and response.status_code in (200, 304):
            response["ETag"] = tag
        patch_cache_control(response, public=True, no_cache=True)
        patch_vary_headers(response, VARY)
        return response

    return answer  # type: ignore[return-value]
