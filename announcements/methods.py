"""What can be done with an address beside reading it: nothing, unless it has a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def for_reading(view: View) -> View:
    """Decorate a view that answers GET and HEAD, and 405 to anything else.

    The token of a form is not asked for first: what was sent here lacks none, it has no place here at all.
    """
    reading: Any = csrf_exempt(require_safe(view))
    return reading
