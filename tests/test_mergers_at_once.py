"""Two merges, or a merge and an editor, at the same moment: one after the other, and nothing is lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from announcements.mergers import Refused, merge, undo
from announcements.models import Company, Merger, Source
from tests import make
from tests.at_once import at_once
from tests.editing import Page, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def same():
    one, two = make.company("Facebook"), make.company("Meta")
    for company in (one, two):
        make.published(company=company)
    return one, two


def again(record):
    return type(record).objects.get(pk=record.pk)


def done(answers):
    return [answer for answer in answers if isinstance(answer, Merger)]


def refused(answers):
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_of_two_who_merge_in_both_directions_one_is_told():
    one, two = same()
    answers = at_once(lambda: merge(one, two, {}), lambda: merge(two, one, {}))
    assert (len(done(answers)), len(refused(answers))) == (1, 1)
    assert Company.objects.get().announcements.count() == 2


def test_of_two_who_merge_into_different_companies_one_is_told():
    one, two = same()
    third = make.company("Alphabet")
    answers = at_once(lambda: merge(one, two, {}), lambda: merge(one, third, {}))
    assert (len(done(answers)), len(refused(answers))) == (1, 1)


def test_merges_into_one_company_are_both_done():
    one, two = same()
    third = make.company("Alphabet")
    make.published(company=one, partners=[two, third])
    answers = at_once(lambda: merge(one, third, {}), lambda: merge(two, third, {}))
    assert len(done(answers)) == 2
    assert third.announcements.count() == 3
    assert third.partnerships.count() == 0


def test_a_merge_is_undone_once():
    one, two = same()
    merger = merge(one, two, {})
    answers = at_once(lambda: undo(merger), lambda: undo(merger))
    assert len(refused(answers)) == 1
    assert Company.objects.count() == 2


def test_whoever_cites_a_source_at_that_moment_cites_the_kept_one_or_is_told():
    one, two = make.source("https://example.org/a"), make.source("https://example.org/b")
    record = make.draft()
    answers = at_once(
        lambda: merge(one, two, {}), lambda: record.citations.create(source=again(one))
    )
    assert len(done(answers)) == 1
    assert set(record.citations.values_list("source", flat=True)) <= set(
        Source.objects.values_list("pk", flat=True)
    )


def test_an_editor_who_saves_at_that_moment_and_the_merge_wait_for_each_other():
    one, two = same()
    record = one.announcements.get()
    desk = Client()
    desk.force_login(User.objects.create_superuser("root"))
    page = Page(desk, page_of(record)).fill(summary="Written at that moment.")
    answers = at_once(lambda: merge(one, two, {}), lambda: page.send().status_code)
    record.refresh_from_db()
    assert len(done(answers)) == 1
    assert record.company == two
    assert answers[1] in (200, 409)
    assert (record.summary == "Written at that moment.") or answers[1] == 409 or page.errors
