"""What stands beside an announcement: related ones for their strongest reason, and the way on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.models import Announcement
from announcements.neighbors import MOST, neighbors
from tests import make

pytestmark = pytest.mark.django_db


def groups(announcement: Announcement) -> dict[str, list[str]]:
    return {
        group.reason: [other.slug for other in group.announcements]
        for group in neighbors(Announcement.objects.get(pk=announcement.pk)).groups
    }


def test_an_announcement_alone_has_no_neighbors():
    found = neighbors(make.published())

    assert (found.groups, found.previous, found.next) == ([], None, None)


def test_what_the_editors_linked_is_related_from_both_sides():
    one = make.published(slug="one")
    other = make.published(slug="other", related=[one])

    assert groups(one) == {"Linked by the editors": ["other"]}
    assert groups(other) == {"Linked by the editors": ["one"]}


def test_a_promise_that_replaces_another_relates_both_announcements():
    newer = make.promise(make.published(slug="newer"))
    older = make.promise(make.published(slug="older"), status="superseded", superseded_by=newer)

    assert groups(older.announcement) == {"Replaces a promise made here": ["newer"]}
    assert groups(newer.announcement) == {"Made a promise that is replaced here": ["older"]}


def test_a_promise_that_renews_another_relates_both_announcements():
    older = make.promise(make.published(slug="older"), status="withdrawn")
    newer = make.promise(make.published(slug="newer"), renews=older)

    assert groups(older.announcement) == {"Renews a promise made here": ["newer"]}
    assert groups(newer.announcement) == {"Made a promise that is renewed here": ["older"]}


def test_announcements_about_the_same_initiative_are_related():
    llama, other = make.initiative("Llama"), make.initiative()
    first = make.published(slug="first", initiatives=[llama])
    second = make.published(slug="second", initiatives=[llama, other])

    assert groups(first) == {"Also about Llama": ["second"]}
    assert groups(second) == {"About the same initiatives": ["first"]}


@pytest.mark.parametrize(
    ("date", "is_near"),
    [
        ("2024-05-31", True),
        ("2024-08-29", True),
        ("2024-08-30", False),
        ("2024-03-02", True),
        ("2024-03-01", False),
        ("2024-06", True),
        ("2024", False),
    ],
)
def test_of_the_same_company_those_near_in_time_are_related(date, is_near):
    acme = make.company("Acme")
    here = make.published(company=acme, announced_on="2024-05-31")
    make.published(slug="other", company=acme, announced_on=date)

    near = {"By Acme at about the same time": ["other"]}
    assert groups(here) == (near if is_near else {})


def test_an_announcement_is_named_once_for_its_strongest_reason():
    acme, llama = make.company("Acme"), make.initiative("Llama")
    facts = {"company": acme, "initiatives": [llama], "announced_on": "2024-05-08"}
    here = make.published(**facts)
    linked = make.published(slug="linked", related=[here], **facts)
    renewed = make.promise(make.published(slug="renewed", **facts), status="withdrawn")
    make.promise(here, renews=renewed)
    make.promise(linked, renews=renewed)
    make.published(slug="about", **facts)
    make.published(slug="near", company=acme, announced_on="2024-05-09")

    assert groups(here) == {
        "Linked by the editors": ["linked"],
        "Made a promise that is renewed here": ["renewed"],
        "Also about Llama": ["about"],
        "By Acme at about the same time": ["near"],
    }


def test_a_draft_is_no_neighbor():
    acme, llama = make.company("Acme"), make.initiative("Llama")
    facts = {"company": acme, "initiatives": [llama]}
    here = make.published(**facts)
    hidden = make.promise(make.draft(related=[here], **facts))
    make.promise(here, status="superseded", superseded_by=hidden)
    found = neighbors(here)

    assert groups(here) == {}
    assert found.previous is found.next is found.next_of_company is None


def test_a_group_names_the_newest_and_no_more_than_it_may():
    llama = make.initiative("Llama")
    here = make.published(initiatives=[llama], announced_on="2020")
    for day in range(1, MOST + 3):
        make.published(slug=f"day-{day}", initiatives=[llama], announced_on=f"2024-05-0{day}")

    assert groups(here) == {"Also about Llama": [f"day-{day}" for day in range(8, 2, -1)]}


def test_those_before_and_after_are_the_next_in_time_and_of_one_day_the_next_entered():
    year = make.published(announced_on="2024")
    day = make.published(announced_on="2024-01-01")
    later = make.published(announced_on="2024-01-02")
    row = [year, day, later]

    assert [neighbors(one).previous for one in row] == [None, year, day]
    assert [neighbors(one).next for one in row] == [day, later, None]


def test_a_company_has_a_row_of_its_own():
    acme = make.company("Acme")
    first = make.published(company=acme, announced_on="2024-01-01")
    make.published(announced_on="2024-01-02")
    last = make.published(company=acme, announced_on="2024-01-03")

    assert neighbors(first).next_of_company == last
    assert neighbors(last).previous_of_company == first
    assert neighbors(last).next_of_company is None


def test_neighbors_cost_the_same_number_of_queries_for_few_and_for_many():
    acme, llama = make.company("Acme"), make.initiative("Llama")
    facts = {"company": acme, "initiatives": [llama]}
    here = make.published(**facts)
    make.promise(here)
    counts = []
    for _ in range(2):
        announcement = Announcement.objects.for_reading().get(pk=here.pk)
        with CaptureQueriesContext(connection) as captured:
            neighbors(announcement)
        counts.append(len(captured))
        for _ in range(8):
            make.promise(here, renews=make.promise(make.published(related=[here], **facts)))

    assert counts == [7, 7]
