"""Stored rows beside those wanted: what differs, and how the one becomes the other."""

from collections.abc import Iterable
from typing import Any

from announcements.imports.descriptions import canonical
from announcements.records import Record

ADDRESS_KEYS = {"url", "source", "answer_source", "derived_from"}
SUPPORTS = {"promises": "announcement", "concerns": "concern", "benefits": "benefit"}
DELIVERY = {"delivered", "partly-delivered"}


def tidy(value: Any) -> Any:
    """A record without its empty keys and with canonical addresses: two that mean the same become equal."""
    if isinstance(value, dict):
        tidied = {
            key: canonical(inner) if key in ADDRESS_KEYS and isinstance(inner, str) else tidy(inner)
            for key, inner in value.items()
        }
        return {key: inner for key, inner in tidied.items() if inner or inner == 0}
    return [tidy(inner) for inner in value] if isinstance(value, list) else value


def evidence_of(record: Record) -> dict[str, str]:
    """What each source of a record is mainly evidence of, from the first fact that rests on it."""
    uses: dict[str, str] = {}
    for promise in record.get("promises", []):
        for update in promise["updates"]:
            if update.get("source"):
                support = "delivery" if update["status"] in DELIVERY else "announcement"
                uses.setdefault(canonical(update["source"]), support)
    for key in ("concerns", "benefits"):
        for row in record.get(key, []):
            uses.setdefault(canonical(row["source"]), SUPPORTS[key])
    return uses


def change(row: Any, values: dict[str, Any]) -> None:
    before = row.__dict__.copy()
    for key, value in values.items():
        setattr(row, key, value)
    row.clean_fields()
    if any(
        before.get(key) != value for key, value in row.__dict__.items() if not key.startswith("_")
    ):
        row.save()


def sync(manager: Any, wanted: Iterable[dict[str, Any]]) -> None:
    """Make the rows of a related manager those wanted, in their order, keeping the rows there are."""
    stored, values = list(manager.all()), list(wanted)
    for row, facts in zip(stored, values, strict=False):
        change(row, facts)
    for row in stored[len(values) :]:
        row.delete()
    owner = {manager.field.name: manager.instance}
    new = [manager.model(**owner, **facts) for facts in values[len(stored) :]]
    for row in new:
        row.clean_fields()
    manager.bulk_create(new)
