"""Words of a text as the search knows them: whatever way they are written, the same. Plain Python.

A word is a run of letters and digits, without accents and case; a Chinese or Japanese character is a
word of its own, since nothing stands between the words there. "Meta's" is the word "meta".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

LONGEST_WORD = 40
"""Characters of a word that count; whatever follows is cut off, in texts and in questions alike."""

_CJK = "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"([{_CJK}]|[^\W_{_CJK}]+)(?:['’]s(?![^\W_]))?")

_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Word:
    """A word, and where in the text it stands: from ``start`` up to, not including, ``end``."""

    raw: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        return stem(self.raw)


def raw_words(text: str) -> list[str]:
    """The words of a text in their order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_folded(text))]


def words_in(text: str) -> Iterator[Word]:
    """The words of a text with their places in it."""
    folded = [_fold(character) for character in text]
    places = [place for place, written in enumerate(folded) for _ in written]
    for match in _WORD.finditer("".join(folded)):
        end = places[match.end(1) - 1] + 1
        # An accent that is a character of its own belongs to the letter before it.
        while end < len(text) and not folded[end]:
            end += 1
        yield Word(match[1][:LONGEST_WORD], places[match.start(1)], end)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word has in common with its other forms: "releas" of "releases" and "released"."""
    # A stemmer keeps the word it works on to itself.
    with _one_at_a_time:
        return _stemmer.stemWord(word)


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_fold, text))


@lru_cache(maxsize=10_000)
def _fold(character: str) -> str:
    """A character without accent and case; "" for an accent alone, several letters for a ligature."""
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if unicodedata.category(part)[0] != "M").casefold()
