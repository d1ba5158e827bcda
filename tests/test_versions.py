"""Every write that readers could see raises the version of the data and names what changed."""

import pytest
from django.db import transaction

from announcements.models import Announcement, Company, Concern, Initiative, Update
from announcements.models.publishing import checked_at_the_end, touch
from announcements.models.version import changed_at, changed_since, current_version, written_at
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """An announcement with all that hangs on one, and another that nothing here is about."""
    make.published()
    shown = make.published(
        company=make.company("Acme"),
        partners=[make.company("Bolt")],
        initiatives=[make.initiative("Opener")],
    )
    shown.company.former_names.create(name="Anvil Works")
    make.promise(shown, license="mit", title="Weights")
    make.release(shown, license="apache-2.0", components=["weights"])
    make.concern(shown).further_types.add(make.concern_type("privacy"))
    make.benefit(shown)
    return shown


def rename(row, field="name"):
    setattr(row, field, "Another")
    row.save()


DOORS = {
    "its title": lambda shown: rename(shown, "title"),
    "its state": lambda shown: shown.unpublish(),
    "its title in bulk": lambda shown: Announcement.objects.filter(pk=shown.pk).update(title="B"),
    "itself deleted": lambda shown: shown.delete(),
    "its company's name": lambda shown: rename(shown.company),
    "its company's name in bulk": lambda _: Company.objects.filter(slug="acme").update(
        name="Another"
    ),
    "its company's former name": lambda shown: rename(shown.company.former_names.get()),
    "a former name more": lambda shown: shown.company.former_names.create(name="Older"),
    "a former name less": lambda shown: shown.company.former_names.all().delete(),
    "a partner's name": lambda shown: rename(shown.partners.get().company),
    "a partner more": lambda shown: shown.partners.create(company=make.company()),
    "a partner less": lambda shown: shown.partners.get().delete(),
    "its initiative's name": lambda shown: rename(shown.initiatives.get()),
    "an initiative more": lambda shown: shown.initiatives.add(make.initiative()),
    "an initiative more, from there": lambda shown: make.initiative().announcements.add(shown),
    "an initiative less": lambda shown: shown.initiatives.clear(),
    "an initiative less, from there": lambda shown: shown.initiatives.get().announcements.clear(),
    "other initiatives": lambda shown: shown.initiatives.set([make.initiative()]),
    "an initiative deleted": lambda shown: shown.initiatives.get().delete(),
    "an initiative deleted in bulk": lambda _: Initiative.objects.filter(name="Opener").delete(),
    "a promise's title": lambda shown: rename(shown.promises.get(), "title"),
    "a promise's step": lambda shown: make.update(shown.promises.get(), "delivered"),
    "a promise's step in bulk": lambda _: Update.objects.update(status="unverifiable"),
    "a promise's license": lambda shown: rename(shown.promises.get().license),
    "a release's name": lambda shown: rename(shown.releases.get()),
    "a release's license": lambda shown: rename(shown.releases.get().license),
    "a part of a release": lambda shown: make.component(shown.releases.get(), "training_code"),
    "a part less": lambda shown: shown.releases.get().components.all().delete(),
    "a concern's title": lambda shown: rename(shown.concerns.get(), "title"),
    "a concern's state in bulk": lambda _: Concern.objects.update(status="disputed"),
    "a further type more": lambda shown: shown.concerns.get().further_types.add(
        make.concern_type("security")
    ),
    "a further type less": lambda shown: shown.concerns.get().further_types.clear(),
    "a further type less, from there": lambda _: make.concern_type(
        "privacy"
    ).further_concerns.clear(),
    "a benefit less": lambda shown: shown.benefits.get().delete(),
    "a source's kind": lambda shown: rename(shown.citations.get().source, "title"),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_write_names_the_announcement_that_shows_it(shown, door):
    before = current_version()
    key = shown.pk
    door(shown)

    assert current_version().number > before.number
    assert changed_since(before) == {key}


@pytest.mark.parametrize(
    "value", [make.concern_type, make.benefit_type, make.license, make.company, make.initiative]
)
def test_the_name_of_a_filters_value_raises_the_version_too(value):
    row = value()
    before = current_version()
    rename(row)

    assert current_version().number > before.number
    assert changed_since(before) == set()


def test_a_block_of_writes_is_one_version():
    first, second = make.published(), make.published()
    before = current_version()
    with checked_at_the_end():
        rename(first, "title")
        rename(second, "title")

    assert current_version().number == before.number + 1
    assert changed_since(before) == {first.pk, second.pk}


def test_before_the_first_write_there_is_no_version():
    assert current_version() is None


def test_a_version_that_was_rolled_back_is_known_for_what_it_is():
    make.company()
    with transaction.atomic():
        touch([1])
        undone = current_version()
        transaction.set_rollback(True)
    touch([2])

    assert changed_since(undone) is None


def test_when_an_announcement_last_changed_is_when_its_version_was_written():
    first, second, unknown = make.published(), make.published(), 0
    before = changed_at([first.pk, second.pk, unknown])
    make.concern(first)
    after = changed_at([first.pk, second.pk, unknown])

    assert set(before) == set(after) == {first.pk, second.pk}
    assert after[first.pk] > before[first.pk]
    assert after[first.pk] == written_at()
    assert after[second.pk] == before[second.pk]


def test_before_the_first_write_nothing_was_written_at_any_time():
    assert written_at() is None
