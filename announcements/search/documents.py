"""What is kept of an announcement to find it by: its words, in three columns of falling weight.

A database only stores these and compares them. What counts as a word, or as the same word, is decided
here, so that both databases find the same.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from announcements.search.words import raw_words, stem

GAP = ""
"""Stands between two texts, so that no phrase is found across them."""

MOST_PLACES = 16_000
"""Words and gaps of a document that are kept; PostgreSQL knows no place behind 16,383."""
MOST_OF_A_WORD = 255
"""Places of the same stem that are kept; PostgreSQL knows no more."""
MOST_BYTES = 600_000
"""Of all different words of a document; PostgreSQL takes a megabyte, with places."""


@dataclass
class Column:
    """The stems of some texts in their order with gaps between, and each raw word once."""

    stems: list[str] = field(default_factory=list)
    raws: set[str] = field(default_factory=set)


@dataclass
class Document:
    """The words of an announcement; what is beyond the limits of a database is left out for both."""

    title: Column = field(default_factory=Column)
    names: Column = field(default_factory=Column)
    body: Column = field(default_factory=Column)

    def __post_init__(self) -> None:
        self._places = self._bytes = 0
        self._times: Counter[str] = Counter()

    @property
    def columns(self) -> tuple[Column, Column, Column]:
        return self.title, self.names, self.body

    def add(self, column: Column, texts: Iterable[str]) -> None:
        """Add texts to one of the columns, each apart from the others."""
        for text in texts:
            if text:
                for word in raw_words(text):
                    self._add_word(column, word)
                self._add_place(column, GAP)

    def _add_word(self, column: Column, raw: str) -> None:
        root = stem(raw)
        self._times[root] += 1
        size = len(f"{raw}{root}".encode()) if raw not in column.raws else 0
        if self._bytes + size > MOST_BYTES or self._times[root] > MOST_OF_A_WORD:
            self._add_place(column, GAP)
        elif self._add_place(column, root):
            column.raws.add(raw)
            self._bytes += size

    def _add_place(self, column: Column, root: str) -> bool:
        if self._places >= MOST_PLACES:
            return False
        self._places += 1
        column.stems.append(root)
        return True
