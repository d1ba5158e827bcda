"""What the vocabulary asks as evidence before readers see a fact: its rules, as one table.

Strength and what a kind of source carries are the vocabulary's (``source_kinds``); what each status, kind
and basis asks stands there too (``delivery_statuses``, ``announcement_kinds``, ``source_rules``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from announcements import statuses
from announcements.vocabularies import terms


@dataclass(frozen=True)
class Missing:
    """One gap: the field or list it is in, a sentence that says what to do, and the key of the row if it is one's."""

    field: str
    message: str
    row: int | None = None


Gaps = Iterator[Missing]

OWN_WORD = ("company-statement", "named-person")
OBTAINED_THAT_DAY = ("model-release", "software-release", "dataset-release", "license-change")
"""Kinds of announcement that are themselves something to be obtained: a page that has it says so."""

_of_type: dict[str, set[str]] = {}
for _slug, _term in terms("components").items():
    _of_type.setdefault(_term["type"], set()).add(_slug)

CARRIES = {
    "repository": _of_type["code"] | _of_type["data"],
    "model-page": _of_type["data"] | {"model_card"},
    "paper": {"technical_report"},
    "license-text": set[str](),
}
"""The parts of which a source of this kind is strong evidence that they can be obtained."""


def strength(source: Any, of: str) -> str:
    """How far a source carries an ``announcement`` or a ``delivery``: strong, weak or none.

    An archived copy counts as what it is a copy of, which its "retells" names.
    """
    found: str = terms("source_kinds")[source.kind][of]
    if found != "as original":
        return found
    original = source.derived_from
    return strength(original, of) if original and original.kind != source.kind else "none"


def sources_of(announcement: Any) -> list[Any]:
    """Every page that the announcement lists or a step of a promise names."""
    steps = [step for promise in announcement.promises.all() for step in promise.updates.all()]
    named = [
        *(row.source for row in announcement.citations.all()),
        *(step.source for step in steps),
    ]
    return list({source.pk: source for source in named if source}.values())


def _is_strong(announcement: Any, of: str = "announcement") -> bool:
    return any(strength(source, of) == "strong" for source in sources_of(announcement))


# Whose word it is


def _the_word_it_rests_on(announcement: Any) -> Gaps:
    if not announcement.citations.all():
        return  # That it lacks any source is said already.
    can_be_seen = announcement.kind in OBTAINED_THAT_DAY
    says_so = _is_strong(announcement) or (can_be_seen and _is_strong(announcement, "delivery"))
    if announcement.basis in OWN_WORD and not says_so:
        yield Missing(
            "sources",
            "Add a strong source: the company's statement, an officer's post or a filing"
            f"{', or the page where it can be obtained' if can_be_seen else ''}. "
            "With press alone, the basis is a report.",
        )
    quoting = ("strong", "weak")
    if announcement.basis == "named-report" and not any(
        strength(source, "announcement") in quoting for source in sources_of(announcement)
    ):
        yield Missing("sources", "Add the report that quotes a named person of the company.")


def _other_needs_a_note(announcement: Any) -> Gaps:
    for row in announcement.citations.all():
        if row.source.kind == "other" and not row.source.note:
            yield Missing(
                "sources",
                f"Choose the kind of the source “{row.source}”, or write in its note what it is.",
                row.pk,
            )


# What the kind requires


def _what_the_kind_links_to(announcement: Any) -> Gaps:
    has_parts = announcement.promises.all() or announcement.releases.all()
    related = announcement.related.all()
    if announcement.kind == "progress-update" and not related:
        yield Missing("related", "Link the earlier announcement that this speaks about.")
    if announcement.kind == "withdrawal" and not (related or has_parts):
        yield Missing("related", "Link what is withdrawn: an announcement, a promise or a release.")
    if announcement.kind == "license-change" and not (
        related or any(release.license for release in announcement.releases.all())
    ):
        yield Missing(
            "releases",
            "A license change needs a release with the new license, the old one in its note.",
        )


# Where each promise stands


def _can_be_had(announcement: Any) -> set[str]:
    """The parts that a release lists with an address and the day it was checked."""
    return {
        row.component
        for release in announcement.releases.all()
        for row in release.components.all()
        if row.availability in ("published", "limited")
        and row.checked_on
        and (row.url or release.url)
    }


def _looked_for(announcement: Any) -> set[str]:
    """The parts that were looked for and not found, with a note of the search."""
    return {
        row.component
        for release in announcement.releases.all()
        for row in release.components.all()
        if row.availability == "none" and row.note
    }


def _proven(announcement: Any) -> set[str]:
    """The parts with a strong source and the day it was checked."""
    checked = [source for source in sources_of(announcement) if source.checked_on]
    carried: set[str] = set().union(*(CARRIES.get(source.kind, ()) for source in checked))
    return carried | _can_be_had(announcement)


