"""The words that values stand for: every vocabulary with its terms, as pages and filters use them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from announcements.models import BenefitType, ConcernType
from announcements.records import Record
from announcements.vocabularies import terms


@dataclass(frozen=True)
class Vocabulary:
    """One list of terms."""

    title: str
    words: str
    parameter: str
    """The filter that takes its slugs, "" if none does."""
    terms: Callable[[], list[Record]]


def _fixed(key: str) -> Callable[[], list[Record]]:
    """Terms that are the same in every tracker."""
    return lambda: [_term(row) for row in terms(key).values()]


def _editors(model: Any) -> Callable[[], list[Record]]:
    """Terms that editors add to."""
    return lambda: [
        {"slug": row.slug, "name": row.name, "definition": row.definition}
        for row in model.objects.all()
    ]


def _term(row: Record) -> Record:
    meaning = row.get("definition") or row.get("rule", "").replace("_", " ")
    return {"slug": row["slug"], "name": row["name"], "definition": meaning}


VOCABULARIES = {
    "announcement-kinds": Vocabulary(
        "Kinds of announcements",
        "Chosen by what could be obtained on the day.",
        "kind",
        _fixed("announcement_kinds"),
    ),
    "announcement-basis": Vocabulary(
        "Basis", "On whose word an announcement rests.", "", _fixed("announcement_basis")
    ),
    "statuses": Vocabulary(
        "Statuses of promises",
        "What became of a promise: that of its latest update.",
        "status",
        _fixed("delivery_statuses"),
    ),
    "components": Vocabulary("Components", "Parts of a release.", "", _fixed("components")),
    "component-states": Vocabulary(
        "States of components", "Whether a part can be had.", "", _fixed("component_states")
    ),
    "levels": Vocabulary("Openness levels", "How open a release is.", "openness", _fixed("levels")),
    "license-classes": Vocabulary(
        "License classes", "What a license lets a part count as.", "", _fixed("license_classes")
    ),
    "license-restrictions": Vocabulary(
        "License restrictions", "What a license shuts out.", "", _fixed("license_restrictions")
    ),
    "concern-types": Vocabulary(
        "Concern types", "What people worry about.", "concern", _editors(ConcernType)
    ),
    "benefit-types": Vocabulary(
        "Benefit types", "What is claimed to come of it.", "benefit", _editors(BenefitType)
    ),
    "source-kinds": Vocabulary(
        "Kinds of sources", "How far a page can carry a fact.", "", _fixed("source_kinds")
    ),
}
