"""The forms in which a selection of announcements can be taken away, each by the same query string."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["file", "feed", "calendar", "api"]


@dataclass(frozen=True)
class Shape:
    """One form: what people call it, its media type, and the name of its address."""

    title: str
    media_type: str
    name: str
    kind: Kind
    words: str
    """What it is good for, in a few words."""


SHAPES: tuple[Shape, ...] = ()
"""In the order in which pages offer them."""
