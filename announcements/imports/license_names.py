"""Licenses as people write them, matched to the vocabulary; what could mean several is left to ask."""

import re
from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from announcements.models import License
from announcements.models.importing import KEEP_AS_NOTE, LEAVE_EMPTY
from announcements.records import Record

FILLERS = {"the", "license", "licence", "agreement", "version"}
MOST_CANDIDATES = 6


class LicenseNames:
    """Every spelling of every license of the database."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        """Slug, name, SPDX id and aliases in lower case, each with a slug; the older license wins."""
        self._plain: dict[str, set[str]] = defaultdict(set)
        self.titles: dict[str, str] = {}
        spdx_ids = set()
        for license in License.objects.order_by("pk"):
            self.titles[license.slug] = license.name
            names = license.names()
            if license.spdx_id in spdx_ids:
                # An SPDX id means the license that had it first; the other is a variant of it.
                names.discard(license.spdx_id.casefold())
            spdx_ids.add(license.spdx_id)
            for name in names:
                self.names.setdefault(name, license.slug)
                self._plain[plain(name)].add(license.slug)

    def find(self, text: str) -> str | None:
        """The slug of the license that a text means beyond doubt, whatever its case and punctuation."""
        if exact := self.names.get(text.strip().casefold()):
            return exact
        alike = self._plain.get(plain(text), set())
        return next(iter(alike)) if len(alike) == 1 else None

    def candidates(self, text: str) -> list[str]:
        """Slugs of the licenses that a text may mean, the likeliest first."""
        wanted = plain(text)
        same = sorted(self._plain.get(wanted, ()))
        near = get_close_matches(wanted, self._plain, n=MOST_CANDIDATES, cutoff=0.5)
        words = set(wanted.split())
        holding = [key for key in self._plain if words and words <= set(key.split())]
        found = (slug for key in (*near, *holding) for slug in sorted(self._plain[key]))
        return list(dict.fromkeys((*same, *found)))[:MOST_CANDIDATES]

    def settled(self, record: Record, answers: Mapping[str, str]) -> tuple[Record, list[str]]:
        """The record with slugs for texts, and the texts that are still to be asked about.

        ``answers`` has for a text the slug of a license, LEAVE_EMPTY or KEEP_AS_NOTE. What is asked
        about is left empty.
        """
        asked: list[str] = []
        return self._settled(record, answers, asked), asked

    def _settled(self, value: Any, answers: Mapping[str, str], asked: list[str]) -> Any:
        if isinstance(value, list):
            return [self._settled(row, answers, asked) for row in value]
        if not isinstance(value, dict):
            return value
        done = {key: self._settled(inner, answers, asked) for key, inner in value.items()}
        text = value.get("license")
        if isinstance(text, str) and text.strip():
            done["license"] = self.find(text)
            if done["license"] is None:
                answer = answers.get(text.strip())
                if answer is None or not (
                    answer in (LEAVE_EMPTY, KEEP_AS_NOTE) or answer in self.titles
                ):
                    asked.append(text.strip())
                elif answer == KEEP_AS_NOTE:
                    _keep_as_note(done, text.strip())
                else:
                    done["license"] = answer or None
        return done


def plain(text: str) -> str:
    """A license's name without case, punctuation and the words that every license has."""
    words = re.findall(r"[^\W_]+(?:\.\d+)*\+*", text.casefold().replace("licence", "license"))
    return " ".join(_number(word) for word in words if word not in FILLERS)


def _number(word: str) -> str:
    return word.removeprefix("v") if re.fullmatch(r"v\d[\d.]*", word) else word


def _keep_as_note(row: Record, text: str) -> None:
    """Put the words into the note of a release or a component; a promise has none."""
    if "title" in row and "updates" in row:
        return
    key = "note" if "state" in row else "license_note"
    noted = row.get(key) or ""
    if text not in noted:
        row[key] = f"{noted} License as given: {text}".strip()
