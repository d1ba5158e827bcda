"""What stands around a page's main part: the whole page, or nothing where a script swaps that part."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request as the middleware of django-htmx leaves it."""

    htmx: HtmxDetails


def frame(request: HtmxRequest) -> str:
    """The template that a page extends: whole, or its title and main part alone for htmx."""
    is_partial = request.htmx and not request.htmx.history_restore_request
    return "main.html" if is_partial else "base.html"
