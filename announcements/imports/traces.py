"""What an import does to rows that many announcements share, so that it can be undone."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from announcements.imports.rows import change
from announcements.models import Initiative, Source

SHARED: dict[str, Any] = {"source": Source, "initiative": Initiative}


class Traces:
    """The pages and initiatives that were added, and what stood before in those that were changed."""

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        kept = kept or {}
        self.added: dict[str, list[int]] = kept.get("added", {name: [] for name in SHARED})
        self.before: dict[str, dict[str, Any]] = kept.get("before", {name: {} for name in SHARED})

    def as_json(self) -> dict[str, Any]:
        return {"added": self.added, "before": self.before}

    def mark(self) -> dict[str, tuple[int, int]]:
        """How far it has come; see ``back_to``."""
        return {name: (len(self.added[name]), len(self.before[name])) for name in SHARED}

    def back_to(self, mark: dict[str, tuple[int, int]]) -> None:
        """Forget what was noted since: it was rolled back."""
        for name, (added, before) in mark.items():
            del self.added[name][added:]
            for key in list(self.before[name])[before:]:
                del self.before[name][key]

    def written(self, row: models.Model, facts: dict[str, Any], *, is_new: bool) -> None:
        """Note a row that is new, or what it says before these facts are put into it."""
        name = row._meta.model_name or ""
        if is_new:
            self.added[name].append(row.pk)
            return
        if str(row.pk) in self.before[name]:
            return
        said = {key: getattr(row, key) for key in facts}
        if any(
            (said[key] or "") != (facts[key] or "") and str(said[key]) != str(facts[key])
            for key in facts
        ):
            self.before[name][str(row.pk)] = {
                key: value.pk if isinstance(value, models.Model) else str(value or "")
                for key, value in said.items()
            }

    def undo(self) -> None:
        """Bring back what the changed rows said, and drop the added ones that nothing uses any more."""
        for name, model in SHARED.items():
            for row in model.objects.filter(pk__in=[int(key) for key in self.before[name]]):
                change(row, _restored(self.before[name][str(row.pk)]))
            for start in range(0, len(self.added[name]), 500):
                some = self.added[name][start : start + 500]
                _unused(model.objects.filter(pk__in=some)).delete()


def _restored(said: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        key: (value or None) if key.endswith("_on") else value for key, value in said.items()
    }
    if "derived_from" in values:
        origin = values["derived_from"]
        values["derived_from"] = Source.objects.filter(pk=origin).first() if origin else None
    return values


def _unused(rows: Any) -> Any:
    for relation in rows.model._meta.related_objects:
        through = relation.through if relation.many_to_many else relation.related_model
        column = (
            relation.field.m2m_reverse_name() if relation.many_to_many else relation.field.attname
        )
        rows = rows.exclude(Exists(through._base_manager.filter(**{column: OuterRef("pk")})))
    return rows
