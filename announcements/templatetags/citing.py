"""Numbers of sources: what is written small after a fact."""

from django import template

register = template.Library()


@register.filter
def number_in(source_id: int | None, numbers: dict[int, int]) -> int | None:
    """The number of a source in an announcement's list; None for a fact without a source."""
    return numbers.get(source_id) if source_id else None
