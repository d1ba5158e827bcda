"""The filters of a list with their values and counts."""

from announcements.facets.column import FACETS, Facet, Option, facets
from announcements.facets.counts import COUNTED, counts

__all__ = ["COUNTED", "FACETS", "Facet", "Option", "counts", "facets"]
