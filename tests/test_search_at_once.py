"""The index after writers who came at the same moment: what a rebuild makes."""

import os

import pytest

from announcements import search
from announcements.models import Announcement, Company
from tests import make
from tests.at_once import at_once
from tests.test_search_index import kept

ROUNDS = int(os.environ.get("ROUNDS", "2"))

pytestmark = pytest.mark.django_db(transaction=True)


def retitle(key, word):
    def write():
        Announcement.objects.filter(pk=key).update(title=f"A title with {word}")

    return write


def retell(key, word):
    def write():
        make.concern(Announcement.objects.get(pk=key), title=f"A concern with {word}")

    return write


def rename(slug, name):
    def write():
        company = Company.objects.get(slug=slug)
        company.name = name
        company.save()

    return write


@pytest.fixture(autouse=True)
def _nothing_of_earlier_tests() -> None:
    """Emptying the tables after a test leaves its documents behind."""
    search.rebuild()


def is_what_a_rebuild_makes() -> bool:
    written = kept()
    search.rebuild()
    return kept() == written


def test_several_who_write_to_one_announcement_are_all_found():
    acme = make.company("Acme")
    make.concern_type()
    for number in range(ROUNDS):
        shown = make.draft(company=acme)
        answers = at_once(
            retitle(shown.pk, f"one{number}"),
            retell(shown.pk, f"two{number}"),
            retell(shown.pk, f"three{number}"),
            rename("acme", f"Acme four{number}"),
        )
        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        words = f"one{number} two{number} three{number} four{number}"
        assert shown.pk in search.found(words).tiers[search.index.ANYWHERE]
    assert is_what_a_rebuild_makes()


def test_one_who_deletes_and_one_who_renames_leave_nothing_behind():
    acme = make.company("Acme")
    for number in range(ROUNDS):
        kept_one, gone = make.published(company=acme), make.published(company=acme)
        at_once(gone.delete, rename("acme", f"Acme {number}"), search.rebuild)
        assert search.found(f"Acme {number}").tiers[search.index.IN_NAMES][-1] == kept_one.pk
    assert is_what_a_rebuild_makes()
