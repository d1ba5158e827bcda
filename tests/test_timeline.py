"""Announcements in time: where each mark stands, and what is left out."""

from datetime import date

import pytest

from announcements.charts import timeline
from announcements.charts.timeline import LANES, ROWS, Timeline
from announcements.models import Announcement
from tests import make
from tests.documents import read

pytestmark = pytest.mark.django_db

TODAY = date(2024, 12, 31)


def drawn() -> Timeline:
    found = timeline(list(Announcement.objects.published().for_lists().newest_first()), TODAY)
    assert found
    return found


def test_one_announcement_is_no_timeline():
    make.published()

    assert timeline(list(Announcement.objects.all()), TODAY) is None


def test_the_axis_runs_from_the_first_day_to_today():
    make.published(announced_on="2024-01-01")
    make.published(announced_on="2024-07-01")
    found = drawn()

    assert [round(row.said) for row in found.rows] == [50, 0]
    assert (found.first, found.last, found.today) == (date(2024, 1, 1), TODAY, 100)


def test_a_date_promised_beyond_today_makes_the_axis_longer():
    make.promise(make.published(announced_on="2024"), due_from="2025-01-01", due_to="2026-01-01")
    make.published()
    found = drawn()

    assert found.last == date(2026, 1, 1)
    assert found.today < 60


@pytest.mark.parametrize(
    ("status", "due", "expected"),
    [
        ("announced", "2024-06-30", "overdue"),
        ("announced", "2025-06-30", "announced"),
        ("announced", None, "announced"),
        ("delivered", "2024-07-01", "late"),
        ("delivered", "2024-08-01", "delivered"),
        ("withdrawn", "2024-07-01", "withdrawn"),
    ],
)
def test_a_promise_ends_with_the_mark_of_what_came_of_it(status, due, expected):
    announcement = make.published(announced_on="2024-05-08")
    story = [("2024-05-08", "announced"), ("2024-08-01", status)]
    dates = {"due_from": due, "due_to": due} if due else {}
    make.promise(announcement, story=story, **dates)
    make.published(announced_on="2024-05-01")
    lane = drawn().rows[0].lanes[0]

    assert lane.status == expected
    assert (lane.due is None) == (due is None)
    assert (lane.past is not None) == (expected in ("overdue", "late"))
    assert 0 <= lane.said <= lane.end <= 100


def test_only_the_newest_and_their_first_promises_are_drawn():
    for _ in range(ROWS + 1):
        make.published(announced_on="2020")
    crowded = make.published(announced_on="2024")
    for _ in range(LANES + 2):
        make.promise(crowded)
    found = drawn()

    assert len(found.rows) == ROWS
    assert (len(found.rows[0].lanes), found.rows[0].more) == (LANES, 2)


@pytest.mark.parametrize("first", ["2024-12-30", "2024-11", "2024-02", "2022", "2015", "1950"])
def test_the_grid_has_some_lines_and_not_too_many(first):
    make.published(announced_on=first)
    make.published(announced_on="2024-12-31")
    found = drawn()

    assert len(found.grid) <= 8
    assert all(0 <= x <= 100 for x in found.grid)
    assert len(found.labels) <= len(found.grid)


def test_the_drawing_has_a_title_a_sentence_links_and_a_table(client):
    acme = make.company("Acme")
    promise = make.promise(make.published(company=acme, title="Acme opens", slug="acme-opens"))
    make.published(company=acme, title="Acme <b>again</b>", announced_on="2024-01")
    page = read(client, "/companies/acme/")

    assert [e.text for e in page.all("title")][1] == "Announcements of Acme over time"
    assert "The 2 newest announcements from January 2024" in page.words("desc")
    assert (f"/announcements/acme-opens/#promise-{promise.pk}", promise.title) in page.links
    assert page.all("foreignobject")
    assert not page.all("b")
