"""Whatever is written through whichever door, in whatever order: what must be so is so after each write."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcements import openness, statuses
from announcements.models import (
    Announcement,
    Citation,
    Concern,
    License,
    Promise,
    Release,
    ReleaseComponent,
    Source,
    Update,
)
from tests import make
from tests.doors import REFUSED, small_world
from tests.truths import assert_all_is_so

pytestmark = pytest.mark.django_db

DATES = ["2024", "2024-05", "2024-06-01", "2025"]
DAYS = [None, "2024-06-30", "2026-01-01"]

# What can be written: a model, a field, and its values; for a field that points to rows, their model.
FIELDS: list[tuple[Any, str, Any]] = [
    (Announcement, "state", ["stub", "draft", "ready", "published"]),
    (Announcement, "kind", ["intent", "model-release", "research-publication", "program"]),
    (Announcement, "summary", ["", "What happened."]),
    (Citation, "announcement", Announcement),
    (Citation, "source", Source),
    (Source, "kind", ["paper", "other", "company-statement"]),
    (Source, "checked_on", [None, "2024-05-09"]),
    (Source, "url", ["http://www.example.org/a", "https://example.org/b#c"]),
    (Promise, "announcement", Announcement),
    (Promise, "status", statuses.ALL),
    (Update, "promise", Promise),
    (Update, "status", statuses.ALL),
    (Update, "happened_on", DATES),
    (Update, "position", range(9)),
    (Release, "announcement", Announcement),
    (Release, "type", list(openness.COMPONENTS)),
    (Release, "license", License),
    (Release, "level", Release.Level.values),
    (ReleaseComponent, "release", Release),
    (ReleaseComponent, "component", ["weights", "inference_code", "source_code"]),
    (ReleaseComponent, "availability", openness.AVAILABILITIES),
    (ReleaseComponent, "license", License),
    (License, "license_class", ["open-content", "use-restricted", "unclear"]),
    (Concern, "announcement", Announcement),
    (Concern, "source", Source),
    (Concern, "raised_by", ["", "A critic"]),
]


def pick(model: Any, number: int) -> Any:
    rows = model.objects.order_by("pk")
    return rows[number % len(rows)] if rows else None


def save(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    row.save()


def save_the_field(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    row.save(update_fields=[field])


def update(row: Any, field: str, value: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**{field: value})


def update_all(row: Any, field: str, value: Any) -> None:
    type(row).objects.update(**{field: value})


def bulk_update(row: Any, field: str, value: Any) -> None:
    setattr(row, field, value)
    type(row).objects.bulk_update([row], [field])


def copy(row: Any, field: str, value: Any) -> None:
    row.pk, row._state.adding = None, True
    save(row, field, value)


def bulk_create_a_copy(row: Any, field: str, value: Any) -> None:
    row.pk = None
    setattr(row, field, value)
    type(row).objects.bulk_create([row])


def add(row: Any, field: str, value: Any) -> None:
    if related := getattr(row._meta.get_field(field), "remote_field", None):
        getattr(value, related.get_accessor_name()).add(row)


def clear(row: Any, field: str, value: Any) -> None:
    related = getattr(row._meta.get_field(field), "remote_field", None)
    if related and row._meta.get_field(field).null:
        getattr(value, related.get_accessor_name()).clear()


def delete(row: Any, field: str, value: Any) -> None:
    row.delete()


def delete_all_but_it(row: Any, field: str, value: Any) -> None:
    type(row).objects.exclude(pk=row.pk).delete()


WAYS = [
    save,
    save_the_field,
    update,
    update_all,
    bulk_update,
    copy,
    bulk_create_a_copy,
    add,
    clear,
    delete,
    delete_all_but_it,
]
WRITES = st.tuples(st.sampled_from(FIELDS), st.sampled_from(WAYS), *[st.integers(0, 8)] * 2)


def write(what: tuple[Any, str, Any], way: Any, which: int, value: int) -> None:
    model, field, values = what
    row = pick(model, which)
    to = pick(values, value) if isinstance(values, type) else values[value % len(values)]
    if row is None or to is None:
        return
    try:
        with transaction.atomic():
            way(row, field, to)
    except REFUSED:
        pass


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(writes=st.lists(WRITES, min_size=5, max_size=15))
def test_what_must_be_so_is_so_after_any_writes(writes):
    with transaction.atomic():
        world = small_world()
        make.proven(kind="intent").ready()
        make.proven(kind="model-release").publish()
        make.promise(world.draft, status="delivered")
        make.release(world.draft, components=["weights", "inference_code"], license="apache-2.0")
        make.release(world.model, components={"weights": "limited"}, license="xai-community")
        for write_of in writes:
            write(*write_of)
            assert_all_is_so()
        transaction.set_rollback(True)
