"""The data as it stood at the end of a day: announcements that templates can show, and tables to read sets from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import models

from announcements.history.rows import DELETED, link_fields, links_then, newest, versions
from announcements.models import Announcement

ENTRY = (
    "company__former_names",
    "partners__company__former_names",
    "initiatives",
    "promises",
    "concerns__type",
    "concerns__further_types",
    "releases__license",
    "releases__components__license",
    "citations",
)
"""What an entry of a list shows."""


def end_of(day: date) -> datetime:
    """The last moment of a day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)


@dataclass(frozen=True)
class Past:
    """One day's end. What editors took back from readers since, or deleted, is not shown on any day."""

    day: date

    @property
    def moment(self) -> datetime:
        return end_of(self.day)

    # Rows that templates can show

    def published(self, *paths: str, **which: Any) -> list[Announcement]:
        """Announcements that readers saw then, with what hangs on them along these paths."""
        found = self._instances(Announcement, state="published", **which)
        shown = [row for row in found if row.is_published]
        for path in paths:
            self._fill(shown, path)
        return shown

    def _instances(self, model: Any, **which: Any) -> list[Any]:
        """Rows of which this was true then."""
        ever = versions(model).filter(history_date__lte=self.moment, **which)
        then = newest(model, self.moment, models.Q(id__in=ever.values("id")))
        rows = [self._instance(row) for row in then.filter(**which).exclude(history_type=DELETED)]
        if model is Announcement:
            keys = [row.pk for row in rows]
            still = set(
                Announcement.objects.published().filter(pk__in=keys).values_list("pk", flat=True)
            )
            for row in rows:
                row.state = row.state if row.pk in still else Announcement.State.DRAFT
        return _in_order(model, rows)

    def _instance(self, version: Any) -> Any:
        row = version.history_object
        row._state.adding, row._state.db = False, version._state.db
        row.version_key = version.pk
        if hasattr(row, "modified_at"):
            row.modified_at = version.history_date
        if isinstance(row, Announcement):
            address = f"{row.get_absolute_url()}?as_of={self.day}"
            row.get_absolute_url = lambda: address  # type: ignore[method-assign]
        return row

    def _fill(self, rows: list[Any], path: str) -> None:
        """Set what related objects and managers of these rows give, so that nothing asks the tables of today."""
        name, _, rest = path.partition("__")
        if not rows:
            return
        field = rows[0]._meta.get_field(name)
        fill = (
            self._fill_many
            if field.one_to_many
            else self._fill_links
            if field.many_to_many
            else self._fill_one
        )
        reached = fill([row for row in rows if not _is_filled(row, field)], field)
        if rest:
            reached = [other for row in rows for other in _reached(row, field)] or reached
            self._fill(list({id(other): other for other in reached}.values()), rest)

    def _fill_one(self, rows: list[Any], field: Any) -> list[Any]:
        keys = {getattr(row, field.attname) for row in rows} - {None}
        others = {row.pk: row for row in self._instances(field.related_model, id__in=keys)}
        for row in rows:
            field.set_cached_value(row, others.get(getattr(row, field.attname)))
        return list(others.values())

    def _fill_many(self, rows: list[Any], relation: Any) -> list[Any]:
        column = relation.field.attname
        parts = self._instances(
            relation.related_model, **{f"{column}__in": [row.pk for row in rows]}
        )
        by_owner = defaultdict(list)
        owners = {row.pk: row for row in rows}
        for part in parts:
            relation.field.set_cached_value(part, owners[getattr(part, column)])
            by_owner[getattr(part, column)].append(part)
        for row in rows:
            _remember(row, relation.get_accessor_name(), relation.related_model, by_owner[row.pk])
        return parts

    def _fill_links(self, rows: list[Any], field: Any) -> list[Any]:
        links = links_then(field, [row.version_key for row in rows])
        keys = {key for of in links.values() for key in of}
        others = self._instances(field.related_model, id__in=keys)
        for row in rows:
            linked = links.get(row.version_key, {})
            _remember(
                row, field.name, field.related_model, [one for one in others if one.pk in linked]
            )
        return others

    # Tables as they were, by column

    def rows(
        self, model: Any, owner: str, *names: str, keys: set[int] | None = None
    ) -> Iterator[Any]:
        """See ``postings.Tables``; always all of them."""
        paths = ["id" if name == "pk" else name for name in (owner, *names)]
        joined = {path.partition("__")[0] for path in paths if "__" in path}
        own = [path for path in paths if "__" not in path]
        others = {
            name: self._joined(
                model, name, [path for path in paths if path.startswith(f"{name}__")]
            )
            for name in joined
        }
        for values in self._table(model, [*own, *(f"{name}_id" for name in joined)]):
            merged = dict(values)
            for name, found in others.items():
                merged |= found.get(values[f"{name}_id"], {})
            if all(path in merged for path in paths):
                yield tuple(merged[path] for path in paths)

    def named(self, model: Any) -> Iterator[tuple[int, str, str]]:
        """See ``postings.Tables``."""
        rows = self._instances(model)
        return ((row.pk, row.slug, row.name) for row in rows)

    def _joined(self, model: Any, name: str, paths: list[str]) -> dict[int, dict[str, Any]]:
        target = model._meta.get_field(name).related_model
        names = [path.partition("__")[2] for path in paths]
        return {
            values["id"]: {f"{name}__{column}": values[column] for column in names}
            for values in self._table(target, ["id", *names])
        }

    def _table(self, model: Any, names: Iterable[str]) -> Iterator[dict[str, Any]]:
        if model._meta.auto_created:
            yield from self._links_table(model)
            return
        then = newest(model, self.moment).exclude(history_type=DELETED).values(*names)
        if model is not Announcement or "state" not in names:
            yield from then
            return
        still = set(Announcement.objects.published().values_list("id", flat=True))
        draft = {"state": Announcement.State.DRAFT.value}
        yield from (values if values["id"] in still else values | draft for values in then)

    def _links_table(self, through: Any) -> Iterator[dict[str, Any]]:
        owner = through._meta.auto_created
        field = next(one for one in link_fields(owner) if one.remote_field.through is through)
        near, far = field.m2m_column_name(), field.m2m_reverse_name()
        standing = dict(
            newest(owner, self.moment).exclude(history_type=DELETED).values_list("history_id", "id")
        )
        for version, linked in links_then(field, list(standing)).items():
            for other in linked:
                yield {near: standing[version], far: other}


