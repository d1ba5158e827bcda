"""What an announcement needs in each of its states, in one place for every door.

No constraint can say this, because it spans rows. Every write to an announcement, to one of its parts
or to what they rest on comes through ``WatchedModel``, which brings it here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from announcements.models.evidence import READ, Missing, unproven

CHUNK = 500
"""How many announcements are read at a time, with their parts."""


STATES = ("stub", "draft", "ready", "published")
"""In their order: each asks all that those before it ask, and more."""

WORDS = {
    "title": "Give it a title.",
    "company": "Name the company that announced.",
    "announced_on": "Say when it was announced; a month or a year will do.",
    "kind": "Choose the kind of announcement.",
    "basis": "Say on whose word it rests.",
    "summary": "Write a summary.",
}
ASKED = {
    "stub": ("company",),
    "draft": ("title", "company", "announced_on", "kind"),
    "ready": tuple(WORDS),
    "published": tuple(WORDS),
}
"""The fields that each state asks, in the order of the form; a stub takes its title from its source."""

KEPT = ("ready", "published")
"""States in which an announcement may lack nothing, whatever is written through whichever door."""

RELEASED = {"model-release": "model", "software-release": "software", "dataset-release": "dataset"}


def missing(announcement: Any, state: str = "published") -> list[Missing]:
    """The gaps that keep an announcement from a state, in the order of the form.

    One that was published from a file is not asked for the evidence until an editor publishes it anew.
    """
    parts = None if announcement.pk is None else _with_parts(announcement.pk)
    return _gaps(announcement, parts, state, with_evidence=not announcement.evidence_due)


def missing_by_state(announcement: Any) -> dict[str, list[Missing]]:
    """For each state the gaps that it adds to those of the states before it, from one reading."""
    parts = None if announcement.pk is None else _with_parts(announcement.pk)
    told: set[Missing] = set()
    by_state = {}
    for state in STATES:
        gaps = _gaps(announcement, parts, state, with_evidence=not announcement.evidence_due)
        by_state[state] = [gap for gap in gaps if gap not in told]
        told.update(gaps)
    return by_state


def evidence_missing(announcement: Any) -> list[Missing]:
    """The gaps in its evidence alone, also of one that is published without."""
    return _unproven(announcement, _with_parts(announcement.pk))


def _with_parts(key: int) -> Any:
    rows = apps.get_model("announcements", "Announcement").objects
    return rows.filter(pk=key).prefetch_related(*READ).first()


def _gaps(announcement: Any, parts: Any, state: str, *, with_evidence: bool) -> list[Missing]:
    """``parts`` is the announcement as it is stored, with what hangs on it; None if it is not stored."""
    gaps = [
        Missing(field, WORDS[field]) for field in ASKED[state] if not getattr(announcement, field)
    ]
    if parts is None or not parts.citations.all():
        gaps.append(Missing("sources", "Add a source: no fact without one."))
    if parts is None or state not in KEPT:
        return gaps
    gaps += [*_unfinished(parts), *_what_the_kind_requires(announcement.kind, parts)]
    return gaps + _unproven(announcement, parts) if with_evidence else gaps


def _unproven(announcement: Any, parts: Any) -> list[Missing]:
    parts.kind, parts.basis = announcement.kind, announcement.basis
    return unproven(parts)


def _unfinished(parts: Any) -> Iterator[Missing]:
    for promise in parts.promises.all():
        if not promise.status:
            yield Missing(
                "promises",
                f"Tell what became of the promise “{promise.title}”: it has no update yet.",
                promise.pk,
            )
    for concern in parts.concerns.all():
        if concern.source_id is None or not concern.raised_by:
            yield Missing(
                "concerns", f"Say who raised the concern “{concern.title}”, and where.", concern.pk
            )


def _what_the_kind_requires(kind: str, parts: Any) -> Iterator[Missing]:
    if kind == "intent" and not parts.promises.all():
        yield Missing("promises", "An intent needs at least one promise.")
    wanted = RELEASED.get(kind)
    if wanted and not any(release.type == wanted for release in parts.releases.all()):
        yield Missing("releases", f"A {wanted} release needs at least one release of that type.")
    papers = (row for row in parts.citations.all() if row.source.kind == "paper")
    if kind == "research-publication" and not any(papers):
        yield Missing("sources", "A research publication needs a source of kind paper.")


Written = dict[type[models.Model], set[Any]]
"""The keys of rows that were written, deleted ones among them, by model."""


@dataclass
class _Block:
    """What the writes of one block leave to do at its end; both are keys of announcements."""

    to_check: set[int] = field(default_factory=set)
    changed: set[int] | None = None
    """None while nothing was written that readers could see."""
    written: Written = field(default_factory=dict)


_block: ContextVar[_Block | None] = ContextVar("block", default=None)

Listener = Callable[[set[int]], object]
_listeners: list[Listener] = []


Keeper = Callable[[Written], object]
_keepers: list[Keeper] = []


def when_written(keeper: Keeper) -> None:
    """Have a function called at the end of every block, after the listeners, with the rows it wrote."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def when_changed(listener: Listener) -> None:
    """Have a function called at the end of every block of writes, within its transaction.

    It takes the keys of the announcements of which anything may read otherwise now: their own row, a
    part, a name they show. Deleted ones are among them, drafts too; none at all may be, when only the
    name of a filter's value was written.
    """
    if listener not in _listeners:
        _listeners.append(listener)


