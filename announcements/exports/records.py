"""The records of a selection, read a chunk at a time."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from announcements.models import Announcement
from announcements.records import Record, company_record, editors_record

CHUNK = 200


def announcements_of(
    rows: Any, record: Callable[[Announcement], Record] = editors_record
) -> Iterator[Record]:
    """Records of a queryset of announcements in its order; what editors see of them, or ``record``."""
    return map(record, rows.for_records().iterator(chunk_size=CHUNK))


def companies_of(rows: Any) -> Iterator[Record]:
    """Records of a queryset of companies in its order."""
    return map(company_record, rows.prefetch_related("former_names").iterator(chunk_size=CHUNK))


def only(records: Iterable[Record], keys: Iterable[str]) -> Iterator[Record]:
    """The records with no more than these keys."""
    wanted = set(keys)
    return ({key: value for key, value in row.items() if key in wanted} for row in records)
