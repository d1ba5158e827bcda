"""A version of every row: simple-history's tables, filled once at the end of each block of writes.

The package itself writes with every save, and knows nothing of ``update``, ``bulk_create`` and their like.
Here a save, a deletion and a changed link only say that a row was written, as the watched doors do;
``announcements.history`` then compares with the newest version and writes what differs.
"""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from announcements.models.publishing import note

INCIDENTAL = frozenset({"modified_at"})
"""Columns that no version holds: they say when a row was written, as the version does."""


class Versions(HistoricalRecords):
    """The table of versions of each model that inherits it; ``_history_m2m_fields`` names its links."""

    def __init__(self) -> None:
        super().__init__(
            inherit=True,
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(blank=True, default=""),
        )

    def fields_included(self, model: Any) -> list[Any]:
        fields = super().fields_included(model)
        return [field for field in fields if field.name not in INCIDENTAL]

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        note(type(instance), {instance.pk})

    def pre_delete(self, instance: Any, **kwargs: Any) -> None:
        """Nothing: what was deleted is told by its newest version."""

    def post_delete(self, instance: Any, using: Any = None, **kwargs: Any) -> None:
        note(type(instance), {instance.pk})

    def m2m_changed(self, instance: Any, action: str, attr: str, **kwargs: Any) -> None:
        """Nothing: ``links`` knows both ends of a link."""
