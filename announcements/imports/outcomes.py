"""What an import found and did, bounded however many rows it had."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from announcements.imports.headers import SCHEMAS
from announcements.imports.reading import Problem
from announcements.models import ImportedRecord
from announcements.records import Record
from announcements.records.columns import cells, in_order

MOST_PROBLEMS = 500
MOST_CHANGES = 500


@dataclass
class Outcome:
    """Counts are of everything; problems are the first ones."""

    counts: Counter[str] = field(default_factory=Counter)
    """"created", "updated", "unchanged" and "refused" records."""
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    questions: Counter[str] = field(default_factory=Counter)
    """Texts that could mean several licenses, or none that is known, and how often each comes."""
    changes: list[dict[str, Any]] = field(default_factory=list)
    _digest: Any = field(default_factory=lambda: blake2b(digest_size=16))
    _refused: tuple[str, int] = ("", 0)

    def refuse(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        # Problems of one record come one after the other.
        if self._refused != (problem.place, problem.number) or not problem.place:
            self.counts["refused"] += 1
        self._refused = (problem.place, problem.number)

    def will_change(self, name: str, before: Record | None) -> None:
        """Note which record is changed and from what, so that a later check can tell whether that is still so."""
        self._digest.update(repr((name, before)).encode())

    @property
    def digest(self) -> str:
        """Equal for two checks that would change the same records from the same state."""
        return str(self._digest.hexdigest())

    @property
    def more_problems(self) -> int:
        return self.problem_count - len(self.problems)


def change_of(row: ImportedRecord) -> dict[str, Any]:
    """A record that was added or changed: its name, and every column that differs, before and after."""
    schema = SCHEMAS[row.noun]
    before, after = (cells(record or {}, schema) for record in (row.before, row.after))
    differing = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    return {
        "name": row.name,
        "key": row.key,
        "noun": row.noun,
        "is_new": row.is_new,
        "cells": [
            [name, before.get(name, ""), after.get(name, "")]
            for name in in_order(differing, schema)
        ],
    }
