from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from announcements.models import Announcement
from tests import surfaces

# How long an example takes says something of the machine, not of the code.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite is tested as a file, as it runs: in memory it locks differently and has no WAL."""
    database = connections["default"]
    if database.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        database.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _no_downloads(settings, tmp_path) -> None:
    """What lies ready on this machine is nothing that a test can see."""
    settings.DOWNLOADS_DIR = tmp_path / "downloads"


@pytest.fixture(scope="module")
def once_for_the_module(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Opens the database for rows that all tests of a module share; what each writes beside them is undone.

    The rows stay till the module's last test: no other test of it may count on an empty database.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _filled_once(once_for_the_module: None) -> None:
    surfaces.fill()


@pytest.fixture
def filled(_filled_once: None, db: None) -> Announcement:
    """The announcement of ``surfaces.fill()``, made once for the module, which uses it in every test."""
    return Announcement.objects.get(slug="public")
