"""The forms in which what a page shows can be taken away."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from announcements.shapes import SHAPES, UPDATES, Kind, Shape

register = template.Library()

GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("Follow", ("feed", "calendar")),
    ("Files", ("file",)),
    ("Programs", ("api",)),
)
"""In the order in which pages offer them, with what stands in each."""


@dataclass(frozen=True)
class Way:
    """One form with its address for a selection."""

    shape: Shape
    address: str


@dataclass(frozen=True)
class Group:
    words: str
    ways: list[Way]


@register.simple_tag
def ways_to_take_away(query: str = "") -> list[Group]:
    """Every form of a selection, by what it is good for; groups without any are left out."""
    groups = [
        Group(
            words,
            [_way(shape, query) for shape in (*SHAPES, *UPDATES) if shape.kind in kinds],
        )
        for words, kinds in GROUPS
    ]
    return [group for group in groups if group.ways]


def _way(shape: Shape, query: str) -> Way:
    name = shape.name if ":" in shape.name else f"announcements:{shape.name}"
    path = reverse(name)
    return Way(shape, f"{path}?{query}" if query else path)
