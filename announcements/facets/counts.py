"""How many announcements each value of each filter would give under all the other active filters.

A filter ignores its own choice, because several values of one filter mean *or*. What a count says is
what the list shows when the value is chosen: both come from the same sets.
"""

from announcements.filters import AnnouncementFilter, Selection
from announcements.filters.fields import SlugsField

COUNTED = tuple(
    name
    for name, row in AnnouncementFilter.base_filters.items()
    if issubclass(row.field_class, SlugsField) and name != "order"
)
"""The filters that offer values."""


def counts(selection: Selection) -> dict[str, dict[str, int]]:
    """By filter and value, for every value that a filter has."""
    return {
        name: selection.sets.counts(name, [slug for slug, _ in selection.options(name)])
        for name in COUNTED
    }
