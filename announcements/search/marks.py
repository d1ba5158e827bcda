"""What was found, marked in the texts that readers see."""

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from announcements.search.questions import Term, parse
from announcements.search.words import Word, words_in


def mark(text: str, query: str) -> SafeString:
    """A text as HTML, with every word and phrase that a question asks for in ``<mark>``."""
    wanted = parse(query).wanted
    if not wanted:
        return escape(text)
    words = list(words_in(text))
    html, done = [], 0
    for first, last in _joined({place for term in wanted for place in _places(term, words)}):
        start, end = words[first].start, words[last].end
        html += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    # Every part is escaped, or one of the two tags.
    return mark_safe("".join([*html, escape(text[done:])]))  # noqa: S308


def _places(term: Term, words: list[Word]) -> Iterator[tuple[int, int]]:
    """The first and last word of each place that a term is found at."""
    if length := len(term.stems):
        stems = [word.stem for word in words]
        for first in range(len(stems) - length + 1):
            if tuple(stems[first : first + length]) == term.stems:
                yield first, first + length - 1
    if term.prefix:
        for place, word in enumerate(words):
            if word.raw.startswith(term.prefix):
                yield place, place


def _joined(places: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places in their order, those that overlap as one."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted(places):
        if spans and first <= spans[-1][1]:
            first, last = spans[-1][0], max(last, spans.pop()[1])
        spans.append((first, last))
    yield from spans
