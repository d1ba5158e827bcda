"""Which announcements a query string means. Every list, count, file and feed asks here.

A question that is not understood selects nothing and says so; it never shows everything.
"""

from announcements.filters.conditions import conditions, promises_meant
from announcements.filters.fields import Options, SlugsField
from announcements.filters.filterset import (
    DEFAULT_ORDER,
    ORDERS,
    YES_NO,
    AnnouncementFilter,
)
from announcements.filters.marks import mark, passed
from announcements.filters.past import select
from announcements.filters.selection import AS_OF, BY_SETS, DATES, NOT_A_FILTER, Chosen, Selection

__all__ = [
    "AS_OF",
    "BY_SETS",
    "DATES",
    "DEFAULT_ORDER",
    "NOT_A_FILTER",
    "ORDERS",
    "YES_NO",
    "AnnouncementFilter",
    "Chosen",
    "Options",
    "Selection",
    "SlugsField",
    "conditions",
    "mark",
    "passed",
    "promises_meant",
    "select",
]
