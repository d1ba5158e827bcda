"""The secret key: given in production, generated once and kept in development."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

SHORTEST = 50
FEWEST_CHARACTERS = 5
HOW_TO_MAKE_ONE = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def checked(key: str) -> str:
    """The key, or an error that never shows it."""
    if len(key) < SHORTEST or len(set(key)) < FEWEST_CHARACTERS:
        problem = f"too weak: it must have {SHORTEST} characters or more, not all alike"
    elif key.startswith("django-insecure-"):
        problem = "one that Django generated for development"
    else:
        return key
    raise ImproperlyConfigured(f"SECRET_KEY is {problem}; {HOW_TO_MAKE_ONE}.")


def kept_in(path: Path) -> str:
    """The key in this file; the first caller generates it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_new(path, get_random_secret_key())
        return checked(path.read_text().strip())
    except OSError as error:
        raise ImproperlyConfigured(
            f"SECRET_KEY is empty and {path} cannot be used to keep one ({error.strerror}); "
            f"set SECRET_KEY: {HOW_TO_MAKE_ONE}."
        ) from error


def _write_new(path: Path, key: str) -> None:
    # Two processes may start at once: each links a whole file, and the first one wins.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
