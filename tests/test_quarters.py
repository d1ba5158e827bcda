"""Announcements per quarter: what is counted, what is drawn, and that every block can be hit."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from announcements.charts import count_by_quarter, quarter_chart
from announcements.charts.quarters import (
    LEAST_HEIGHT,
    PLOT,
    Quarter,
    QuarterCounts,
    axis_lines,
    heights,
)
from announcements.filters import Selection
from announcements.models import Announcement
from tests import make

TODAY = date(2024, 12, 31)


def chart(quarters: dict[tuple[int, int], dict[str, int]], today: date = TODAY):
    """The chart of quarters with so many announcements by status."""
    counts = {
        Quarter(*quarter): QuarterCounts(sum(parts.values()), parts)
        for quarter, parts in quarters.items()
    }
    return quarter_chart(counts, today)


@pytest.mark.parametrize(
    ("month", "words", "first", "last"),
    [
        ((2024, 1), "January to March 2024", "2024-01", "2024-03"),
        ((2024, 6), "April to June 2024", "2024-04", "2024-06"),
        ((2023, 12), "October to December 2023", "2023-10", "2023-12"),
    ],
)
def test_a_quarter_has_words_and_the_months_that_a_filter_takes(month, words, first, last):
    quarter = Quarter.of(*month)

    assert (quarter.words, str(quarter.first), str(quarter.last)) == (words, first, last)


def test_a_quarter_is_short_in_a_table():
    assert Quarter(2024, 2).short == "Apr–Jun 2024"


@pytest.mark.parametrize(
    ("back", "quarter"), [(0, (2024, 2)), (1, (2024, 1)), (2, (2023, 4)), (6, (2022, 4))]
)
def test_quarters_are_counted_back_over_years(back, quarter):
    assert Quarter(2024, 2).before(back) == quarter


@pytest.mark.django_db
def test_an_announcement_counts_once_per_status_and_one_without_promise_is_told():
    both = make.published(announced_on="2024-04-01")
    for status in ("delivered", "delivered", "announced"):
        make.promise(both, status=status)
    make.published(announced_on="2024-06")
    make.published(announced_on="2023")
    make.promise(make.draft(announced_on="2024-05-01"))

    assert count_by_quarter(Announcement.objects.published()) == {
        (2023, 1): QuarterCounts(1, {"no-promise": 1}),
        (2024, 2): QuarterCounts(2, {"delivered": 1, "announced": 1, "no-promise": 1}),
    }


@pytest.mark.django_db
def test_each_number_is_what_its_list_has():
    for month in range(1, 13):
        announcement = make.published(announced_on=f"2024-{month:02}")
        make.promise(announcement, status="delivered" if month % 3 else "delayed")
    found = count_by_quarter(Announcement.objects.published())
    listed = {
        (quarter, status): Selection(
            QueryDict(f"after={quarter.first}&before={quarter.last}&status={status}")
        ).total
        for quarter, row in found.items()
        for status in ("delivered", "delayed")
    }

    assert len(found) == 4
    assert listed == {
        (q, s): row.parts[s] for q, row in found.items() for s in row.parts if row.parts[s]
    }


@pytest.mark.django_db
def test_counting_costs_two_queries_however_many_there_are():
    make.promise()
    make.promise(make.published(announced_on="2023-01"))
    with CaptureQueriesContext(connection) as captured:
        count_by_quarter(Announcement.objects.published())

    assert len(captured) == 2


@pytest.mark.parametrize(
    ("first", "drawn", "rows"),
    [
        ((2024, 4), 8, 8),
        ((2022, 1), 12, 12),
        ((2021, 1), 16, 16),
        ((2020, 4), 16, 17),
        ((2015, 1), 16, 17),
    ],
)
def test_the_last_sixteen_quarters_are_drawn_and_earlier_ones_are_in_the_table(first, drawn, rows):
    made = chart({first: {"delivered": 1}, (2024, 3): {"delivered": 1}})

    assert (len(made.columns), len(made.rows)) == (drawn, rows)
    assert made.columns[-1].quarter == made.rows[0].quarter == (2024, 4)
    assert made.rows[-1].quarter == min(made.columns[0].quarter, first)


def test_a_quarter_without_any_is_zero():
    made = chart({(2024, 1): {"delivered": 2}, (2024, 3): {"delivered": 1}})

    assert [row.announcements for row in made.rows][:4] == [0, 1, 0, 2]


@pytest.mark.parametrize(
    "quarters", [{}, {(2015, 1): {"delivered": 1}}, {(2099, 1): {"delayed": 1}}]
)
def test_without_any_in_the_last_quarters_there_is_no_drawing(quarters):
    assert chart(quarters) is None


def test_only_what_occurs_is_told_in_one_order():
    made = chart(
        {(2024, 1): {"no-promise": 1, "announced": 1}, (2015, 1): {"delivered": 0, "lapsed": 2}}
    )

    assert [(kind.words, kind.count) for kind in made.kinds] == [
        ("Announced", 1),
        ("Lapsed", 2),
        ("No promise", 1),
    ]
    assert [part.is_listed for part in made.rows[3].parts] == [True, False, False]


@pytest.mark.parametrize(
    ("numbers", "scale", "expected"),
    [
        ([], 10, []),
        ([0, 0], 10, [0, 0]),
        ([3, 2], 10, [30, 20]),
        ([0, 1], 10, [0, 10]),
        ([99, 1], 1, [100 - LEAST_HEIGHT, LEAST_HEIGHT]),
        ([1, 1], 1, [LEAST_HEIGHT, LEAST_HEIGHT]),
        ([50, 30, 1, 0], 1, [45, 27, LEAST_HEIGHT, 0]),
    ],
)
def test_low_blocks_are_raised_and_the_top_stays(numbers, scale, expected):
    assert heights(numbers, scale) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (12, [0, 5, 10, 15]),
        (20, [0, 5, 10, 15, 20]),
        (1234, [0, 500, 1000, 1500]),
    ],
)
def test_the_lines_stand_at_round_numbers(most, numbers):
    lines = axis_lines(most)

    assert [line.number for line in lines] == numbers
    assert (lines[0].y, lines[-1].y) == (PLOT, 0)


def test_bars_stand_on_the_axis_within_the_drawing_and_years_under_them():
    made = chart({(2021, 1): {"delivered": 4, "announced": 1}, (2024, 4): {"delivered": 2}})
    first = made.columns[0]

    assert first.parts[0].y + first.parts[0].height == PLOT
    assert all(part.y >= 0 for column in made.columns for part in column.parts)
    assert made.columns[-1].x + made.columns[-1].width <= 100
    assert sorted(year.text for year in made.years) == ["2021", "2022", "2023", "2024"]
    assert made.words.startswith(
        "7 announcements from January 2021 to December 2024; most in January to March 2021: 5."
    )


def test_a_year_that_has_no_room_is_left_out():
    made = chart({(2015, 1): {"delivered": 1}, (2024, 1): {"delivered": 1}}, date(2024, 9, 1))

    assert sorted(year.text for year in made.years) == ["2021", "2022", "2023", "2024"]
