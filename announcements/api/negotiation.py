"""In which form an answer comes: always as JSON."""

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer


class AlwaysJson(BaseContentNegotiation):
    """Passes over ``Accept``, as RFC 9110 (12.4.1) allows.

    An answer that depended on it could not be kept by shared caches under one entity tag.
    """

    def select_parser(self, request: Any, parsers: Any) -> None:
        return None

    def select_renderer(
        self, request: Any, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)
