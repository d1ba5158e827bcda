"""The story of one record: every version of it and of its parts, as steps from one state to the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import models

from announcements.history.rows import DELETED, columns, link_fields, links_then, versions

Values = dict[str, Any]
"""What one version says, by column; of links the set of keys, by field."""

Key = tuple[Any, int]
"""Model and key of a row."""

State = dict[Key, Values]
"""The rows of one record, parts included, as they stood at one moment."""


@dataclass(frozen=True)
class Kind:
    """A model in the tree of a record; ``owner`` is the column that hangs it on its parent's rows."""

    model: Any
    owner: str = ""
    parent: Any = None


@dataclass(frozen=True)
class RowStep:
    """One row before and after; None where it was not there."""

    model: Any
    key: int
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class Step:
    """What one set of writes did to the record."""

    moment: datetime
    user_id: Any
    reason: str
    rows: list[RowStep]


@dataclass
class Story:
    """All steps of one record, the oldest first, with the state that each led to."""

    model: Any
    key: int
    steps: list[Step] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def at(self, moment: datetime) -> State:
        """The record as it stood then, empty if it was not there."""
        standing: State = {}
        for step, state in zip(self.steps, self.states, strict=True):
            if step.moment > moment:
                break
            standing = state
        return standing

    @property
    def now(self) -> State:
        return self.states[-1] if self.states else {}


def kinds(model: Any, parent: Any = None, owner: str = "") -> Iterator[Kind]:
    """A model and all that is deleted with its rows, parents before their parts."""
    yield Kind(model, owner, parent)
    for relation in model._meta.related_objects:
        if relation.on_delete is models.CASCADE and hasattr(relation.related_model, "history"):
            yield from kinds(relation.related_model, model, relation.field.attname)


def story(model: Any, key: int) -> Story:
    """The story of one record, in a number of queries that does not grow with it."""
    found: list[tuple[datetime, Any, str, Key, Values | None]] = []
    keys: dict[Any, set[int]] = {}
    tree = list(kinds(model))
    for kind in tree:
        rows = versions(kind.model)
        if kind.parent is None:
            rows = rows.filter(id=key)
        else:
            ever = versions(kind.model).filter(**{f"{kind.owner}__in": keys[kind.parent]})
            rows = rows.filter(id__in=ever.values("id"))
        told = list(_told(kind.model, rows.order_by("history_id")))
        keys[kind.model] = {version[3][1] for version in told}
        found += told
    return _replayed(Story(model, key), tree, sorted(found, key=lambda version: version[0]))


def _told(model: Any, rows: Any) -> Iterator[tuple[datetime, Any, str, Key, Values | None]]:
    names = columns(model)
    what = (
        "history_id",
        "history_type",
        "history_date",
        "history_user_id",
        "history_change_reason",
    )
    read = list(rows.values(*what, *names))
    links = {
        links.name: links_then(links, [row["history_id"] for row in read])
        for links in link_fields(model)
    }
    for row in read:
        values = None
        if row["history_type"] != DELETED:
            values = {name: row[name] for name in names}
            for name, of in links.items():
                values[name] = frozenset(of.get(row["history_id"], ()))
        moment, user, reason = (
            row[f"history_{name}"] for name in ("date", "user_id", "change_reason")
        )
        yield moment, user, reason, (model, row["id"]), values


def _replayed(story: Story, tree: list[Kind], found: list[Any]) -> Story:
    everything: State = {}
    before: State = {}
    for moment, told in groupby(found, key=lambda version: version[0]):
        some = list(told)
        for _, _, _, row, values in some:
            everything.pop(row, None)
            if values is not None:
                everything[row] = values
        after = _belonging(story.key, tree, everything)
        if rows := between(before, after):
            reasons = dict.fromkeys(reason for _, _, reason, _, _ in some if reason)
            story.steps.append(Step(moment, some[0][1], " ".join(reasons), rows))
            story.states.append(after)
        before = after
    return story


def _belonging(key: int, tree: Iterable[Kind], everything: State) -> State:
    """Of these rows the record itself and the parts that hang on it, in the order of the tree."""
    state: State = {}
    for kind in tree:
        for (model, row), values in everything.items():
            if model is not kind.model:
                continue
            if kind.parent is None or (kind.parent, values[kind.owner]) in state:
                state[model, row] = values
    return state


def between(before: State, after: State) -> list[RowStep]:
    """The rows that differ between two states of one record."""
    return [
        RowStep(*row, before.get(row), after.get(row))
        for row in dict.fromkeys([*after, *before])
        if before.get(row) != after.get(row)
    ]
