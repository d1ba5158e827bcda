"""A release is as open as its components: each function is one door to its level."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from announcements.models import License, Release, ReleaseComponent
from tests import make
from tests.truths import assert_levels_follow_components, assert_newest_versions_are_the_rows

pytestmark = pytest.mark.django_db

DOORS: list[Callable[[SimpleNamespace], Any]] = []


@DOORS.append
def save_a_component(world):
    world.weights.availability = "limited"
    world.weights.save()


@DOORS.append
def save_only_the_availability(world):
    world.weights.availability = "none"
    world.weights.save(update_fields=["availability"])


@DOORS.append
def give_a_component_its_own_license(world):
    world.weights.license = world.custom
    world.weights.save()


@DOORS.append
def create_components_through_the_release(world):
    for slug in ("training_code", "data_documentation"):
        world.release.components.create(component=slug, availability="published")


@DOORS.append
def bulk_create_components(world):
    ReleaseComponent.objects.bulk_create(
        ReleaseComponent(release=world.release, component=slug, availability="published")
        for slug in ("training_code", "data_documentation")
    )


@DOORS.append
def delete_a_component(world):
    world.weights.delete()


@DOORS.append
def delete_components(world):
    world.release.components.all().delete()


@DOORS.append
def update_components(world):
    world.release.components.update(availability="limited")


@DOORS.append
def bulk_update_components(world):
    world.weights.license = world.custom
    ReleaseComponent.objects.bulk_update([world.weights], ["license"])


@DOORS.append
def move_a_component(world):
    world.weights.release = world.other
    world.weights.save()


@DOORS.append
def add_a_component_to_another_release(world):
    world.other.components.add(world.weights)


@DOORS.append
def add_a_component_to_another_license(world):
    world.custom.components.add(world.weights)


@DOORS.append
def take_a_component_from_its_license(world):
    world.apache.components.add(world.weights)
    world.release.license = world.custom
    world.release.save()
    world.apache.components.clear()


@DOORS.append
def save_a_license_of_a_release(world):
    world.release.license = world.custom
    world.release.save()


@DOORS.append
def save_only_the_license_of_a_release(world):
    world.release.license = None
    world.release.save(update_fields=["license"])


@DOORS.append
def update_the_licenses_of_releases(world):
    Release.objects.update(license=world.custom)


@DOORS.append
def bulk_update_the_license_of_a_release(world):
    world.release.license = world.custom
    Release.objects.bulk_update([world.release], ["license"])


@DOORS.append
def add_a_release_to_another_license(world):
    world.custom.releases.add(world.release)


@DOORS.append
def take_a_release_from_its_license(world):
    world.apache.releases.remove(world.release)


@DOORS.append
def take_all_releases_from_a_license(world):
    world.apache.releases.set([])


@DOORS.append
def change_the_type_of_a_release(world):
    Release.objects.update(type="software")


@DOORS.append
def add_a_software_release(world):
    release = make.release(world.release.announcement, type="software", license=world.apache)
    make.component(release, "source_code")


@DOORS.append
def change_the_class_of_a_license(world):
    world.apache.license_class, world.apache.osi_approved = "use-restricted", False
    world.apache.save()


@DOORS.append
def update_the_class_of_licenses(world):
    License.objects.update(license_class="non-commercial", osi_approved=False)


@DOORS.append
def bulk_update_the_class_of_licenses(world):
    world.apache.license_class, world.apache.osi_approved = "unclear", False
    License.objects.bulk_update([world.apache], ["license_class", "osi_approved"])


@DOORS.append
def change_the_class_of_a_license_of_a_component(world):
    world.weights.license = world.custom
    world.weights.save()
    world.custom.license_class = "permissive-unlisted"
    world.custom.save()


@DOORS.append
def type_a_level(world):
    world.release.level = "open-science"
    world.release.save()


@DOORS.append
def update_a_level(world):
    Release.objects.update(level="open-science")


@DOORS.append
def add_a_release_with_a_level_of_its_own(world):
    Release.objects.bulk_create(
        [Release(announcement=world.release.announcement, name="x", level="open-science")]
    )


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_release_is_as_open_as_its_components(door):
    apache, custom = make.license("apache-2.0"), make.license("xai-community")
    release = make.release(components=["weights", "inference_code"], license=apache)
    other = make.release(components=["inference_code"], license=custom)
    weights = release.components.get(component="weights")
    door(
        SimpleNamespace(release=release, other=other, weights=weights, apache=apache, custom=custom)
    )
    assert_levels_follow_components()
    assert_newest_versions_are_the_rows()
