"""Where the sets are read from: the tables as they stand, or anything that answers as they would."""

from collections.abc import Iterator
from typing import Any, Protocol

from django.db import models

CHUNK = 5000

Keys = set[int] | None
"""Of which announcements; None for all of them."""


class Tables(Protocol):
    """Rows of models by column, as tuples; a path such as ``release__announcement_id`` joins."""

    def rows(self, model: Any, owner: str, *columns: str, keys: Keys = None) -> Iterator[Any]:
        """The rows, or those of which ``owner`` is one of the keys; in no order."""
        ...

    def named(self, model: Any) -> Iterator[tuple[int, str, str]]:
        """Key, slug and name of each row, in the model's order."""
        ...


class AsTheyStand:
    """The tables of the database."""

    def rows(
        self, model: type[models.Model], owner: str, *columns: str, keys: Keys = None
    ) -> Iterator[Any]:
        rows = model._default_manager.order_by()
        if keys is not None:
            rows = rows.filter(**{f"{owner}__in": keys})
        return rows.values_list(owner, *columns).iterator(chunk_size=CHUNK)

    def named(self, model: type[models.Model]) -> Iterator[tuple[int, str, str]]:
        return model._default_manager.values_list("pk", "slug", "name").iterator()


AS_THEY_STAND = AsTheyStand()
