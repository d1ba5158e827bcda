"""The index follows every write, through whichever door, and a rebuild makes the same of it."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcements import search
from announcements.models import (
    Announcement,
    Company,
    Concern,
    FormerName,
    Initiative,
    License,
    Promise,
    Release,
)
from announcements.models.publishing import checked_at_the_end
from tests import make
from tests.doors import small_world
from tests.test_doors_at_random import FIELDS, WAYS, write

pytestmark = pytest.mark.django_db


def finds(text: str) -> set[int]:
    """The keys that a question finds; both ways to ask must agree."""
    found = {key for tier in search.found(text).tiers for key in tier}
    existing = set(Announcement.objects.filter(search.matching(text)).values_list("pk", flat=True))
    assert found & set(Announcement.objects.values_list("pk", flat=True)) == existing
    return existing


@pytest.fixture
def shown():
    """An announcement with all that the search reads, and another that nothing here is about."""
    make.published()
    shown = make.published(
        title="Acme shows a thing",
        summary="It is told here.",
        company=make.company("Acme"),
        partners=[make.company("Bolt")],
        initiatives=[make.initiative("Toolbox")],
    )
    shown.company.former_names.create(name="Anvil Works")
    make.promise(shown, license=make.license("mit"), title="Weights")
    release = make.release(shown, name="Hammer 1", license=make.license("apache-2.0"))
    make.component(release, "weights", license=make.license("cc0-1.0"))
    make.concern(shown, title="Sparks", text="They burn.", raised_by="A smith")
    return shown


def changed(row, **values):
    for field, value in values.items():
        setattr(row, field, value)
    row.save()


def taken_back(announcement):
    announcement.unpublish()
    return announcement


GAINS = {
    "title": lambda shown: changed(shown, title="A wolpertinger"),
    "title in bulk": lambda _: Announcement.objects.update(title="The wolpertingers"),
    "summary": lambda shown: changed(shown, summary="Wolpertinger!"),
    "company's name": lambda shown: changed(shown.company, name="Wolpertinger"),
    "company's name in bulk": lambda _: Company.objects.filter(slug="acme").update(
        name="Wolpertinger"
    ),
    "company's legal name": lambda shown: changed(shown.company, legal_name="Wolpertinger, Inc."),
    "another company": lambda shown: changed(shown, company=make.company("Wolpertinger")),
    "a former name more": lambda shown: shown.company.former_names.create(name="Wolpertinger"),
    "former names in bulk": lambda _: FormerName.objects.update(name="Wolpertinger"),
    "a partner more": lambda shown: shown.partners.create(company=make.company("Wolpertinger")),
    "a partner's former name": lambda _: Company.objects.get(name="Bolt").former_names.create(
        name="Wolpertinger"
    ),
    "an initiative more": lambda shown: shown.initiatives.add(make.initiative("Wolpertinger")),
    "an initiative more, from there": lambda shown: make.initiative(
        "Wolpertinger"
    ).announcements.add(shown),
    "an initiative's name": lambda shown: changed(shown.initiatives.get(), name="Wolpertinger"),
    "a promise more": lambda shown: make.promise(shown, title="Wolpertinger"),
    "promises in bulk": lambda _: Promise.objects.update(title="Wolpertinger"),
    "a promise's license": lambda _: License.objects.filter(slug="mit").update(name="Wolpertinger"),
    "a release's name": lambda shown: changed(shown.releases.get(), name="Wolpertinger 2"),
    "a release's license": lambda _: changed(
        License.objects.get(slug="apache-2.0"), name="Wolpertinger"
    ),
    "a component's license": lambda _: changed(
        License.objects.get(slug="cc0-1.0"), spdx_id="Wolpertinger"
    ),
    "another license": lambda _: Release.objects.update(license=make.license("wolpertinger")),
    "a concern's title": lambda shown: changed(shown.concerns.get(), title="Wolpertinger"),
    "a concern's text in bulk": lambda _: Concern.objects.update(text="Of wolpertingers."),
    "who raised a concern": lambda shown: changed(shown.concerns.get(), raised_by="Wolpertinger"),
    "a concern moved here": lambda shown: changed(
        make.concern(title="Wolpertinger"), announcement=shown
    ),
    "rows created in bulk": lambda shown: Promise.objects.bulk_create(
        [Promise(announcement=taken_back(shown), title="Wolpertinger")]
    ),
}


@pytest.mark.parametrize("door", GAINS.values(), ids=GAINS)
def test_what_a_write_brought_is_found(shown, door):
    assert finds("wolpertinger") == set()
    door(shown)

    assert shown.pk in finds("wolpertinger")


LOSSES = [
    ("shows", lambda shown: changed(shown, title="Another")),
    ("told", lambda shown: changed(shown, summary="Another.")),
    ('"acme inc"', lambda shown: changed(shown.company, legal_name="")),
    ("anvil", lambda shown: shown.company.former_names.all().delete()),
    ("bolt", lambda shown: shown.partners.get().delete()),
    ("toolbox", lambda shown: shown.initiatives.clear()),
    ("toolbox", lambda shown: shown.initiatives.get().announcements.clear()),
    ("toolbox", lambda _: Initiative.objects.filter(name="Toolbox").delete()),
    ("weights", lambda shown: shown.promises.all().delete()),
    ("mit", lambda shown: shown.promises.update(license=None)),
    ("hammer", lambda shown: shown.releases.get().delete()),
    ("apache", lambda shown: shown.releases.update(license=None)),
    ("cc0", lambda shown: shown.releases.get().components.all().delete()),
    ("sparks", lambda shown: shown.concerns.get().delete()),
    ("smith", lambda shown: shown.concerns.update(raised_by="Another")),
    ("burn", lambda shown: changed(shown.concerns.get(), announcement=make.published())),
    ("thing", lambda shown: shown.delete()),
    ("thing", lambda shown: Announcement.objects.filter(pk=shown.pk).delete()),
]


@pytest.mark.parametrize(("text", "door"), LOSSES)
def test_what_a_write_took_is_not_found(shown, text, door):
    key = shown.pk
    assert key in finds(text)
    door(shown)

    assert key not in finds(text)


def test_a_draft_is_found_and_left_to_whoever_asks():
    draft = make.draft(title="Wolpertinger")

    assert finds("wolpertinger") == {draft.pk}


def test_nothing_is_found_across_two_texts(shown):
    assert finds('"a thing it is"') == set()
    assert finds('"they burn a smith"') == set()
    assert finds('"they burn"') == {shown.pk}


def test_what_was_rolled_back_is_not_found(shown):
    with transaction.atomic():
        changed(shown, title="Wolpertinger")
        transaction.set_rollback(True)

    assert finds("wolpertinger") == set()
    assert finds("thing") == {shown.pk}


def kept() -> list[tuple]:
    """The whole index as the database has it."""
    columns = (
        "key, title::text, named::text, document::text"
        if connection.vendor == "postgresql"
        else "rowid, title, names, body"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM announcements_search ORDER BY 1")  # noqa: S608
        return cursor.fetchall()


def wreck() -> None:
    """Lose a document behind the index's back, and leave one of an announcement that never was."""
    first, *_ = (row[0] for row in kept())
    key = "key" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE announcements_search SET {key} = 999999 WHERE {key} = %s",  # noqa: S608
            [first],
        )


