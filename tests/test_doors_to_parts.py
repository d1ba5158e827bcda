"""Nothing that readers see loses a part: each function is one door to what hangs on an announcement."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from announcements.models import Concern, Promise, Release, Update
from tests import make
from tests.doors import assert_shut, small_world

pytestmark = pytest.mark.django_db

DOORS: list[Callable[[SimpleNamespace], Any]] = []


# Its promises and what became of them.


@DOORS.append
def delete_the_only_promise_of_an_intent(world):
    world.promise.delete()


@DOORS.append
def delete_all_promises_of_an_intent(world):
    world.intent.promises.all().delete()


@DOORS.append
def move_the_promise_of_an_intent(world):
    world.promise.announcement = world.draft
    world.promise.save()


@DOORS.append
def move_the_promise_of_an_intent_by_update(world):
    Promise.objects.update(announcement=world.draft)


@DOORS.append
def add_the_promise_of_an_intent_to_another(world):
    world.draft.promises.add(world.promise)


@DOORS.append
def add_a_promise_without_an_update(world):
    world.intent.promises.create(title="A promise")


@DOORS.append
def bulk_create_promises_without_an_update(world):
    Promise.objects.bulk_create(
        [Promise(announcement=world.intent, title="A promise", status="delivered")]
    )


@DOORS.append
def add_a_promise_without_an_update_from_a_draft(world):
    world.intent.promises.add(Promise.objects.create(announcement=world.draft, title="A promise"))


@DOORS.append
def delete_the_only_update(world):
    world.promise.updates.get().delete()


@DOORS.append
def delete_all_updates(world):
    Update.objects.all().delete()


@DOORS.append
def move_the_only_update(world):
    step = world.promise.updates.get()
    step.promise, step.position = make.promise(), 5
    step.save()


@DOORS.append
def move_the_only_update_by_update(world):
    world.promise.updates.update(promise=make.promise(), position=5)


@DOORS.append
def add_the_only_update_to_another_promise(world):
    other = make.promise()
    other.updates.update(position=5)
    other.updates.add(world.promise.updates.get())


# Its releases.


@DOORS.append
def delete_the_release(world):
    world.release.delete()


@DOORS.append
def delete_the_releases(world):
    Release.objects.all().delete()


@DOORS.append
def make_the_release_one_of_another_type(world):
    world.release.type = "software"
    world.release.save()


@DOORS.append
def update_the_type_of_the_release(world):
    world.model.releases.update(type="software")


@DOORS.append
def bulk_update_the_type_of_the_release(world):
    world.release.type = "software"
    Release.objects.bulk_update([world.release], ["type"])


@DOORS.append
def move_the_release(world):
    world.release.announcement = world.draft
    world.release.save()


@DOORS.append
def add_the_release_to_another(world):
    world.draft.releases.add(world.release)


# Its concerns.


@DOORS.append
def save_a_concern_without_its_source(world):
    world.concern.source = None
    world.concern.save()


@DOORS.append
def save_only_the_lost_holder_of_a_concern(world):
    world.concern.raised_by = ""
    world.concern.save(update_fields=["raised_by"])


@DOORS.append
def update_the_source_of_concerns_away(world):
    world.intent.concerns.update(source=None)


@DOORS.append
def bulk_update_the_holder_of_concerns_away(world):
    world.concern.raised_by = ""
    Concern.objects.bulk_update([world.concern], ["raised_by"])


@DOORS.append
def take_a_concern_from_its_source(world):
    world.concern.source.concerns.remove(world.concern)


@DOORS.append
def take_all_concerns_from_a_source(world):
    world.concern.source.concerns.clear()


@DOORS.append
def create_a_concern_without_a_source(world):
    make.concern(world.intent, source=None)


@DOORS.append
def bulk_create_concerns_without_a_source(world):
    Concern.objects.bulk_create(
        [Concern(announcement=world.intent, title="x", text="x", note="x", raised_by="x")]
    )


@DOORS.append
def add_a_concern_without_a_source_from_a_draft(world):
    world.intent.concerns.add(make.concern(world.draft, source=None))


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_door_lets_a_needed_part_get_lost(door):
    assert_shut(door, small_world())
