"""What an announcement needs before readers see it, in one place for every door.

No constraint can say this, because it spans rows. Every write to an announcement, to one of its parts
or to what they rest on comes through ``WatchedModel``, which brings it here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models, transaction


@dataclass(frozen=True)
class Missing:
    """One gap: the field or list it is in, and a sentence that says what to do."""

    field: str
    message: str


WORDS = {
    "title": "Give it a title.",
    "company": "Name the company that announced.",
    "announced_on": "Say when it was announced; a month or a year will do.",
    "kind": "Choose the kind of announcement.",
    "basis": "Say on whose word it rests.",
    "summary": "Write a summary.",
}
RELEASED = {"model-release": "model", "software-release": "software", "dataset-release": "dataset"}


def missing(announcement: Any) -> list[Missing]:
    """The gaps that keep an announcement from its readers, in the order of the form."""
    gaps = [
        Missing(field, words) for field, words in WORDS.items() if not getattr(announcement, field)
    ]
    if announcement.pk is None:
        return [*gaps, Missing("sources", "Add a source: no fact without one.")]
    return [*gaps, *_evidence(announcement), *_what_the_kind_requires(announcement)]


def _evidence(announcement: Any) -> Iterator[Missing]:
    if not announcement.citations.exists():
        yield Missing("sources", "Add a source: no fact without one.")
    for promise in announcement.promises.filter(status=""):
        yield Missing(
            "promises", f"Tell what became of the promise “{promise.title}”: it has no update yet."
        )
    for concern in announcement.concerns.filter(models.Q(source=None) | models.Q(raised_by="")):
        yield Missing("concerns", f"Say who raised the concern “{concern.title}”, and where.")


def _what_the_kind_requires(announcement: Any) -> Iterator[Missing]:
    if announcement.kind == "intent" and not announcement.promises.exists():
        yield Missing("promises", "An intent needs at least one promise.")
    wanted = RELEASED.get(announcement.kind)
    if wanted and not announcement.releases.filter(type=wanted).exists():
        yield Missing("releases", f"A {wanted} release needs at least one release of that type.")
    if announcement.kind == "research-publication" and not announcement.citations.filter(
        source__kind="paper"
    ):
        yield Missing("sources", "A research publication needs a source of kind paper.")


@dataclass
class _Block:
    """What the writes of one block leave to do at its end; both are keys of announcements."""

    to_check: set[int] = field(default_factory=set)
    changed: set[int] | None = None
    """None while nothing was written that readers could see."""


_block: ContextVar[_Block | None] = ContextVar("block", default=None)

Listener = Callable[[set[int]], object]
_listeners: list[Listener] = []


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


def _leave_to_do(to_check: set[int], changed: set[int]) -> None:
    if (block := _block.get()) is not None:
        block.to_check |= to_check
        block.changed = changed | (block.changed or set())
    else:
        with checked_at_the_end():
            _leave_to_do(to_check, changed)


def _require_publishable(keys: set[int]) -> None:
    # Drafts are locked too: another writer may be publishing one of them at this moment.
    announcements = apps.get_model("announcements", "Announcement").objects.filter(pk__in=keys)
    for announcement in announcements.order_by("pk").select_for_update():
        if announcement.is_published:
            announcement.require_publishable()