def test_a_rebuild_restores_what_was_lost_and_drops_what_is_gone(shown):
    before = kept()
    wreck()
    assert search.is_incomplete()
    assert kept() != before

    assert search.rebuild() == Announcement.objects.count()
    assert kept() == before
    assert not search.is_incomplete()


def test_a_document_without_an_announcement_does_no_harm(client, shown):
    wreck()

    assert 999_999 in search.found("announcement happened").tiers[2]
    assert finds("announcement happened") == set()
    assert client.get("/announcements/?q=happened").status_code == 200


def test_the_command_says_how_many_can_be_found(shown):
    out = io.StringIO()
    call_command("rebuild_search", stdout=out)

    assert out.getvalue() == f"{Announcement.objects.count()} announcements can be searched\n"


def test_the_cost_of_following_a_write_does_not_grow(shown, django_assert_num_queries):
    many = [make.draft().pk for _ in range(5)]
    with django_assert_num_queries(4 if connection.vendor == "sqlite" else 5):
        search.refresh([shown.pk])
    with django_assert_num_queries(4 if connection.vendor == "sqlite" else 5):
        search.refresh([shown.pk, *many])


def test_what_is_too_long_for_a_database_is_cut_for_both(shown):
    different = " ".join(f"word{number}" for number in range(20_000))
    changed(shown, summary=f"first {different} last", title="b " * 90)
    assert finds("first word1") == {shown.pk}
    assert finds("last") == set()

    Concern.objects.update(text=f"start {'again ' * 300} {'x' * 3000} end")
    changed(shown, summary="Short.")
    assert finds("start end again " + "x" * 2000) == {shown.pk}


NAMES = ["Acme", "Zeta", "", "Wölfe & Söhne", "The release of v1.5"]
TEXTS = [
    (Company, "legal_name", ["", "Another"]),
    (FormerName, "name", NAMES),
    (Initiative, "name", NAMES),
    (Promise, "title", NAMES),
    (Promise, "license", License),
    (Release, "name", NAMES),
    (License, "name", NAMES),
    (Concern, "text", NAMES),
    (Announcement, "title", NAMES),
    (Announcement, "company", Company),
]
WRITES = st.tuples(st.sampled_from(FIELDS + TEXTS), st.sampled_from(WAYS), *[st.integers(0, 8)] * 2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(WRITES, min_size=5, max_size=15), together=st.booleans())
def test_after_any_writes_the_index_is_what_a_rebuild_makes(writes, together):
    with transaction.atomic():
        world = small_world()
        world.company.former_names.create(name="Anvil Works")
        world.intent.initiatives.add(make.initiative(company=world.company))
        make.release(world.draft, components=["weights"], license="apache-2.0")
        make.promise(world.draft, license="mit")
        _write(writes, together)
        written = kept()
        search.rebuild()
        assert kept() == written
        transaction.set_rollback(True)


def _write(writes, together):
    if together:
        with checked_at_the_end():
            Concern.objects.update(title="Written together")
            Announcement.objects.drafts().update(title="A draft")
    for write_of in writes:
        write(*write_of)
