"""Writing versions: at the end of each block of writes one for every row that differs from its newest."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from announcements.history.rows import (
    ADDED,
    CHANGED,
    DELETED,
    Links,
    columns,
    link_fields,
    link_versions,
    links_now,
    links_then,
    newest,
)
from announcements.models import Announcement
from announcements.models.base import chunks
from announcements.models.publishing import Written

INCIDENTAL = frozenset({"created_by_id", "recorded_by_id"})
"""Columns that go with a version and make none: an account that is deleted takes its name along."""

_reason: ContextVar[str] = ContextVar("reason", default="")

Values = dict[str, Any]


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Keep a reason with every version that is written within."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def keep(written: Written) -> None:
    """Write what became of these rows. Within the transaction that wrote them, at its end."""
    user = Announcement.history.model.get_default_history_user(None)
    edit = _Edit(timezone.now(), user.pk if user else None, _reason.get())
    for model, keys in written.items():
        for some in chunks(sorted(keys)):
            edit.keep(model, some)


@dataclass(frozen=True)
class _Edit:
    """When, who and why: one block of writes has the same for all it wrote."""

    moment: datetime
    user_id: Any
    reason: str

    def keep(self, model: Any, keys: list[int]) -> None:
        """A version of each of these rows that is not as its newest version says."""
        names = columns(model)
        now = _by_key(models.QuerySet(model).filter(id__in=keys).order_by(), names)
        among = models.Q(id__in=keys)
        last = _by_key(newest(model, among=among), ["history_id", "history_type", *names])
        links = {
            field: (links_now(field, now), _last_links(field, last)) for field in link_fields(model)
        }
        made = []
        for key in keys:
            is_linked_anew = any(_differ(key, *both) for both in links.values())
            if version := self._version(now.get(key), last.get(key), is_linked_anew):
                made.append(model.history.model(**version))
        self._write(model, made, {field: of for field, (of, _) in links.items()})

    def _version(self, now: Values | None, last: Values | None, is_linked_anew: bool) -> Values:
        """The columns of the version to write, none if the newest says the same."""
        was = last if last and last["history_type"] != DELETED else None
        if now is None:
            return self._with(was, DELETED) if was else {}
        if was is None:
            return self._with(now, ADDED)
        changed = any(was[name] != now[name] for name in now if name not in INCIDENTAL)
        return self._with(now, CHANGED) if changed or is_linked_anew else {}

    def _with(self, values: Values, kind: str) -> Values:
        return values | {
            "history_id": None,
            "history_type": kind,
            "history_date": self.moment,
            "history_user_id": self.user_id,
            "history_change_reason": self.reason or values.get("reason", ""),
        }

    def _write(self, model: Any, made: list[Any], links: dict[Any, Links]) -> None:
        if not made:
            return
        written = model.history.model._base_manager.bulk_create(made, batch_size=500)
        standing = [row for row in written if row.history_type != DELETED]
        for field, of in links.items():
            _write_links(field, standing, of)


def _by_key(rows: Any, names: Iterable[str]) -> dict[int, Values]:
    return {values["id"]: values for values in rows.values(*names)}


def _last_links(field: Any, last: dict[int, Values]) -> Links:
    then = links_then(field, [values["history_id"] for values in last.values()])
    return {key: then[values["history_id"]] for key, values in last.items()}


def _differ(key: int, now: Links, last: Links) -> bool:
    return now.get(key, {}).keys() != last.get(key, {}).keys()


def _write_links(field: Any, rows: list[Any], links: Links) -> None:
    model = link_versions(field)
    near, far = field.m2m_column_name(), field.m2m_reverse_name()
    model._base_manager.bulk_create(
        [
            model(history_id=row.pk, id=link, **{near: row.id, far: other})
            for row in rows
            for other, link in links.get(row.id, {}).items()
        ],
        batch_size=500,
    )
