"""The ground the house stands on: every type, status, component, license and rule, as plain data.

The wording lives in ``data/vocabularies.json``; nothing here interprets it.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Term = dict[str, Any]


@cache
def vocabularies() -> dict[str, Any]:
    """The whole file, read once per process."""
    return json.loads((DATA / "vocabularies.json").read_text(encoding="utf-8"))


@cache
def terms(vocabulary: str) -> dict[str, Term]:
    """The rows of one vocabulary by slug, in the order of the file.

    ``vocabulary`` is a key such as ``"components"`` or ``"delivery_statuses"``; anything else is a KeyError.
    """
    return {term["slug"]: term for term in vocabularies()[vocabulary]}


def definition(vocabulary: str, slug: str) -> str:
    """What a term means, in the vocabulary's words; "" for a term without a definition."""
    return terms(vocabulary)[slug].get("definition", "")
