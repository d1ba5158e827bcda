"""Dates as exactly as they are known, and stories told in their order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements.partial_dates import (
    InvalidDate,
    PartialDate,
    arrange,
    first_contradiction,
    place,
)

YEARS = st.integers(1, 9999).map(PartialDate)
MONTHS = st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
DAYS = st.dates().map(PartialDate.of)
DATES = YEARS | MONTHS | DAYS
# Few enough days that most of them overlap.
CLOSE = st.sampled_from(
    ["2023", "2024", "2024-01", "2024-02", "2024-01-31", "2024-02-01", "2024-02-28", "2025-01"]
).map(PartialDate.parse)
STORIES = st.lists(CLOSE, max_size=7)


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest", "words", "short"),
    [
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31), "2023", "2023"),
        ("2023-10", "month", date(2023, 10, 1), date(2023, 10, 31), "October 2023", "Oct 2023"),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29), "February 2024", "Feb 2024"),
        (
            "2023-10-08",
            "day",
            date(2023, 10, 8),
            date(2023, 10, 8),
            "8 October 2023",
            "8 Oct 2023",
        ),
    ],
)
def test_a_date_says_what_it_can_mean(text, precision, earliest, latest, words, short):
    day = PartialDate.parse(text)
    assert (day.precision, day.earliest, day.latest) == (precision, earliest, latest)
    assert (day.words, day.short) == (words, short)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "20231",
        "2023-1",
        "2023-13",
        "2023-00",
        "2023-02-30",
        "2023-10-00",
        "2023-10-",
        "2023/10",
        "0000",
        "soon",
        "2023-10-18T12:00",
        "２０２３",
        "2023-10-18\n2024",
    ],
)
def test_anything_else_is_no_date(text):
    with pytest.raises(InvalidDate, match="2023, 2023-10 or 2023-10-18"):
        PartialDate.parse(text)


def test_space_around_a_date_is_nothing():
    assert PartialDate.parse(" 2023-10\n") == PartialDate(2023, 10)


@given(DATES)
def test_a_date_reads_back_as_it_was_written(day):
    assert PartialDate.parse(str(day)) == day


@given(DATES, DATES)
def test_dates_sort_like_their_text(one, other):
    assert (one < other) == (str(one) < str(other))
    assert (one == other) == (str(one) == str(other))


@given(DATES, DATES)
def test_a_date_is_certainly_before_another_or_the_reverse_or_they_overlap(one, other):
    overlap = one.earliest <= other.latest and other.earliest <= one.latest
    assert [one.certainly_before(other), other.certainly_before(one), overlap].count(True) == 1


def test_a_date_is_not_compared_with_anything_else():
    with pytest.raises(TypeError):
        assert PartialDate(2023) < "2024"


def in_order(*texts):
    story = [PartialDate.parse(text) for text in texts]
    return [str(story[index]) for index in arrange(story)]


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        (["2024-05-08", "2024-05"], ["2024-05-08", "2024-05"]),
        (["2024-05", "2024-05-08"], ["2024-05", "2024-05-08"]),
        (["2025-02-26", "2025"], ["2025-02-26", "2025"]),
        (["2025", "2024-12-31"], ["2024-12-31", "2025"]),
        (["2024-03", "2024", "2024-01"], ["2024-01", "2024-03", "2024"]),
        (["2025-03-31", "2025-06", "2025-08-05", "2025-07-11"],
         ["2025-03-31", "2025-06", "2025-07-11", "2025-08-05"]),
        (["2024-01-01", "2024-01-01"], ["2024-01-01", "2024-01-01"]),
        ([], []),
    ],
)  # fmt: skip
def test_dates_decide_where_they_can_and_the_editor_where_they_cannot(entered, told):
    assert in_order(*entered) == told


@given(STORIES)
def test_an_arranged_story_tells_every_step_once_and_contradicts_itself_nowhere(story):
    order = arrange(story)
    assert sorted(order) == list(range(len(story)))
    assert first_contradiction([story[index] for index in order]) is None


@given(STORIES)
def test_a_story_without_a_contradiction_stays_as_it_was_entered(story):
    told = [story[index] for index in arrange(story)]
    assert arrange(told) == list(range(len(told)))


@given(STORIES, CLOSE)
def test_a_step_comes_last_unless_one_of_the_others_is_certainly_later(story, new):
    told = [story[index] for index in arrange(story)]
    later = any(new.certainly_before(step) for step in told)
    assert (place(told, new) == len(told)) == (not later)


@pytest.mark.parametrize(
    ("story", "wrong"),
    [
        (["2024", "2024-05", "2025"], None),
        (["2025", "2024-05"], 1),
        (["2024-03", "2024", "2024-01"], 2),
        (["2024"], None),
        ([], None),
    ],
)
def test_a_contradiction_is_found_where_it_begins(story, wrong):
    assert first_contradiction([PartialDate.parse(text) for text in story]) == wrong
