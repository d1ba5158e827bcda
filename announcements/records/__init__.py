"""One announcement as plain data: the same shape for export, API and import.

A record names things as people do: companies by legal name, licenses and types by slug, sources by
address. Keys that are optional in the schema are left out when they are empty.
"""

from announcements.records.drafts import completed, draft_schema
from announcements.records.schemas import Record, announcement_schema, company_schema
from announcements.records.shape import (
    announcement_record,
    company_record,
    concern_record,
    editors_record,
    initiative_record,
    promise_record,
    readers_record,
    release_record,
    source_record,
)

__all__ = [
    "Record",
    "announcement_record",
    "announcement_schema",
    "company_record",
    "company_schema",
    "completed",
    "concern_record",
    "draft_schema",
    "editors_record",
    "initiative_record",
    "promise_record",
    "readers_record",
    "release_record",
    "source_record",
]