def _announced(announcement: Any, promise: Any, step: Any) -> Gaps:
    if announcement.basis == "unnamed-report" and not _is_strong(announcement):
        yield Missing(
            "promises",
            f"“{promise}” is unverifiable while only unnamed sources report it: say so in a step, or "
            "add a strong source.",
            promise.pk,
        )
    elif announcement.basis in OWN_WORD and not _is_strong(announcement):
        yield Missing(
            "sources",
            f"Add a strong source for the promise “{promise}”: who promised it, in their own words.",
        )


def _delayed(announcement: Any, promise: Any, step: Any) -> Gaps:
    if not (step.source and strength(step.source, "announcement") == "strong"):
        yield Missing(
            "promises",
            f"“{promise}” is delayed: name the company's statement of the later date as the source of "
            "that step.",
            promise.pk,
        )


def _delivered(announcement: Any, promise: Any, step: Any) -> Gaps:
    proven = _proven(announcement)
    names = terms("components")
    unproven = [names[part]["name"].lower() for part in promise.parts if part not in proven]
    if unproven or not proven:
        what = ", ".join(unproven) or "what came"
        yield Missing(
            "sources",
            f"“{promise}” is delivered: add for {what} the page where it can be obtained, with the "
            "day it was checked.",
        )


def _partly_delivered(announcement: Any, promise: Any, step: Any) -> Gaps:
    proven = _proven(announcement)
    if not (proven & set(promise.parts) if promise.parts else proven):
        yield Missing(
            "sources",
            f"“{promise}” is partly delivered: add for what came the page where it can be obtained, "
            "with the day it was checked.",
        )
    rest = set(promise.parts) - proven
    if not step.note and not (rest and rest <= _looked_for(announcement)):
        yield Missing(
            "promises",
            f"“{promise}” is partly delivered: write in a search note where the rest was looked for, and "
            "on which day.",
            promise.pk,
        )


def _lapsed(announcement: Any, promise: Any, step: Any) -> Gaps:
    if not step.note:
        yield Missing(
            "promises",
            f"“{promise}” has lapsed: write a search note with the places searched, the day, and the "
            "company's last word.",
            promise.pk,
        )


def _withdrawn(announcement: Any, promise: Any, step: Any) -> Gaps:
    if not step.note and not (step.source and strength(step.source, "announcement") == "strong"):
        yield Missing(
            "promises",
            f"“{promise}” is withdrawn: name the company's statement as the source of that step, or note "
            "two checks, seven days apart, that it is gone.",
            promise.pk,
        )


def _superseded(announcement: Any, promise: Any, step: Any) -> Gaps:
    if promise.superseded_by_id is None:
        yield Missing(
            "promises", f"“{promise}” is superseded: link the promise that replaced it.", promise.pk
        )


def _unverifiable(announcement: Any, promise: Any, step: Any) -> Gaps:
    if not step.note:
        yield Missing(
            "promises", f"“{promise}” is unverifiable: say in a note what is missing.", promise.pk
        )


OF_STATUS: dict[str, Callable[[Any, Any, Any], Gaps]] = {
    statuses.ANNOUNCED: _announced,
    statuses.DELAYED: _delayed,
    statuses.PARTLY_DELIVERED: _partly_delivered,
    statuses.DELIVERED: _delivered,
    statuses.LAPSED: _lapsed,
    statuses.WITHDRAWN: _withdrawn,
    statuses.SUPERSEDED: _superseded,
    statuses.UNVERIFIABLE: _unverifiable,
}


def _where_promises_stand(announcement: Any) -> Gaps:
    for promise in announcement.promises.all():
        if promise.status:
            story = sorted(promise.updates.all(), key=lambda step: step.position)
            yield from OF_STATUS[promise.status](announcement, promise, story[-1])


# What was looked for


def _not_found_needs_a_search_note(announcement: Any) -> Gaps:
    for release in announcement.releases.all():
        for row in release.components.all():
            if row.availability == "none" and not row.note:
                yield Missing(
                    "releases",
                    f"{row} of “{release}” was looked for and not found: note where, and on which day.",
                    release.pk,
                )


RULES: tuple[Callable[[Any], Gaps], ...] = (
    _the_word_it_rests_on,
    _other_needs_a_note,
    _what_the_kind_links_to,
    _where_promises_stand,
    _not_found_needs_a_search_note,
)

READ = (
    "citations__source__derived_from",
    "promises__updates__source__derived_from",
    "releases__components",
    "releases__license",
    "concerns",
    "related",
)
"""The rows that the rules read: to be prefetched, so that the queries do not grow."""


def unproven(announcement: Any) -> list[Missing]:
    """The evidence that an announcement lacks, each gap once; ``READ`` is loaded with it."""
    gaps = [gap for rule in RULES for gap in rule(announcement)]
    return list(dict.fromkeys(gaps))
