"""The filters of a list with their values and counts."""

from announcements.facets.column import FACETS, FOLDED, Facet, Option, facets, options
from announcements.facets.counts import COUNTED, counts

__all__ = ["COUNTED", "FACETS", "FOLDED", "Facet", "Option", "counts", "facets", "options"]
