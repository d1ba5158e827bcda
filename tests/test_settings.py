import os
import runpy
import shutil
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

from tracker import settings as wiring
from tracker.environment import Environment

KEY = "k3y-" + "abcdefghij" * 5
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "tracker.example"}
DEVELOPMENT = {"ENVIRONMENT": "development"}


@pytest.fixture
def checkout(tmp_path):
    """A checkout with no `.env` and nothing under `var/`."""
    (tmp_path / "tracker").mkdir()
    shutil.copy(wiring.__file__, tmp_path / "tracker")
    return tmp_path


@pytest.fixture
def start(checkout, monkeypatch):
    """Read the settings with these variables set and no others."""

    def start(**variables):
        monkeypatch.setattr(Environment, "ENVIRON", FileAwareMapping())
        with mock.patch.dict(os.environ, variables, clear=True):
            return runpy.run_path(str(checkout / "tracker" / "settings.py"))

    return start


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"ENVIRONMENT": "staging"}, "ENVIRONMENT is 'staging'; it must be one of production,"),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'; it must be one of true,"),
        ({"DEBUG": "true"}, "DEBUG is True; it must be off"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is empty"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY is one that Django generated"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE is '/nowhere/key'"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is ''"),
        ({"ALLOWED_HOSTS": "https://a.example"}, "ALLOWED_HOSTS is 'https://a.example'"),
        ({"CSRF_TRUSTED_ORIGINS": "a.example"}, "CSRF_TRUSTED_ORIGINS is 'a.example'"),
        ({"BEHIND_PROXY": "nginx"}, "BEHIND_PROXY is 'nginx'"),
        ({"LOGIN_FAILURE_LIMIT": "0"}, "LOGIN_FAILURE_LIMIT is 0; it must be 1 or more"),
        ({"LOGIN_COOLOFF_MINUTES": "0"}, "LOGIN_COOLOFF_MINUTES is 0; it must be 1 or more"),
        ({"SECURE_SSL_REDIRECT": "2"}, "SECURE_SSL_REDIRECT is '2'"),
        ({"SECURE_HSTS_SECONDS": "a year"}, "SECURE_HSTS_SECONDS is 'a year'"),
        ({"SECURE_HSTS_SECONDS": "-1"}, "SECURE_HSTS_SECONDS is '-1'"),
        ({"SECURE_HSTS_INCLUDE_SUBDOMAINS": "all"}, "SECURE_HSTS_INCLUDE_SUBDOMAINS is 'all'"),
        ({"DATABASE_URL": "tracker.sqlite3"}, "DATABASE_URL is no address"),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL is of the kind 'mysql'"),
        ({"DATABASE_URL": "postgres://host:port/name"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgres://host"}, "DATABASE_URL names no database"),
        (
            {"DATABASE_URL": "postgres://host/name", "DATABASE_CONN_MAX_AGE": "1.5"},
            "DATABASE_CONN_MAX_AGE is '1.5'",
        ),
        ({"CACHE_URL": "memcached"}, "CACHE_URL is no address"),
        ({"CACHE_URL": "pickle://host"}, "CACHE_URL is of the kind 'pickle'"),
        ({"CACHE_URL": "redis://"}, "CACHE_URL names no server"),
        ({"TIME_ZONE": "Mars/Base"}, "TIME_ZONE is 'Mars/Base'"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud'"),
    ],
)
def test_nonsense_is_refused_by_the_name_of_its_variable(start, variables, words):
    with pytest.raises(ImproperlyConfigured) as refusal:
        start(**PRODUCTION | variables)

    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize(
    "variables",
    [
        {"SECRET_KEY": "hush"},
        {"DATABASE_URL": "hush"},
        {"DATABASE_URL": "hush://user:hush@host/name"},
        {"DATABASE_URL": "postgres://user:hush@host:hush/name"},
        {"DATABASE_URL": "postgres://user:hush@host"},
        {"CACHE_URL": "redis://:hush@host:hush/0"},
    ],
)
def test_a_refusal_never_shows_a_secret(start, variables):
    with pytest.raises(ImproperlyConfigured) as refusal:
        start(**PRODUCTION | variables)

    assert "user" not in str(refusal.value).replace("special characters of user", "")
    assert "hush" not in str(refusal.value).replace("of the kind 'hush'", "")


def test_production_is_what_nothing_said_means(start):
    settings = start(**PRODUCTION)

    assert settings["ENVIRONMENT"] == "production"
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert "SECURE_PROXY_SSL_HEADER" not in settings


def test_development_needs_nothing_and_is_not_in_debug_mode(start):
    settings = start(**DEVELOPMENT)

    assert settings["DEBUG"] is False
    assert "127.0.0.1" in settings["ALLOWED_HOSTS"]
    assert settings["SECURE_SSL_REDIRECT"] is False


def test_debug_mode_can_be_asked_for_in_development(start):
    assert start(**DEVELOPMENT, DEBUG="true")["DEBUG"] is True


def test_an_empty_variable_counts_as_not_set(start):
    assert start(**PRODUCTION, TIME_ZONE="", LOG_LEVEL="")["TIME_ZONE"] == "UTC"


def test_development_generates_a_key_once_and_keeps_it_to_itself(start, checkout):
    first = start(**DEVELOPMENT)["SECRET_KEY"]

    assert len(first) >= 50
    assert start(**DEVELOPMENT)["SECRET_KEY"] == first
    assert (checkout / "var" / "secret-key").stat().st_mode & 0o077 == 0
    assert [each.name for each in (checkout / "var").iterdir()] == ["secret-key"]


def test_a_place_that_cannot_keep_a_key_asks_for_one(start, checkout):
    (checkout / "var").write_text("a file where a folder should be")

    with pytest.raises(ImproperlyConfigured, match="cannot be used to keep one"):
        start(**DEVELOPMENT)


def test_a_key_may_begin_with_a_dollar(start):
    assert start(**PRODUCTION | {"SECRET_KEY": f"${KEY}"})["SECRET_KEY"] == f"${KEY}"


def test_a_secret_can_be_given_as_a_file(start, checkout):
    (checkout / "key").write_text(f"{KEY}\n")
    variables = {"ALLOWED_HOSTS": "a.example", "SECRET_KEY_FILE": str(checkout / "key")}

    assert start(**variables)["SECRET_KEY"] == KEY


def test_an_env_file_is_read_and_what_is_set_already_wins(start, checkout):
    (checkout / ".env").write_text("ENVIRONMENT=development\nTIME_ZONE=Asia/Tokyo\nLOG_LEVEL=ERROR")

    settings = start(TIME_ZONE="Europe/Berlin")

    assert settings["ENVIRONMENT"] == "development"
    assert settings["TIME_ZONE"] == "Europe/Berlin"
    assert settings["LOG_LEVEL"] == "ERROR"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "var/tracker.sqlite3"),
        ("sqlite:///data/a.sqlite3", "data/a.sqlite3"),
    ],
)
def test_sqlite_is_a_file_of_the_checkout(start, checkout, url, path):
    database = start(**PRODUCTION, DATABASE_URL=url)["DATABASES"]["default"]

    assert database["NAME"] == checkout / path
    assert database["NAME"].parent.is_dir()
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_sqlite_can_be_a_file_anywhere(start, tmp_path):
    path = tmp_path / "elsewhere" / "a.sqlite3"

    assert (
        start(**PRODUCTION, DATABASE_URL=f"sqlite:///{path}")["DATABASES"]["default"]["NAME"]
        == path
    )


