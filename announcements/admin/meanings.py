"""The vocabulary's definitions where they are needed while typing."""

from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from announcements.models import BenefitType, ConcernType
from announcements.vocabularies import terms

IN_THE_FILE = {
    "delivery_statuses": "What became of a promise",
    "components": "Components of a release",
    "component_states": "What a component counts as",
    "source_kinds": "Kinds of source",
}


@cache
def beside_the_field(vocabulary: str, question: str) -> SafeString:
    """The terms of one choice with their definitions, folded."""
    return format_html(
        '<details class="meanings"><summary>{}</summary><dl>{}</dl></details>',
        question,
        format_html_join(
            "",
            "<dt>{}</dt><dd>{}</dd>",
            ((row["name"], _words(row)) for row in terms(vocabulary).values()),
        ),
    )


def _words(row: dict[str, Any]) -> str:
    needs = row.get("requires") or row.get("evidence")
    note = row.get("editor_hint") or row.get("note")
    parts = [row.get("definition", ""), f"Needs: {needs}." if needs else "", note or ""]
    return " ".join(part for part in parts if part)


def glossary() -> list[tuple[str, list[tuple[str, str]]]]:
    """Headings with their terms, for the end of the announcement's page."""
    parts = [
        (heading, [(row["name"], _words(row)) for row in terms(vocabulary).values()])
        for vocabulary, heading in IN_THE_FILE.items()
    ]
    concerns = [
        (row.name, f"{row.definition} {row.use_instead}".strip())
        for row in ConcernType.objects.all()
    ]
    benefits = [(row.name, row.definition) for row in BenefitType.objects.all()]
    return [*parts, ("Types of concern", concerns), ("Types of benefit", benefits)]
