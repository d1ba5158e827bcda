"""What a stranger sends is read as text in UTF-8, whatever it says of itself."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse

from tracker.errors import bad_request

NUL = "\0"
"""In no address and no cookie of ours, and PostgreSQL takes it for no text."""


class Utf8Request(WSGIRequest):
    """A request that is UTF-8 whatever charset its ``Content-Type`` names.

    Django decodes even the query string by it, before anything that could answer an error. Python
    knows charsets that are none, such as ``hex``, and some that give halves of characters.
    """

    @property
    def encoding(self) -> None:
        """None is Django's word for UTF-8, the default."""

    @encoding.setter
    def encoding(self, value: str | None) -> None:
        pass


class Utf8Handler(WSGIHandler):
    request_class = Utf8Request


class NulMiddleware:
    """Answers 400 where the path or a cookie has a NUL, before a database is asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A cookie in quotes can spell a NUL that no header could carry.
        if any(NUL in text for text in (request.path_info, *request.COOKIES.values())):
            return bad_request(request, BadRequest("There is a NUL in the path or in a cookie."))
        return self.get_response(request)
