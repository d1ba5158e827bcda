"""The records that the project brings: the founding article, and the starter records."""

from typing import Any

from announcements.imports.reading import Batch, read
from announcements.imports.vocabulary_rows import load_vocabularies
from announcements.imports.writing import Result, import_batch
from announcements.models import Announcement, Company
from announcements.vocabularies import DATA

COMPANIES, STARTERS, ARTICLE = "companies.jsonl", "announcements.jsonl", "founding-article.json"


def seed_starters(progress: Any = iter) -> Result:
    """Import the starter companies and announcements with what they refer to."""
    load_vocabularies()
    return import_batch(_own(COMPANIES, STARTERS), progress=progress)


def seed_article() -> Result:
    """Record the founding article, once: what is there already may have been corrected since."""
    load_vocabularies()
    batch = _own(COMPANIES, ARTICLE)
    announcements = set(Announcement.objects.values_list("slug", flat=True))
    companies = set(Company.objects.values_list("name", flat=True))
    batch.announcements = [row for row in batch.announcements if row["id"] not in announcements]
    named = {name for row in batch.announcements for name in row["companies"]}
    batch.companies = [
        row
        for row in batch.companies
        if row["name"] not in companies and {row["name"], row["legal_name"]} & named
    ]
    for record in batch.announcements:
        record["related"] = [slug for slug in record.get("related", []) if slug in announcements]
    return import_batch(batch)


def _own(*names: str) -> Batch:
    return read((name, (DATA / name).read_text(encoding="utf-8")) for name in names)
