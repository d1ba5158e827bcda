"""A promise has the status of its latest update: each function is a door to its story."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from announcements.models import Promise, Update
from announcements.models.update import in_story_order, renumber
from tests import make
from tests.truths import assert_newest_versions_are_the_rows, assert_promises_tell_their_story

pytestmark = pytest.mark.django_db

STEP = {"happened_on": "2025", "status": "lapsed", "text": "Nothing came.", "note": "Searched."}
DOORS: list[Callable[[SimpleNamespace], Any]] = []


@DOORS.append
def save_a_new_step(world):
    Update(promise=world.promise, **STEP).save()


@DOORS.append
def create_through_the_promise(world):
    world.promise.updates.create(**STEP)


@DOORS.append
def create_a_first_step_later(world):
    make.update(world.promise, "delivered", position=99)
    make.update(world.promise, "withdrawn", position=50)


@DOORS.append
def update_or_create(world):
    Update.objects.update_or_create(
        promise=world.promise, position=1, defaults={"status": "withdrawn"}
    )


@DOORS.append
def save_a_changed_step(world):
    world.last.status = "delivered"
    world.last.save()


@DOORS.append
def save_only_the_status(world):
    world.last.status = "delivered"
    world.last.save(update_fields=["status"])


@DOORS.append
def save_a_step_loaded_in_part(world):
    step = Update.objects.only("status").get(pk=world.last.pk)
    step.status = "delivered"
    step.save()


@DOORS.append
def save_a_newly_promised_date(world):
    world.last.due_from = world.last.due_to = "2026-01-01"
    world.last.save()


@DOORS.append
def delete_a_step(world):
    world.last.delete()


@DOORS.append
def delete_steps(world):
    world.promise.updates.filter(position=1).delete()


@DOORS.append
def update_steps(world):
    Update.objects.filter(promise=world.promise).update(status="withdrawn")


@DOORS.append
def update_steps_through_the_promise(world):
    world.promise.updates.update(happened_on="2026")


@DOORS.append
def bulk_create_steps(world):
    Update.objects.bulk_create([Update(promise=world.promise, position=7, **STEP)])


@DOORS.append
def bulk_create_over_old_steps(world):
    step = Update(promise=world.promise, position=1, **STEP)
    world.promise.updates.bulk_create(
        [step],
        update_conflicts=True,
        unique_fields=["promise", "position"],
        update_fields=["status", "happened_on"],
    )


@DOORS.append
def bulk_update_steps(world):
    world.last.status = "delivered"
    Update.objects.bulk_update([world.last], ["status"])


@DOORS.append
def move_a_step(world):
    world.last.promise, world.last.position = world.other, 9
    world.last.save()


@DOORS.append
def move_a_step_never_loaded(world):
    step = make.update(world.promise, "lapsed", position=9)
    step.promise = world.other
    step.save()
    step.promise = world.promise
    step.save()


@DOORS.append
def move_a_step_loaded_in_part(world):
    Update.objects.filter(pk=world.last.pk).update(position=9)
    step = Update.objects.defer("promise").get(pk=world.last.pk)
    step.promise = world.other
    step.save()


@DOORS.append
def move_steps_by_update(world):
    Update.objects.filter(pk=world.last.pk).update(promise=world.other, position=9)


@DOORS.append
def move_steps_by_bulk_update(world):
    world.last.promise, world.last.position = world.other, 9
    Update.objects.bulk_update([world.last], ["promise", "position"])


@DOORS.append
def add_a_step_to_another_promise(world):
    Update.objects.filter(pk=world.last.pk).update(position=9)
    world.other.updates.add(world.last)


@DOORS.append
def set_the_steps_of_another_promise(world):
    Update.objects.filter(pk=world.last.pk).update(position=9)
    world.other.updates.set([world.last])


@DOORS.append
def renumber_steps(world):
    make.update(world.promise, "withdrawn", happened_on="2024-06")
    renumber(in_story_order(list(world.promise.updates.all())))


@DOORS.append
def delete_a_promise(world):
    world.promise.delete()


@DOORS.append
def type_a_status(world):
    world.promise.status, world.promise.due_latest = "delivered", "2030-01-01"
    world.promise.save()


@DOORS.append
def update_a_status(world):
    Promise.objects.filter(pk=world.promise.pk).update(status="delivered", delivered_on="2024")


@DOORS.append
def bulk_update_a_status(world):
    world.promise.status = "delivered"
    Promise.objects.bulk_update([world.promise], ["status"])


@DOORS.append
def add_a_promise_with_a_status_of_its_own(world):
    hidden = make.draft()
    Promise.objects.bulk_create([Promise(announcement=hidden, title="x", status="delivered")])
    Promise.objects.create(announcement=hidden, title="y", status="delivered")


@DOORS.append
def change_the_first_date(world):
    Promise.objects.update(due_from="2024-01-01", due_to="2024-02-01")


@DOORS.append
def delete_the_editor(world):
    world.last.recorded_by = world.editor
    world.last.save()
    world.editor.delete()


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_promise_has_the_status_of_its_latest_update(door, django_user_model):
    promise = make.promise(status="delayed")
    other = make.promise(status="delivered")
    editor = django_user_model.objects.create_user("editor")
    door(SimpleNamespace(promise=promise, other=other, last=promise.updates.last(), editor=editor))
    assert_promises_tell_their_story()
    assert_newest_versions_are_the_rows()