def _is_filled(row: Any, field: Any) -> bool:
    if field.one_to_many or field.many_to_many:
        name = field.get_accessor_name() if field.one_to_many else field.name
        return name in getattr(row, "_prefetched_objects_cache", {})
    return bool(field.is_cached(row))


def _reached(row: Any, field: Any) -> list[Any]:
    if field.one_to_many or field.many_to_many:
        name = field.get_accessor_name() if field.one_to_many else field.name
        return list(getattr(row, name).all())
    other = field.get_cached_value(row)
    return [other] if other is not None else []


def _remember(row: Any, name: str, model: Any, others: list[Any]) -> None:
    """Have a related manager give these rows, as if they were prefetched."""
    found: Any = model._base_manager.all()
    found._result_cache, found._prefetch_done = others, True  # noqa: SLF001
    if not hasattr(row, "_prefetched_objects_cache"):
        row._prefetched_objects_cache = {}  # noqa: SLF001
    row._prefetched_objects_cache[name] = found  # noqa: SLF001


def _in_order(model: Any, rows: list[Any]) -> list[Any]:
    """In the model's order; nothing comes first."""
    for name in reversed(model._meta.ordering):
        column = name.lstrip("-")
        rows.sort(
            key=lambda row: (getattr(row, column) is not None, getattr(row, column)),
            reverse=name.startswith("-"),
        )
    return rows
