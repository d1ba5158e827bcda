"""Counts with their denominators: what a company, an initiative or the whole tracker adds up to."""

from announcements.tallies.companies import (
    CompanyRow,
    company_rows,
    with_announced_counts,
    with_published_counts,
)
from announcements.tallies.comparisons import MOST, Comparison, Figure, Line, Section, compare
from announcements.tallies.concerns import (
    Share,
    StatusRow,
    by_company,
    by_status,
    by_year,
    concern_statuses,
)
from announcements.tallies.cross_tables import Cell, ConcernTable, Row, concern_table
from announcements.tallies.ledgers import FEW, Ledger, LedgerRow, ledger
from announcements.tallies.licenses import (
    LabelGaps,
    LicenseUse,
    label_gaps,
    license_use,
    licenses_by_class,
)
from announcements.tallies.standings import Standing, standing

__all__ = [
    "FEW",
    "MOST",
    "Cell",
    "CompanyRow",
    "Comparison",
    "ConcernTable",
    "Figure",
    "LabelGaps",
    "Ledger",
    "LedgerRow",
    "LicenseUse",
    "Line",
    "Row",
    "Section",
    "Share",
    "Standing",
    "StatusRow",
    "by_company",
    "by_status",
    "by_year",
    "company_rows",
    "compare",
    "concern_statuses",
    "concern_table",
    "label_gaps",
    "ledger",
    "license_use",
    "licenses_by_class",
    "standing",
    "with_announced_counts",
    "with_published_counts",
]
