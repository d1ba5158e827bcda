"""Rows that were there before history was get their first version with the migration."""

from importlib import import_module

import pytest
from django.apps import apps

from announcements.history.rows import kept, link_fields, link_versions, versions
from tests import make
from tests.truths import assert_newest_versions_are_the_rows

pytestmark = pytest.mark.django_db

MIGRATION = import_module("announcements.migrations.0019_history_begins")


def test_history_begins_with_all_that_is_there(monkeypatch):
    monkeypatch.setattr(MIGRATION, "CHUNK", 2)
    shown = make.published(kind="intent", initiatives=[make.initiative()], related=[make.draft()])
    make.concern(shown).further_types.add(make.concern_type("fragmentation"))
    for model in kept():
        versions(model).delete()
        for field in link_fields(model):
            link_versions(field).objects.all().delete()
    MIGRATION.begin(apps, None)
    assert_newest_versions_are_the_rows()


def test_the_migration_knows_every_model_of_which_versions_are_kept():
    assert set(MIGRATION.KEPT) == {model.__name__ for model in kept()}
