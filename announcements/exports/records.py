"""The records of a selection, read a chunk at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from announcements.models import Announcement
from announcements.models.one_state import one_state
from announcements.records import Record, company_record, editors_record, readers_record

CHUNK = 200


def announcements_of(
    rows: Any, record: Callable[[Announcement], Record] = editors_record
) -> Iterator[Record]:
    """Records of a queryset of announcements in its order; what editors see of them, or ``record``."""
    return map(record, rows.for_records().iterator(chunk_size=CHUNK))


def announcements_at(keys: Sequence[int]) -> Iterator[Record]:
    """Records for readers of the published announcements with these keys, in the order of the keys.

    What vanished since the keys were read is left out.
    """
    for start in range(0, len(keys), CHUNK):
        with one_state():
            rows = Announcement.objects.published().for_records()
            records = [readers_record(row) for row in rows.in_order_of(keys[start : start + CHUNK])]
        yield from records


def companies_of(rows: Any) -> Iterator[Record]:
    """Records of a queryset of companies in its order."""
    return map(company_record, rows.prefetch_related("former_names").iterator(chunk_size=CHUNK))


def only(records: Iterable[Record], keys: Iterable[str]) -> Iterator[Record]:
    """The records with no more than these keys."""
    wanted = set(keys)
    return ({key: value for key, value in row.items() if key in wanted} for row in records)
