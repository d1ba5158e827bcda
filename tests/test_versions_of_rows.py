"""Whatever is written through whichever door leaves a version that says the same as the row."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.history import because
from announcements.models import Announcement, Company, Concern, Initiative, Promise, Source, Update
from announcements.models.publishing import checked_at_the_end
from tests import make
from tests.editing import Page, log_in, page_of
from tests.truths import assert_newest_versions_are_the_rows

pytestmark = pytest.mark.django_db

DOORS: list[Callable[[SimpleNamespace], Any]] = []


def world() -> SimpleNamespace:
    library, platform = make.initiative(), make.initiative()
    shown, other = make.published(initiatives=[library]), make.published()
    shown.related.add(other)
    concern = make.concern(shown)
    concern.further_types.add(make.concern_type("fragmentation"))
    return SimpleNamespace(
        shown=shown, other=other, library=library, platform=platform, concern=concern
    )


@DOORS.append
def link_from_the_announcement(world):
    world.shown.initiatives.add(world.platform)
    world.shown.initiatives.remove(world.library)


@DOORS.append
def link_from_the_initiative(world):
    world.platform.announcements.add(world.shown, world.other)
    world.library.announcements.remove(world.shown)


@DOORS.append
def set_links(world):
    world.library.announcements.set([world.other])
    world.shown.initiatives.set([world.platform])


@DOORS.append
def clear_links_on_both_sides(world):
    world.platform.announcements.add(world.other)
    world.shown.initiatives.clear()
    world.platform.announcements.clear()


@DOORS.append
def relate_and_part(world):
    third = make.published()
    world.other.related.add(third)
    world.shown.related.remove(world.other)


@DOORS.append
def clear_what_is_related(world):
    world.other.related.clear()


@DOORS.append
def set_what_is_related(world):
    world.other.related.set([make.published()])


@DOORS.append
def change_further_types(world):
    make.concern_type("jobs").further_concerns.add(world.concern)
    make.concern_type("fragmentation").further_concerns.clear()
    world.concern.further_types.set([make.concern_type("safety")])


@DOORS.append
def delete_a_related_announcement(world):
    world.other.delete()


@DOORS.append
def delete_related_announcements_at_once(world):
    Announcement.objects.filter(pk=world.other.pk).delete()


@DOORS.append
def delete_an_initiative(world):
    world.library.delete()


@DOORS.append
def delete_initiatives_at_once(world):
    Initiative.objects.all().delete()


@DOORS.append
def delete_a_further_type(world):
    make.concern_type("fragmentation").delete()


@DOORS.append
def delete_a_promise_that_others_name(world):
    old = make.promise(world.shown)
    make.promise(world.shown, superseded_by=old, renews=old)
    old.delete()


@DOORS.append
def delete_sources_that_others_retell(world):
    first = make.source()
    make.source(derived_from=first)
    Source.objects.filter(pk=first.pk).delete()


@DOORS.append
def move_a_part_by_a_related_manager(world):
    world.other.concerns.add(world.concern)


@DOORS.append
def move_parts_at_once(world):
    Concern.objects.update(announcement=world.other)


@DOORS.append
def add_in_bulk(world):
    promise = make.promise(world.shown)
    steps = [
        Update(
            promise=promise,
            position=place,
            happened_on="2025",
            status="delayed",
            text="x",
            note="x",
        )
        for place in (5, 6)
    ]
    Update.objects.bulk_create(steps)


@DOORS.append
def add_change_and_delete_within_one_block(world):
    with checked_at_the_end():
        extra = make.promise(world.shown)
        Promise.objects.filter(pk=extra.pk).update(title="Another")
        extra.delete()
        world.shown.title = "Anew"
        world.shown.save()


@DOORS.append
def delete_an_account(world):
    editor = User.objects.create_user("editor")
    world.shown.created_by = editor
    world.shown.save()
    editor.delete()


@DOORS.append
def import_the_vocabularies(world):
    call_command("load_vocabularies", verbosity=0)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_the_newest_version_is_the_row(door):
    door(world())
    assert_newest_versions_are_the_rows()


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_versions_of_links_are_of_their_row(door):
    here = world()
    door(here)
    for version in Announcement.history.model.objects.filter(history_type="-"):
        assert not version.initiatives.exists()


def versions_of(row: Any) -> list[Any]:
    return list(type(row).history.model.objects.filter(id=row.pk).order_by("history_id"))


def test_saving_what_did_not_change_makes_no_version():
    shown = make.published()
    before = len(versions_of(shown))
    shown.save()
    Announcement.objects.update(title=shown.title)
    shown.initiatives.set([])
    assert len(versions_of(shown)) == before


def test_one_block_makes_one_version_of_a_row():
    shown = make.published()
    before = len(versions_of(shown))
    with checked_at_the_end():
        shown.title = "First"
        shown.save()
        shown.initiatives.add(make.initiative())
        Announcement.objects.update(title="Second")
    assert [row.title for row in versions_of(shown)[before:]] == ["Second"]


def test_what_a_block_undoes_leaves_no_version():
    shown = make.published()
    before = len(versions_of(shown))

    def take_away():
        with checked_at_the_end():
            Announcement.objects.update(title="Another")
            shown.citations.all().delete()

    with pytest.raises(Exception, match="Add a source"):
        take_away()
    assert len(versions_of(shown)) == before


def test_all_that_one_block_wrote_has_one_moment():
    with checked_at_the_end():
        promise = make.promise(make.draft())
    rows = [
        *versions_of(promise),
        *versions_of(promise.announcement),
        *versions_of(promise.updates.get()),
    ]
    assert len({row.history_date for row in rows}) == 1


def test_a_version_says_who_saved_and_why(client):
    editor = log_in(client)
    company = make.company()
    with because("The name was wrong."):
        company.name = "Right"
        company.save()
    Page(client, page_of(company)).fill(description="It makes things.").send()
    first, reasoned, by_hand = versions_of(company)
    assert (first.history_user, reasoned.history_change_reason) == (None, "The name was wrong.")
    assert (by_hand.history_user, by_hand.history_change_reason) == (editor, "")


def test_a_correction_brings_its_reason_along():
    promise = make.promise(status="delivered")
    step = make.update(promise, status="announced", reason="It was another model.")
    assert versions_of(step)[0].history_change_reason == "It was another model."


def test_a_row_that_comes_back_under_its_key_begins_anew():
    company = make.company()
    key = company.pk
    company.delete()
    make.company(pk=key)
    assert [
        row.history_type for row in type(company).history.model.objects.order_by("history_id")
    ] == [
        "+",
        "-",
        "+",
    ]


def queries_of_changing(companies: list[Company]) -> int:
    for company in companies:
        company.description = f"Changed with {len(companies)}."
    with CaptureQueriesContext(connection) as asked:
        Company.objects.bulk_update(companies, ["description"])
    return len(asked)


def test_keeping_costs_the_same_for_few_rows_and_many():
    companies = [make.company() for _ in range(12)]
    assert queries_of_changing(companies[:1]) == queries_of_changing(companies)
