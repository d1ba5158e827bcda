"""Texts as XLSX spells them (ECMA-376, ST_Xstring): what XML cannot hold is written ``_x000D_``."""

import re

MOST_CHARACTERS = 32_767
"""What Excel takes in one cell."""

# A carriage return is allowed in XML, but reads back as a line feed.
TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TooLong(ValueError):
    """A text that no cell of a spreadsheet holds."""


def longest_text(text: str) -> str:
    """The text itself; a TooLong if Excel would cut it."""
    if len(text) > MOST_CHARACTERS:
        raise TooLong(
            f"A text of {len(text)} characters does not fit in a cell of a spreadsheet, which holds "
            f"{MOST_CHARACTERS}. Take the file as CSV or JSON."
        )
    return text


def escaped(text: str) -> str:
    return TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
