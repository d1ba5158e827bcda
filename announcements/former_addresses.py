"""Addresses that pages had before: they lead to the present ones."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

HOUR = 60 * 60

View = Callable[..., HttpResponseBase]


def leads_on(rows: Callable[[], Any]) -> Callable[[View], View]:
    """Have a page that is not there lead to where it is now, with its query string, if it only moved.

    ``rows`` gives the records that readers may see: what only editors know leads nowhere. The answer is
    301, kept for an hour only, because editors can undo what moved a page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str, **others: Any) -> HttpResponseBase:
            try:
                return view(request, slug=slug, **others)
            except Http404:
                record = rows().filter(former_addresses__slug=slug).first()
                if record is None:
                    raise
                return _moved(request, record.slug)

        return answer

    return decorate


def _moved(request: HttpRequest, slug: str) -> HttpResponseBase:
    match = request.resolver_match
    assert match is not None  # noqa: S101
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})
    query = request.META["QUERY_STRING"]
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    patch_cache_control(response, public=True, max_age=HOUR)
    return response
