"""What a process remembers while others write: never more than what is committed, in the end all of it."""

import os
import random
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.http import QueryDict

from announcements import postings
from announcements.filters import Selection
from announcements.models import Announcement, Company
from announcements.models.publishing import checked_at_the_end
from announcements.models.version import current_version
from announcements.postings import Postings
from announcements.postings.tables import AS_THEY_STAND
from tests import make
from tests.at_once import at_once
from tests.test_postings import told

ROUNDS = int(os.environ.get("ROUNDS", "8"))
QUESTIONS = ["", "kind=program", "company=acme", "q=announcement", "order=title", "overdue=no"]

pytestmark = pytest.mark.django_db(transaction=True)


def is_up_to_date() -> bool:
    return told(postings.current()) == told(Postings.read(current_version()))


def writer(seed: int):
    """Publishes, takes back, renames, moves and deletes announcements of its own."""
    chance = random.Random(seed)  # noqa: S311

    def write():
        acme = Company.objects.get(slug="acme")
        own = [make.published(company=acme) for _ in range(2)]
        for _ in range(ROUNDS):
            one = Announcement.objects.get(pk=chance.choice(own).pk)
            match chance.randrange(6):
                case 0:
                    one.unpublish() if one.is_published else one.publish(evidence_later=True)
                case 1:
                    own.append(make.published(company=make.company(), kind="progress-update"))
                case 2 if len(own) > 1:
                    own = [row for row in own if row.pk != one.pk]
                    one.delete()
                case 3:
                    one.announced_on = f"20{chance.randrange(10, 25)}"
                    one.save()
                case 4:
                    one.company.name = f"{one.company.slug} {chance.random()}"
                    one.company.save()
                case _:
                    undone(one)
        return own

    return write


def undone(one: Announcement) -> None:
    """Write and read in a transaction that comes to nothing."""
    with transaction.atomic():
        make.published(company=one.company)
        one.delete()
        postings.current()
        transaction.set_rollback(True)


def reader(seed: int):
    """Asks for totals, pages and values; its list shows published announcements alone."""

    def read():
        for number in range(ROUNDS * 2):
            selection = Selection(QueryDict(QUESTIONS[(seed + number) % len(QUESTIONS)]))
            assert selection.is_valid, selection.errors
            rows = Announcement.objects.published().in_order_of(selection.keys[:25])
            assert all(row.is_published for row in rows)
            assert selection.total >= 0
            selection.sets.counts(
                "company", [row.slug for row in selection.postings.values["company"]]
            )

    return read


def test_many_writers_and_readers_leave_a_memory_that_says_what_the_tables_say():
    make.published(company=make.company("Acme", country="US"))
    jobs = [writer(seed) for seed in range(4)] + [reader(seed) for seed in range(4)]
    answers = at_once(*jobs)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert is_up_to_date()


def test_what_another_has_not_committed_is_not_remembered_whatever_becomes_of_it():
    kept = make.published()
    postings.current()
    for is_kept in (False, True):
        with transaction.atomic():
            other = make.published()
            assert other.pk in postings.current().places.of
            (seen,) = at_once(lambda: set(postings.current().places.of))
            assert seen == {kept.pk}
            transaction.set_rollback(not is_kept)
        (seen,) = at_once(lambda: set(postings.current().places.of))
        assert seen == {kept.pk, other.pk} if is_kept else {kept.pk}
    assert is_up_to_date()


def test_what_is_read_among_writes_without_a_version_yet_is_for_that_reader_alone():
    make.published()
    postings.forget()
    with transaction.atomic():
        with checked_at_the_end():
            undone = make.published()
            assert undone.pk in postings.current().places.of
        transaction.set_rollback(True)

    assert undone.pk not in postings.current().places.of
    assert is_up_to_date()


def test_a_company_that_comes_while_everything_is_read_comes_with_the_next_version(monkeypatch):
    make.published()
    postings.forget()
    rows, coming = AS_THEY_STAND.rows, [make.published]

    def meanwhile(model, owner, *columns, keys=None):
        if columns == ("company_id",) and coming:
            coming.pop()(company=make.company(country="IS"))
        return rows(model, owner, *columns, keys=keys)

    monkeypatch.setattr(AS_THEY_STAND, "rows", meanwhile)

    assert len(postings.current().places.of) == 2
    assert is_up_to_date()


class TakenAway(dict):
    """What another thread, asking for another day, takes away as soon as it is there."""

    def __setitem__(self, day, past):
        pass


def test_what_is_overdue_does_not_hang_on_what_another_thread_leaves_remembered():
    make.promise(due_from=date(2024, 5, 8), due_to=date(2024, 5, 8))
    held = replace(postings.current(), _overdue=TakenAway())

    assert len(held.overdue("announced", date(2024, 5, 9))) == 1
    assert len(held.overdue("announced", date(2024, 5, 8))) == 0
