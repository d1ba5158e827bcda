"""The benchmark measures what readers get: its records are sound, and its pages are the site's."""

import pytest

from announcements import postings
from announcements.models import Announcement
from benchmarks import lists
from tests.truths import assert_promises_tell_their_story

pytestmark = pytest.mark.django_db


def test_its_records_are_as_the_models_would_have_derived_them():
    lists.fill(60)
    kept = list(Announcement.objects.published())

    assert_promises_tell_their_story()
    assert [row.first_day for row in kept] == [row.announced_on.earliest for row in kept]
    assert len(postings.current().published) == 60


def test_each_question_gives_the_same_page_from_memory_and_costs_few_queries():
    lists.fill(60)
    asked = list(lists.questions())

    assert [question.name for question in asked] == list(lists.queries())
    assert asked[0].matches == 60
    assert max(question.queries for question in asked) < 25


def test_a_database_that_has_records_is_left_alone():
    lists.fill(10)

    assert lists.fill(60) == 10
