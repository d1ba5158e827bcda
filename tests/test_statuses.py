"""What can become of a promise: the changes as a table, and the clocks at their boundaries."""

from datetime import date, timedelta

import pytest

from announcements import statuses
from announcements.partial_dates import PartialDate
from announcements.vocabularies import terms, vocabularies

# From the status before (rows; the first is a story's beginning) to that after: x is allowed.
TABLE = """
                  announced delayed partly-delivered delivered lapsed withdrawn superseded unverifiable
-                     x        .           x             x        .       .         .           x
announced             x        x           x             x        x       x         x           x
delayed               .        x           x             x        x       x         x           .
partly-delivered      .        .           x             x        .       x         x           .
delivered             .        .           x             x        .       x         .           .
lapsed                .        x           x             x        x       x         x           .
withdrawn             .        .           x             x        .       x         .           .
superseded            .        .           .             .        .       .         x           .
unverifiable          x        .           .             .        .       .         .           x
"""
HEADER, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CHANGES = [
    (before.strip("-"), after, cell == "x")
    for before, *cells in ROWS
    for after, cell in zip(HEADER, cells, strict=True)
]


def test_the_table_holds_every_pair_of_statuses():
    assert {(before, after) for before, after, _ in CHANGES} == {
        (before, after) for before in ("", *statuses.ALL) for after in statuses.ALL
    }


@pytest.mark.parametrize(("before", "after", "allowed"), CHANGES)
def test_a_status_changes_as_the_table_says(before, after, allowed):
    assert (after in statuses.allowed_after(before)) == allowed
    story = [before, after] if before else [after]
    begun = frozenset({0}) if before else frozenset()
    assert (statuses.first_misstep(story, begun) is None) == allowed


def test_every_change_of_the_vocabulary_is_in_the_table():
    written = {
        (row["from_status"], row["to_status"]) for row in vocabularies()["status_transitions"]
    }
    allowed = {(before, after) for before, after, cell in CHANGES if cell and before}
    assert written <= allowed
    assert {pair for pair in allowed - written if pair[0] != pair[1]} == set()


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(["announced", "delayed", "delayed", "delivered"], id="gpt-oss"),
        pytest.param(["announced", "delivered"], id="Grok 2"),
        pytest.param(["announced", "lapsed"], id="Grok 3, WizardLM-2's return"),
        pytest.param(["delivered", "withdrawn"], id="WizardLM-2"),
        pytest.param(["unverifiable", "unverifiable", "announced"], id="Meta's next models"),
        pytest.param(["announced", "lapsed"], id="Llama 4 Behemoth"),
    ],
)
def test_the_worked_examples_are_stories_the_rules_allow(story):
    assert statuses.first_misstep(story) is None


def test_a_misstep_says_what_would_be_allowed():
    misstep = statuses.first_misstep(["delivered", "announced"])
    assert misstep.index == 1
    assert str(misstep) == (
        "“delivered” cannot become “announced”. Allowed: delivered, withdrawn, partly-delivered. "
        "Anything else is a correction and needs a reason."
    )


def test_a_misstep_at_the_beginning_says_how_stories_begin():
    assert str(statuses.first_misstep(["lapsed"])).startswith(
        "A story cannot begin with “lapsed”. Allowed: announced, partly-delivered, delivered,"
    )


def test_a_correction_may_go_where_the_rules_do_not():
    story = ["delivered", "announced", "lapsed"]
    assert statuses.first_misstep(story, corrections=frozenset({1})) is None


def test_what_is_allowed_says_what_it_needs():
    assert statuses.allowed_after("delayed")["lapsed"] == "time rule met and search note"
    assert statuses.allowed_after("")["announced"] == "source of the promise"


def test_a_promise_is_settled_or_can_become_overdue():
    assert {"announced", "delayed", "partly-delivered"} == statuses.UNSETTLED
    assert {*terms("delivery_statuses")} == statuses.SETTLED | statuses.UNSETTLED


DUE = date(2026, 2, 28)


@pytest.mark.parametrize(
    ("status", "due", "today", "days"),
    [
        ("announced", DUE, date(2026, 2, 27), 0),
        ("announced", DUE, date(2026, 2, 28), 0),
        ("announced", DUE, date(2026, 3, 1), 1),
        ("delayed", DUE, date(2026, 3, 2), 2),
        ("partly-delivered", DUE, date(2027, 2, 28), 365),
        ("delivered", DUE, date(2026, 3, 1), 0),
        ("lapsed", DUE, date(2026, 3, 1), 0),
        ("withdrawn", DUE, date(2026, 3, 1), 0),
        ("superseded", DUE, date(2026, 3, 1), 0),
        ("unverifiable", DUE, date(2026, 3, 1), 0),
        ("", DUE, date(2026, 3, 1), 0),
        ("announced", None, date(2026, 3, 1), 0),
    ],
)
def test_a_promise_is_overdue_from_the_day_after(status, due, today, days):
    assert statuses.days_overdue(status, due, today) == days


@pytest.mark.parametrize(
    ("due", "delivered", "days"),
    [
        pytest.param(date(2025, 8, 17), "2025-08-23", 6, id="Grok 2"),
        pytest.param(date(2025, 8, 17), "2025-08-17", 0, id="on the last day"),
        pytest.param(date(2025, 8, 17), "2025-08-18", 1, id="a day late"),
        pytest.param(date(2025, 8, 17), "2025-08-01", 0, id="early"),
        pytest.param(date(2025, 8, 17), "2025-08", 0, id="that month: perhaps in time"),
        pytest.param(date(2025, 8, 17), "2025-09", 15, id="a later month: from its first day"),
        pytest.param(date(2025, 8, 17), "2025", 0, id="that year: perhaps in time"),
        pytest.param(date(2025, 8, 17), None, 0, id="not delivered"),
        pytest.param(None, "2025-08-23", 0, id="no date promised"),
    ],
)
def test_a_delivery_is_late_if_it_certainly_came_after_the_first_date(due, delivered, days):
    assert statuses.days_late(due, delivered and PartialDate.parse(delivered)) == days


def after(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(
    ("status", "due", "last_word", "today", "may"),
    [
        pytest.param("announced", DUE, DUE, after(180), False, id="180 days"),
        pytest.param("announced", DUE, DUE, after(181), True, id="181 days"),
        pytest.param("delayed", DUE, DUE, after(181), True, id="delayed"),
        pytest.param("announced", DUE, after(1), after(181), False, id="a word since, 180 days"),
        pytest.param("announced", DUE, after(1), after(182), True, id="a word since, 181 days"),
        pytest.param("announced", None, DUE, after(730), False, id="undated, two years"),
        pytest.param("announced", None, DUE, after(731), True, id="undated, two years and a day"),
        pytest.param("announced", None, after(600), after(731), False, id="undated, a word since"),
        pytest.param("partly-delivered", DUE, DUE, after(999), False, id="partly delivered"),
        pytest.param("delivered", DUE, DUE, after(999), False, id="delivered"),
        pytest.param("withdrawn", DUE, DUE, after(999), False, id="withdrawn"),
    ],
)
def test_a_promise_may_lapse_once_the_time_rule_is_met(status, due, last_word, today, may):
    lapses = statuses.may_lapse(
        status, announced_on=DUE, due_latest=due, last_word_on=last_word, today=today
    )
    assert lapses == may
