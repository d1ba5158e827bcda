"""The benchmark measures what readers get: its records are sound, and its pages are the site's."""

import csv
import io

import pytest

from announcements import postings
from announcements.exports.selections import FILE_FORMS
from announcements.models import Announcement
from announcements.records.flat import COLUMNS
from benchmarks import exports, lists
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


def test_every_form_of_file_is_measured_beside_plain_tables():
    lists.fill(10)
    sizes = {}
    for name, write in exports.writers().items():
        file = io.BytesIO()
        write(file)
        sizes[name] = file.tell()

    assert set(sizes) == {*exports.RIVALS, *FILE_FORMS}
    assert min(sizes.values()) > 1000
    assert sizes["same number"] > 0.4 * sizes["csv"]


def test_a_rival_writes_as_many_columns_as_a_table_for_readers_has():
    lists.fill(10)
    file = io.BytesIO()
    exports.writers()["same number"](file)

    table = list(csv.reader(io.StringIO(file.getvalue().decode(), newline="")))
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert len(table) == 10
