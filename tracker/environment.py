"""Reads settings from the environment and refuses nonsense by the name of its variable."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

IN_MEMORY = "sqlite://:memory:"
SWITCH = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}


def refuse(name: str, value: object, right: str) -> NoReturn:
    """Stop the start with one sentence about one variable."""
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be {right}.")


class Environment(environ.FileAwareEnv):
    """One reader per kind of value; an empty variable counts as not set.

    Any variable can be given as a file: `NAME_FILE=/run/secrets/name` stands for its content.
    """

    def text(self, name: str, default: str = "") -> str:
        # Not Env.str(): that takes a value beginning with "$" for the name of another variable.
        try:
            return self.ENVIRON.get(name, "").strip() or default
        except (OSError, UnicodeDecodeError) as error:
            path = self.ENVIRON.env[f"{name}_FILE"]
            raise ImproperlyConfigured(f"{name}_FILE is {path!r}; it cannot be read.") from error

    def switch(self, name: str, default: bool) -> bool:
        value = self.text(name)
        if value and value.lower() not in SWITCH:
            refuse(name, value, "one of " + ", ".join(SWITCH))
        return SWITCH[value.lower()] if value else default

    def whole_number(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not (value.isascii() and value.isdigit()):
            refuse(name, value, "a whole number, 0 or more")
        return int(value) if value else default

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            refuse(name, value, "one of " + ", ".join(allowed))
        return value

    def words(self, name: str, default: Collection[str] = ()) -> list[str]:
        """A list written with commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or [*default]

    def database(self, name: str, default: str) -> dict[str, Any]:
        """A Django database from its address."""
        url = self._address(name, default, {"sqlite", "postgres", "postgresql"})
        config: dict[str, Any] = self.db_url_config(url)
        if not config["NAME"]:
            raise ImproperlyConfigured(f"{name} names no database; it must end with /name.")
        return config

    def cache(self, name: str, default: str) -> dict[str, Any]:
        """A Django cache from its address."""
        url = self._address(name, default, {"locmemcache", "dummycache", "redis", "rediss"})
        config: dict[str, Any] = self.cache_url_config(url)
        if url.startswith("redis") and not urlsplit(url).hostname:
            raise ImproperlyConfigured(f"{name} names no server; it must be redis://host:port/0.")
        return config

    def _address(self, name: str, default: str, schemes: Collection[str]) -> str:
        # An address may hold a password, so a message shows its scheme only.
        url = self.text(name, default)
        scheme, separator, _ = url.partition("://")
        if not separator or scheme not in schemes:
            allowed = ", ".join(f"{each}://…" for each in sorted(schemes))
            shown = f"of the kind {scheme!r}" if separator else "no address"
            raise ImproperlyConfigured(f"{name} is {shown}; it must be one of {allowed}.")
        try:
            _ = url == IN_MEMORY or urlsplit(url).port
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} cannot be read as an address; its port must be a number and special "
                "characters of user and password must be percent-encoded."
            ) from None
        return url


def read_environment_file(path: Path) -> None:
    """Take what `.env` says for variables that are not set already."""
    if path.is_file():
        Environment.read_env(path)
