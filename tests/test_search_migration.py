"""Announcements that were there before the search was can be found as soon as all is migrated."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from announcements import search

APP = "announcements"


@pytest.mark.django_db(transaction=True)
def test_what_was_there_before_is_found_afterwards():
    try:
        call_command("migrate", APP, "0002_versions", verbosity=0)
        state = MigrationExecutor(connection).loader.project_state([(APP, "0002_versions")])
        old = state.apps.get_model(APP, "Announcement")
        row = old.objects.create(title="The wolpertinger was here before", slug="before")
    finally:
        call_command("migrate", verbosity=0)

    assert search.found("wolpertinger").tiers == [[row.pk], [], []]
    assert not search.is_incomplete()
