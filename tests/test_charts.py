"""Drawings as numbers: where things stand, and which words fit under them."""

from datetime import date

import pytest

from announcements.charts import labels, promise_bar, status_bar
from tests import make

TODAY = date(2024, 12, 31)


def bar(*, announced_on="2024-01-01", basis="company-statement", **facts):
    announcement = make.published(announced_on=announced_on, basis=basis)
    return promise_bar(make.promise(announcement, **facts), TODAY)


def words(drawn) -> list[str]:
    return [label.text for label in drawn.labels]


@pytest.mark.django_db
def test_a_promise_without_a_date_has_no_drawing():
    assert bar() is None


@pytest.mark.django_db
def test_an_overdue_promise_runs_on_until_today():
    drawn = bar(due_from="2024-06-01", due_to="2024-06-30")

    assert (drawn.status, drawn.dot, drawn.end) == ("overdue", "overdue", 100)
    assert drawn.start < drawn.due < drawn.end
    assert drawn.past_width == pytest.approx(100 - drawn.due)
    assert (
        drawn.words
        == "Said 1 January 2024, promised for 1 June 2024 to 30 June 2024, 184 days past the date."
    )


@pytest.mark.django_db
def test_a_late_delivery_ends_where_it_came():
    drawn = bar(
        due_from="2024-02-01",
        due_to="2024-02-29",
        story=[("2024-01-01", "announced"), ("2024-05", "delivered")],
    )

    assert (drawn.status, drawn.dot) == ("late", "delivered")
    assert words(drawn) == ["delivered", "said", "promised"]
    assert drawn.words.endswith("delivered May 2024, 62 days past the date.")


@pytest.mark.django_db
def test_a_delivery_before_the_last_day_stands_inside_the_range():
    drawn = bar(
        due_from="2024-02-01",
        due_to="2024-06-30",
        story=[("2024-01-01", "announced"), ("2024-03-01", "delivered")],
    )

    assert drawn.past_width == 0
    assert drawn.start < drawn.end < drawn.due == 100


@pytest.mark.django_db
def test_a_range_of_one_day_can_still_be_seen():
    drawn = bar(announced_on="2024-12-01", due_from="2024-12-31", due_to="2024-12-31")

    assert drawn.range_width > 1
    assert drawn.range_start + drawn.range_width <= 100


@pytest.mark.django_db
def test_what_unnamed_people_say_is_reported():
    drawn = bar(basis="unnamed-report", due_from="2024-06-01", due_to="2024-06-30")

    assert "reported" in words(drawn)
    assert drawn.words.startswith("Reported 1 January 2024")


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([("today", [100])], [("today", 100, "end")]),
        ([("said", [0])], [("said", 0, "start")]),
        ([("said", [50])], [("said", 50, "middle")]),
        ([("today", [100]), ("promised", [96])], [("today", 100, "end")]),
        (
            [("said", [0]), ("promised", [8, 31])],
            [("said", 0, "start"), ("promised", 31, "middle")],
        ),
    ],
)
def test_words_stand_where_they_touch_no_other(wanted, placed):
    assert [(label.text, label.x, label.anchor) for label in labels(wanted)] == placed


def test_statuses_fill_a_bar_in_their_order():
    parts = status_bar({"delivered": 3, "announced": 1, "lapsed": 0}, {"delivered": 2})

    assert [(part.words, part.count, part.announcements) for part in parts] == [
        ("Announced", 1, 0),
        ("Delivered", 3, 2),
    ]
    assert [(part.start, part.width) for part in parts] == [(0, 25), (25, 75)]


def test_nothing_promised_is_an_empty_bar():
    assert status_bar({}) == []