def test_sqlite_can_be_in_memory(start):
    settings = start(**PRODUCTION, DATABASE_URL="sqlite://:memory:")

    assert settings["DATABASES"]["default"]["NAME"] == ":memory:"


def test_postgresql_is_used_by_its_address(start):
    url = "postgres://ada:a%40b@db.example:5433/tracker?sslmode=require"

    database = start(**PRODUCTION, DATABASE_URL=url)["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "tracker")
    assert (database["USER"], database["PASSWORD"]) == ("ada", "a@b")
    assert database["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}
    assert database["CONN_MAX_AGE"] == 60


def test_redis_is_used_by_its_address(start):
    cache = start(**PRODUCTION, CACHE_URL="rediss://:pw@cache.example/1")["CACHES"]["default"]

    assert cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert cache["LOCATION"] == "rediss://:pw@cache.example/1"


@pytest.mark.parametrize(
    ("driver", "variables"),
    [
        ("psycopg", {"DATABASE_URL": "postgres://host/name"}),
        ("redis", {"CACHE_URL": "redis://host/0"}),
    ],
)
def test_a_missing_driver_is_told_with_the_way_to_install_it(start, driver, variables):
    with (
        mock.patch("importlib.util.find_spec", return_value=None),
        pytest.raises(ImproperlyConfigured, match=r"requirements/production\.txt"),
    ):
        start(**PRODUCTION | variables)


def test_a_proxy_is_trusted_only_when_asked_for(start):
    settings = start(**PRODUCTION, BEHIND_PROXY="yes")
    forwarded = "tracker.forwarded.ForwardedForMiddleware"

    assert settings["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert settings["MIDDLEWARE"][0] == forwarded
    assert forwarded not in start(**PRODUCTION)["MIDDLEWARE"]


def test_production_names_static_files_by_their_content(start):
    backend = start(**PRODUCTION)["STORAGES"]["staticfiles"]["BACKEND"]

    assert backend == "whitenoise.storage.CompressedManifestStaticFilesStorage"
    assert start(**PRODUCTION)["WHITENOISE_USE_FINDERS"] is False
    assert start(**DEVELOPMENT)["WHITENOISE_USE_FINDERS"] is True


def test_no_page_may_run_code_or_take_style_from_elsewhere():
    policy = str(wiring.CONTENT_SECURITY_POLICY)

    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_project_is_where_the_settings_say():
    assert (Path(wiring.BASE_DIR) / "manage.py").is_file()
