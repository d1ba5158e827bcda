"""The project's own data as its tests read it. Plain Python: no database."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from announcements.vocabularies import DATA, vocabularies

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


ARTICLE = json.loads((DATA / "founding-article.json").read_text(encoding="utf-8"))
RECORDS = rows("announcements.jsonl")
COMPANIES = rows("companies.jsonl")
ALL = [ARTICLE, *RECORDS]
BY_ID = {record["id"]: record for record in ALL}

PROMISES = [
    pytest.param(record, promise, id=f"{record['id']}#{number}")
    for record in ALL
    for number, promise in enumerate(record["promises"], start=1)
]
RELEASES = [
    pytest.param(record, release, id=f"{record['id']}: {release['name']}")
    for record in ALL
    for release in record["releases"]
]
LICENSES = vocabularies()["licenses"]


def each_record(records: list[Row] = ALL) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("record", records, ids=[record["id"] for record in records])


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the key it stands under."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from leaves(inner, inner_key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key)
    elif isinstance(value, str):
        yield key, value
