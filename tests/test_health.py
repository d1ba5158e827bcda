from unittest import mock

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

SECRET = "host=db.example password=hush"


def broken(*args, **kwargs):
    raise OperationalError(SECRET)


def test_a_process_that_is_up_says_so_without_the_database(client):
    # No `db` fixture: any query here would fail the test.
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok\n"


@pytest.mark.django_db
def test_a_process_that_can_work_is_ready(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "cache": "ok"},
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("check", "target", "attribute"),
    [
        ("database", connection, "cursor"),
        ("migrations", MigrationRecorder, "applied_migrations"),
        ("cache", cache, "set"),
    ],
)
def test_what_fails_is_named_and_why_is_kept_for_the_log(client, caplog, check, target, attribute):
    with mock.patch.object(target, attribute, broken):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["status"] == "not ready"
    assert response.json()["checks"][check] == "failed"
    assert "hush" not in response.text
    assert SECRET in caplog.text


@pytest.mark.django_db
def test_an_unapplied_migration_is_not_ready(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "ok", "migrations": "failed", "cache": "ok"}


@pytest.mark.django_db
def test_a_cache_that_forgets_is_not_ready(client):
    with mock.patch.object(cache, "get", return_value=None):
        response = client.get("/readyz")

    assert response.json()["checks"]["cache"] == "failed"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read_and_never_kept(client, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_inside_the_network_is_not_sent_to_https(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(path).status_code == 200
