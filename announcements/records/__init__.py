"""One announcement as plain data: the same shape for export, API and import.

A record names things as people do: companies by legal name, licenses and types by slug, sources by
address. Keys that are optional in the schema are left out when they are empty.
"""

from announcements.records.schemas import Record, announcement_schema, company_schema
from announcements.records.shape import announcement_record, company_record

__all__ = [
    "Record",
    "announcement_record",
    "announcement_schema",
    "company_record",
    "company_schema",
]
