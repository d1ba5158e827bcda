"""What a row of a record sets in the database, field by field."""

from typing import Any

from announcements.imports.descriptions import canonical
from announcements.models import BenefitType, ConcernType, License, Source
from announcements.records import Record

Values = dict[str, Any]


class RowValues:
    """Turns the rows of records into field values; keeps the rows they refer to at hand."""

    def __init__(self) -> None:
        self.licenses = {license.slug: license for license in License.objects.all()}
        self.concern_types = {row.slug: row for row in ConcernType.objects.all()}
        self.benefit_types = {row.slug: row for row in BenefitType.objects.all()}
        self.sources: dict[str, Source] = {}

    def source(self, address: str | None) -> Source | None:
        return self.sources[canonical(address)] if address else None

    def promise(self, place: int, row: Record) -> Values:
        return {
            "position": place,
            "title": row["title"],
            "parts": row.get("parts", []),
            "license": self.licenses.get(row.get("license") or ""),
            "condition": row.get("condition", ""),
            "terms": row.get("terms", ""),
            **due_values(row),
        }

    def update(self, place: int, row: Record) -> Values:
        return {
            "position": place,
            "happened_on": row["date"],
            "status": row["status"],
            "text": row["text"],
            "source": self.source(row.get("source")),
            "note": row.get("note", ""),
            "reason": row.get("reason", ""),
            **due_values(row),
        }

    def release(self, place: int, row: Record) -> Values:
        return {
            "position": place,
            "name": row["name"],
            "type": row["type"],
            "released_on": row.get("released_on") or None,
            "url": row.get("url", ""),
            "license": self.licenses.get(row.get("license") or ""),
            "license_note": row.get("license_note", ""),
            "called": row.get("called", ""),
        }

    def component(self, slug: str, row: Record) -> Values:
        return {
            "component": slug,
            "availability": row["state"],
            "license": self.licenses.get(row.get("license") or ""),
            "url": row.get("url", ""),
            "checked_on": row.get("checked_on") or None,
            "note": row.get("note", ""),
        }

    def concern(self, place: int, row: Record) -> Values:
        return {
            "position": place,
            "type": self.concern_types.get(row["type"] or ""),
            "title": row["title"],
            "text": row["text"],
            "raised_by": row.get("raised_by", ""),
            "raised_on": row.get("raised_on") or None,
            "source": self.source(row.get("source")),
            "status": row.get("status") or "open",
            "stance": row.get("stance", ""),
            "answer": row.get("answer", ""),
            "answered_on": row.get("answered_on") or None,
            "answer_source": self.source(row.get("answer_source")),
            "note": row.get("note", ""),
        }

    def benefit(self, place: int, row: Record) -> Values:
        return {
            "position": place,
            "type": self.benefit_types[row["type"]],
            "text": row["text"],
            "claimed_by": row["claimed_by"],
            "claimant": row.get("claimant", ""),
            "support": row.get("support", ""),
            "source": self.source(row.get("source")),
        }


def due_values(row: Record) -> Values:
    return {
        "due_from": row.get("due_from") or None,
        "due_to": row.get("due_to") or None,
        "due_words": row.get("due_words", ""),
    }


def source_values(row: Record) -> Values:
    texts = ("title", "publisher", "kind", "language", "archived_url", "note")
    origin = row.get("derived_from")
    return {
        **{key: row.get(key, "") for key in texts},
        "published_on": row.get("published_on") or None,
        "checked_on": row.get("checked_on") or None,
        "derived_from": Source.objects.get_or_add(origin)[0] if origin else None,
    }
