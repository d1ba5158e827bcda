"""Letters of a picture: which the typeface has, how wide they run, and where lines break.

The typeface is the one that Pillow carries, which knows little more than ASCII.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from PIL import ImageFont

Font = ImageFont.FreeTypeFont
Trials = tuple[tuple[int, int], ...]
"""Heights of letters in pixels, each with how many lines of it there may be."""

NO_CHARACTER = "\uffff"
"""Never a letter, so it is drawn as the box that stands for a missing one."""
NEAR = str.maketrans(
    {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "·", "ß": "ss", "ẞ": "SS"}
)
LATIN = re.compile(r"LATIN (?P<case>SMALL|CAPITAL) (?:LETTER|LIGATURE) (?P<letter>[A-Z]{1,2})\b")
EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|“\s*”|‘\s*’")
SPACE_INSIDE = re.compile(r"\s+(?=[)\]”’,.;:!?])")


@cache
def font(size: int) -> Font:
    """The typeface at a height in pixels."""
    typeface = ImageFont.load_default(size)
    if not isinstance(typeface, Font):
        raise RuntimeError("Pillow was built without FreeType, and has letters of one size only.")
    return typeface


def writable(text: str) -> str:
    """Text in letters that the typeface has: ö becomes o, ł l and æ ae; what has no likeness is left out."""
    letters = (_like(letter) for letter in text.translate(NEAR))
    whole = EMPTY_BRACKETS.sub("", "".join(letters))
    return " ".join(SPACE_INSIDE.sub("", whole).split())


@cache
def _like(letter: str) -> str:
    if letter.isspace():
        return " "
    if _is_there(letter):
        return letter
    parts = [part for part in unicodedata.normalize("NFKD", letter) if part != letter]
    return "".join(part for part in parts if _is_there(part)) or _plain_latin(letter)


def _plain_latin(letter: str) -> str:
    """The letter without the stroke or hook that Unicode does not take apart; "" for another script's."""
    match = LATIN.match(unicodedata.name(letter, ""))
    if not match:
        return ""
    return match["letter"].lower() if match["case"] == "SMALL" else match["letter"]


@cache
def _is_there(letter: str) -> bool:
    if unicodedata.combining(letter) or not letter.isprintable():
        return False
    return _shape(letter) != _shape(NO_CHARACTER)


def _shape(letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font(40).getmask(letter)
    return mask.size, bytes(mask)


def fitted(text: str, width: int, trials: Trials) -> tuple[Font, list[str]]:
    """The first trial under which text fits a width in pixels, and its lines; the last one cuts the text."""
    for size, most_lines in trials:
        lines = list(_lines(text, font(size), width))
        if len(lines) <= most_lines:
            return font(size), _balanced(text, font(size), width, len(lines))
    size, most_lines = trials[-1]
    rest = " ".join(lines[most_lines - 1 :])
    return font(size), [*lines[: most_lines - 1], shortened(rest, font(size), width)]


def _balanced(text: str, typeface: Font, width: int, count: int) -> list[str]:
    """The same number of lines, as narrow as they go, so that no word is left alone on the last."""
    best = list(_lines(text, typeface, width))
    for narrower in range(width - 10, width // 2, -10):
        lines = list(_lines(text, typeface, narrower))
        if len(lines) > count:
            break
        best = lines
    return best


def shortened(text: str, typeface: Font, width: int) -> str:
    """Text on one line of a width in pixels, with an ellipsis for what does not fit."""
    if typeface.getlength(text) <= width:
        return text
    while text and typeface.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,.;:-')}…"


def _lines(text: str, typeface: Font, width: int) -> Iterator[str]:
    """Lines of whole words; a word wider than a line is broken."""
    line = ""
    for word in text.split():
        for piece in _pieces(word, typeface, width):
            longer = f"{line} {piece}".strip()
            if line and typeface.getlength(longer) > width:
                yield line
                longer = piece
            line = longer
    if line:
        yield line


def _pieces(word: str, typeface: Font, width: int) -> Iterator[str]:
    while word and typeface.getlength(word) > width:
        end = next(
            end
            for end in range(len(word) - 1, 0, -1)
            if end == 1 or typeface.getlength(word[:end]) <= width
        )
        yield word[:end]
        word = word[end:]
    if word:
        yield word
