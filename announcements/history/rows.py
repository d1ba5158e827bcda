"""The tables of versions: which rows of them stood at a moment, and which links these had."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Max, Min, Q

from announcements import models as tracked
from announcements.models.base import WatchedModel

ADDED, CHANGED, DELETED = "+", "~", "-"


def kept() -> list[type[WatchedModel]]:
    """Every model of whose rows versions are kept."""
    named = (getattr(tracked, name) for name in tracked.__all__)
    return [one for one in named if isinstance(one, type) and issubclass(one, WatchedModel)]


def versions(model: Any) -> models.QuerySet[Any]:
    """All versions of all rows of a model."""
    return model.history.model._base_manager.order_by()


def newest(model: Any, until: datetime | None = None, among: Q | None = None) -> Any:
    """The newest version of each row, of those written until a moment; ``among`` narrows the versions."""
    rows = versions(model)
    if until is not None:
        rows = rows.filter(history_date__lte=until)
    if among is not None:
        rows = rows.filter(among)
    last = rows.values(model._meta.pk.attname).annotate(last=Max("history_id"))
    return versions(model).filter(history_id__in=last.values("last"))


def written(model: Any, keys: Iterable[int]) -> dict[int, tuple[datetime, datetime]]:
    """When each of these rows was first written, and when last."""
    rows = versions(model).filter(id__in=list(keys)).values("id")
    times = rows.annotate(first=Min("history_date"), last=Max("history_date"))
    return {key: (first, last) for key, first, last in times.values_list("id", "first", "last")}


def columns(model: Any) -> list[str]:
    """The columns that a version holds."""
    return [field.attname for field in model.history.model.tracked_fields]


def link_fields(model: Any) -> list[Any]:
    """The many-to-many fields whose links a version holds."""
    return [model._meta.get_field(name) for name in getattr(model, "_history_m2m_fields", ())]


def link_versions(field: Any) -> Any:
    """The model of the links that versions had."""
    return getattr(field.model.history.model, field.name).model


Links = dict[int, dict[int, int]]
"""By the key of a row or of a version: the keys it is linked to, and those of the links."""


def links_now(field: Any, keys: Iterable[int]) -> Links:
    """The links of rows as they stand."""
    rows, keys = field.remote_field.through._base_manager.order_by(), list(keys)
    sides = [field.m2m_column_name(), field.m2m_reverse_name()]
    found = _by_owner(rows.filter(**{f"{sides[0]}__in": keys}).values_list(*sides, "pk"))
    if field.remote_field.symmetrical:
        # Django says that two are linked before it writes the second half of the link.
        halves = rows.filter(**{f"{sides[1]}__in": keys}).values_list(*sides[::-1], "pk")
        for owner, others in _by_owner(halves).items():
            found[owner] = others | found[owner]
    return found


def links_then(field: Any, version_keys: Iterable[int]) -> Links:
    """By version."""
    rows = link_versions(field)._base_manager.filter(history_id__in=list(version_keys))
    return _by_owner(rows.order_by().values_list("history_id", field.m2m_reverse_name(), "id"))


def _by_owner(rows: Iterable[tuple[int, int, int]]) -> Links:
    found: Links = defaultdict(dict)
    for owner, other, link in rows:
        found[owner][other] = link
    return found
