"""Counts with their denominators: what a company, an initiative or the whole tracker adds up to."""

from announcements.tallies.companies import (
    CompanyRow,
    company_rows,
    with_announced_counts,
    with_published_counts,
)
from announcements.tallies.concerns import concern_types_raised
from announcements.tallies.ledgers import FEW, Ledger, ledger
from announcements.tallies.licenses import (
    LabelGaps,
    label_gaps,
    licenses_by_class,
    licenses_used,
)

__all__ = [
    "FEW",
    "CompanyRow",
    "LabelGaps",
    "Ledger",
    "company_rows",
    "concern_types_raised",
    "label_gaps",
    "ledger",
    "licenses_by_class",
    "licenses_used",
    "with_announced_counts",
    "with_published_counts",
]
