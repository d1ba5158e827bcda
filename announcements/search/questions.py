"""What was typed into the search field, understood. Nothing that can be typed is an error.

Every word must be found, in any of its forms. ``"in quotes"`` is a phrase, and so is what only marks
hold together: ``open-source``, ``v1.5``. ``rele*`` is whatever begins so, ``-word`` shuts out, and so
does ``-"a phrase"``. All else is words, or nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from announcements.search.words import raw_words, stem

MOST_TERMS = 100
"""Terms that count. Twice what fits the search field, and far from what a database could not take."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"−": "-", "－": "-", "＊": "*"})
_PIECE = re.compile(r'(?<!\S)(?P<minus>-*)"(?P<phrase>[^"]*)"|"(?P<inner>[^"]*)"|(?P<bare>[^\s"]+)')


@dataclass(frozen=True)
class Term:
    """Stems that follow each other, a beginning of some word, or both."""

    stems: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True)
class Query:
    """What must be found, and what must not; neither if there was no word in the question."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.wanted and not self.unwanted

    @property
    def is_only_exclusion(self) -> bool:
        return bool(self.unwanted) and not self.wanted


@lru_cache(maxsize=500)
def parse(text: str) -> Query:
    """What a text asks for."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        is_unwanted, term = _term(piece)
        if term != Term():
            (unwanted if is_unwanted else wanted)[term] = None
    return Query(_first(wanted), _first(unwanted))


def _first(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(terms)[:MOST_TERMS]


def _term(piece: re.Match[str]) -> tuple[bool, Term]:
    """Whether a piece of a question shuts out, and what."""
    if (bare := piece["bare"]) is None:
        return bool(piece["minus"]), _phrase(piece["phrase"] or piece["inner"] or "")
    term = _prefix(bare) if bare.endswith("*") else _phrase(bare)
    return bare.startswith("-"), term


def _phrase(text: str) -> Term:
    return Term(tuple(stem(word) for word in raw_words(text)))


def _prefix(text: str) -> Term:
    *before, last = raw_words(text) or [""]
    return Term(tuple(stem(word) for word in before), last)
