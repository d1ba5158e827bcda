"""The project's settings, with nothing taken from this machine but a DATABASE_URL that is set."""

import os
import re
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / ".env.example"

# An empty variable counts as not set, and hides what a local `.env` says.
for name in set(re.findall(r"^#?([A-Z_]+)=", EXAMPLES.read_text(), re.MULTILINE)):
    os.environ.pop(f"{name}_FILE", None)
    if name != "DATABASE_URL":
        os.environ[name] = ""
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or "sqlite://:memory:"
os.environ["ENVIRONMENT"] = "development"
os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789" * 4

from tracker.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