@contextmanager
def checked_at_the_end() -> Iterator[None]:
    """Let rows be replaced one by one: published announcements are checked when the block ends.

    The block is one transaction; if something is missing at its end, ValidationError undoes all of it.
    Blocks within a block leave the check to the outer one.
    """
    if _block.get() is not None:
        with transaction.atomic():
            yield
        return
    block = _Block()
    token = _block.set(block)
    try:
        with transaction.atomic():
            yield
            _require_publishable(block.to_check)
            if block.changed is not None:
                for listener in _listeners:
                    listener(block.changed)
            for keeper in _keepers:
                keeper(block.written)
    finally:
        _block.reset(token)


def is_within_a_block() -> bool:
    """Whether something may be written here whose listeners were not called yet."""
    return _block.get() is not None


def check(keys: set[int]) -> None:
    """Refuse what was written if a published one of these announcements lacks something now."""
    _leave_to_do(keys, keys)


def touch(keys: Iterable[int]) -> None:
    """Something was written that these announcements show, and none of them can lack anything by it.

    Without any keys: something that lists of announcements show, such as the name of a filter's value.
    """
    _leave_to_do(set(), set(keys))


def note(model: type[models.Model], keys: Iterable[Any]) -> None:
    """Rows of a model were written, whichever way; a key that has no row any more was deleted."""
    if (block := _block.get()) is not None:
        block.written.setdefault(model, set()).update(keys)
        # The listeners come before the keepers, and one of them has writers wait for each other.
        block.changed = block.changed or set()
    else:
        with checked_at_the_end():
            note(model, keys)


def _leave_to_do(to_check: set[int], changed: set[int]) -> None:
    if (block := _block.get()) is not None:
        block.to_check |= to_check
        block.changed = changed | (block.changed or set())
    else:
        with checked_at_the_end():
            _leave_to_do(to_check, changed)


def _require_publishable(keys: set[int]) -> None:
    # Drafts are locked too: another writer may be publishing one of them at this moment.
    announcements = apps.get_model("announcements", "Announcement")._base_manager
    in_order = sorted(keys)
    for start in range(0, len(in_order), CHUNK):
        rows = announcements.filter(pk__in=in_order[start : start + CHUNK]).order_by("pk")
        states = rows.select_for_update().values_list("pk", "state")
        kept = [key for key, state in states if state in KEPT]
        for announcement in rows.filter(pk__in=kept).prefetch_related(*READ):
            _keep(announcement)


def _keep(announcement: Any) -> None:
    """Refuse what is not whole; one that has its evidence at last is held to it from now on."""
    owing = announcement.evidence_due
    refuse(_gaps(announcement, announcement, announcement.state, with_evidence=not owing))
    if owing and not unproven(announcement):
        rows: models.QuerySet[Any] = models.QuerySet(type(announcement))
        rows.filter(pk=announcement.pk).update(evidence_due=False)
        note(type(announcement), [announcement.pk])


def refuse(gaps: list[Missing]) -> None:
    """Raise a ValidationError that lists the gaps, if there are any."""
    if gaps:
        raise ValidationError([ValidationError(gap.message, code=gap.field) for gap in gaps])
