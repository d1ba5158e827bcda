"""What a process remembers is what the tables say, however it was brought up to date."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from announcements import postings
from announcements.models import Announcement
from announcements.models.version import current_version
from announcements.postings import Places, Postings, memory
from announcements.postings.places import NoRoom
from tests import make, surfaces
from tests.test_versions import DOORS, shown

__all__ = ["shown"]

DAY = date(2024, 5, 8)


def told(held: Postings) -> tuple:
    """All of it in words that do not depend on where announcements were placed."""
    sets = {term: set(held.places.keys(places)) for term, places in held.sets.items() if places}
    return list(held.places.keys(held.places.places)), sets, held.values


def test_the_later_announcement_has_the_greater_place_and_of_one_day_the_greater_key():
    places = Places.numbered([(1, DAY), (2, DAY), (3, date(2020, 1, 1)), (4, None)])

    assert places.keys(places.places) == [4, 3, 1, 2]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 1, 1), [3, 1, 2]),
        (date(2020, 1, 2), [1, 2]),
        (DAY, [1, 2]),
        (DAY + timedelta(days=1), []),
    ],
)
def test_a_day_begins_where_its_first_announcement_is(day, expected):
    places = Places.numbered([(1, DAY), (2, DAY), (3, date(2020, 1, 1)), (4, None)])

    assert places.keys(p for p in places.places if p >= places.from_day(day)) == expected


def test_an_announcement_moves_with_its_day_and_goes_for_good():
    places = Places.numbered([(key, DAY) for key in range(1, 6)])
    moved = places.moved([1, 2], [(1, DAY + timedelta(days=1))])

    assert moved.keys(moved.places) == [3, 4, 5, 1]
    assert places.keys(places.places) == [1, 2, 3, 4, 5]


def test_when_no_number_is_free_it_says_so():
    places = Places.numbered([(1, DAY), (1000, DAY)])
    with pytest.raises(NoRoom):
        places.moved([], [(key, DAY) for key in range(2, 20)])


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_after_a_write_it_remembers_what_the_tables_say(shown, door):
    postings.current()
    door(shown)

    assert told(postings.current()) == told(Postings.read(current_version()))


@pytest.mark.django_db
def test_an_announcement_between_two_of_a_day_without_room_is_placed_all_the_same():
    first = make.published(announced_on="2024-01-01")
    moving = [make.published(announced_on="2020") for _ in range(10)]
    make.published(announced_on="2024-01-01")
    postings.current()
    for announcement in moving:
        announcement.announced_on = first.announced_on
        announcement.save()
        assert told(postings.current()) == told(Postings.read(current_version()))


@pytest.mark.django_db
def test_what_was_rolled_back_is_forgotten():
    kept = make.published()
    with transaction.atomic():
        undone = make.published()
        assert undone.pk in postings.current().places.of
        transaction.set_rollback(True)
    again = make.published(announced_on="2020")

    assert set(postings.current().places.of) == {kept.pk, again.pk}
    assert told(postings.current()) == told(Postings.read(current_version()))


@pytest.mark.django_db
def test_many_changes_are_read_all_at_once(monkeypatch):
    monkeypatch.setattr(memory, "FEW", 2)
    postings.current()
    for _ in range(4):
        make.published()

    assert told(postings.current()) == told(Postings.read(current_version()))


@pytest.mark.django_db
def test_bringing_it_up_to_date_costs_the_same_for_few_changes_and_for_many():
    announcement = surfaces.fill()
    postings.current()
    counted = []
    for times in (1, 6):
        surfaces.grow(announcement, times)
        with CaptureQueriesContext(connection) as captured:
            postings.current()
        counted.append(len(captured))

    assert counted[0] == counted[1] < 25


@pytest.mark.django_db
def test_nothing_is_read_while_nothing_was_written(django_assert_num_queries):
    make.published()
    held = postings.current()
    with django_assert_num_queries(1):
        assert postings.current() is held


@pytest.mark.django_db
def test_rows_written_past_the_models_are_read_after_the_command_for_them():
    announcement = make.published()
    postings.current()
    QuerySet(Announcement).filter(pk=announcement.pk).update(kind="withdrawal")
    call_command("rebuild_search", verbosity=0)

    assert told(postings.current()) == told(Postings.read(current_version()))
    assert len(postings.current().having("kind", "withdrawal")) == 1


@pytest.mark.django_db
def test_an_overdue_promise_is_one_from_the_day_after_its_last_day():
    due = make.promise(due_from=DAY, due_to=DAY).announcement
    held = postings.current()

    assert held.places.keys(held.overdue("announced", DAY)) == []
    assert held.places.keys(held.overdue("announced", DAY + timedelta(days=1))) == [due.pk]
    assert held.places.keys(held.overdue("announced", DAY)) == []
