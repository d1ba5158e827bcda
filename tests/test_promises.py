"""Promises and their stories: order, clocks, and the changes that the rules allow."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from announcements.models import Promise, Update
from announcements.models.update import check_story, in_story_order, renumber
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize("status", Update.Status.values)
@pytest.mark.parametrize("due", [None, date(2026, 2, 28), date(2026, 3, 1)])
def test_the_database_and_the_rules_agree_on_what_is_overdue(status, due):
    promise = make.promise(status=status, due_from=due, due_to=due)
    overdue = Promise.objects.overdue(TODAY).exists()
    assert overdue == (promise.days_overdue(TODAY) > 0)
    unsettled = status in ("announced", "delayed", "partly-delivered")
    assert overdue == (unsettled and due == date(2026, 2, 28))


def test_a_newly_promised_date_moves_the_clock_but_not_the_first_word():
    promise = make.promise(due_from="2025-06-01", due_to="2025-06-30", due_words="this month")
    make.update(promise, "delayed", due_from="2026-03-01", due_to="2026-03-31")
    make.update(promise, "delivered", happened_on="2026-03-15")
    promise.refresh_from_db()
    assert promise.due_latest == date(2026, 3, 31)
    assert promise.days_late() == (date(2026, 3, 15) - date(2025, 6, 30)).days


def test_a_delay_without_a_date_leaves_the_clock_running():
    promise = make.promise(status="delayed", due_from="2025-06-01", due_to="2025-06-30")
    assert promise.due_latest == date(2025, 6, 30)
    assert promise.days_overdue(date(2025, 7, 1)) == 1


def test_grok_2_came_six_days_late():
    promise = make.promise(
        story=[("2025-08-06", "announced"), ("2025-08-23", "delivered")],
        due_from="2025-08-11",
        due_to="2025-08-17",
    )
    assert (promise.status, promise.days_late()) == ("delivered", 6)


def test_grok_3_is_overdue_since_the_first_of_march():
    make.promise(due_from="2025-08-23", due_to="2026-02-28", due_words="in about six months")
    assert not Promise.objects.overdue(date(2026, 2, 28)).exists()
    assert Promise.objects.overdue(date(2026, 3, 1)).exists()


def test_gpt_oss_was_delayed_twice_and_delivered():
    promise = make.promise(
        story=[
            ("2025-03-31", "announced"),
            ("2025-06", "delayed"),
            ("2025-07-11", "delayed"),
            ("2025-08-05", "delivered"),
        ]
    )
    check_story(list(promise.updates.all()))
    assert (promise.status, str(promise.status_on)) == ("delivered", "2025-08-05")


@pytest.mark.parametrize("later", ["2024-05", "2024"])
def test_where_dates_overlap_the_step_entered_last_is_the_latest(later):
    promise = make.promise(story=[("2024-05-08", "announced"), (later, "delivered")])
    renumber(in_story_order(list(promise.updates.all())))
    promise.refresh_from_db()
    assert promise.status == "delivered"


def test_a_forgotten_step_takes_its_place_in_the_story():
    promise = make.promise(story=[("2024-03", "delayed"), ("2024", "delivered")])
    make.update(promise, "announced", happened_on="2024-01")
    renumber(in_story_order(list(promise.updates.all())))
    promise.refresh_from_db()
    story = [step.status for step in promise.updates.all()]
    assert (story, promise.status) == (["announced", "delayed", "delivered"], "delivered")


def test_renumbering_closes_gaps_and_can_turn_a_story_around():
    promise = make.promise(status="delayed")
    make.update(promise, "delivered", position=40)
    renumber(list(promise.updates.order_by("-position")))
    steps = promise.updates.values_list("position", "status")
    assert list(steps) == [(0, "delivered"), (1, "delayed"), (2, "announced")]


def test_renumbering_what_is_in_order_writes_nothing(django_assert_num_queries):
    steps = list(make.promise(status="delayed").updates.all())
    with django_assert_num_queries(0):
        renumber(steps)
        renumber([])


def test_a_story_that_the_rules_do_not_know_is_refused_with_what_they_do():
    promise = make.promise(story=[("2024", "delivered"), ("2025", "announced")])
    with pytest.raises(ValidationError, match="Step of 2025: “delivered” cannot become") as refusal:
        check_story(list(promise.updates.all()))
    assert refusal.value.code == "misstep"


def test_a_correction_with_a_reason_is_no_misstep():
    promise = make.promise(status="delivered")
    wrong = make.update(promise, "announced", reason="The page was a placeholder.")
    check_story(list(promise.updates.all()))
    assert wrong.is_correction


def test_a_new_step_goes_last():
    promise = make.promise(status="delayed")
    assert make.update(promise, "delivered").position == 2
    assert Update(happened_on="2024-05", status="lapsed").__str__() == "2024-05: Lapsed"


def test_a_renewed_promise_outlives_the_one_it_renews():
    withdrawn = make.promise(status="withdrawn")
    renewed = make.promise(renews=withdrawn)
    withdrawn.delete()
    renewed.refresh_from_db()
    assert renewed.renews is None


def test_promises_of_drafts_are_not_of_published():
    shown = make.promise()
    make.promise(make.draft())
    assert list(Promise.objects.of_published()) == [shown]
