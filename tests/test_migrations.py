"""Migrations: none is missing, each has a name that says what it does, and all of them go back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

APP = "announcements"


def named_by_hand() -> list[str]:
    return sorted(name for app, name in MigrationLoader(None).disk_migrations if app == APP)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", named_by_hand())
def test_a_migration_says_what_it_does(name):
    number, _, words = name.partition("_")
    assert number.isdigit()
    assert words
    assert not words.startswith(("auto", "alter_", "remove_"))
    assert "_and_more" not in words


def test_migrations_follow_each_other_in_one_line():
    numbers = [int(name.partition("_")[0]) for name in named_by_hand()]
    assert numbers == list(range(1, len(numbers) + 1))


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith(APP)}


@pytest.mark.django_db(transaction=True)
def test_all_migrations_go_back_and_forth_again():
    before = tables()
    try:
        call_command("migrate", APP, "zero", verbosity=0)
        assert tables() == set()
    finally:
        call_command("migrate", APP, verbosity=0)
    assert tables() == before
