"""What a search must find in the starter records, told from the files alone: no database, no index.

The records are plain ASCII, so a word is a run of small letters and digits, and "'s" is none.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import snowballstemmer

from tests.starter_data import ALL, COMPANIES, LICENSES

Texts = list[str]
_stem = cache(snowballstemmer.stemmer("english").stemWord)
_NAMES = {
    row.get("legal_name") or row["name"]: [
        row["name"],
        row.get("legal_name") or "",
        *(former for former in row.get("former_names") or ()),
    ]
    for row in COMPANIES
}
_LICENSES = {row["slug"]: [row["name"], row.get("spdx") or ""] for row in LICENSES}


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]s\b", "", text.lower()))


def stems(text: str) -> list[str]:
    return [_stem(word) for word in words(text)]


def _licenses(record: Any) -> Iterator[str]:
    for promise in record["promises"]:
        yield promise.get("license") or ""
    for release in record["releases"]:
        yield release.get("license") or ""
        for component in release.get("components", {}).values():
            yield component.get("license") or ""


def _columns(record: Any) -> tuple[Texts, Texts, Texts]:
    names = [name for company in record["companies"] for name in _NAMES[company]]
    names += [row["name"] for row in record["initiatives"] + record["releases"]]
    names += [name for slug in _licenses(record) if slug for name in _LICENSES[slug]]
    body = [record["summary"], *(promise["title"] for promise in record["promises"])]
    for concern in record["concerns"]:
        body += [concern["title"], concern["text"], concern.get("raised_by") or ""]
    return [record["title"]], names, body


COLUMNS = {record["id"]: _columns(record) for record in ALL}


def holds(texts: Texts, asked: str) -> bool:
    """Whether one of some texts holds a word, a "phrase" or a beginning*."""
    if asked.endswith("*"):
        return any(word.startswith(asked[:-1]) for text in texts for word in words(text))
    wanted = f" {' '.join(stems(asked))} "
    return any(wanted in f" {' '.join(stems(text))} " for text in texts)


def tiers(wanted: list[str], unwanted: list[str]) -> list[set[str]]:
    """The ids of the records that hold all that is wanted and nothing unwanted, by tier."""
    found: list[set[str]] = [set(), set(), set()]
    for key, (title, names, body) in COLUMNS.items():
        if any(holds(title + names + body, asked) for asked in unwanted):
            continue
        for tier, texts in enumerate((title, title + names, title + names + body)):
            if all(holds(texts, asked) for asked in wanted):
                found[tier].add(key)
                break
    return found
