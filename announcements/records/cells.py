"""Texts as the cells of a table that people open in a spreadsheet, and back, exactly.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` (or their full-width forms), and some
drop a leading tab, carriage return, line feed or space first. Such a text gets an apostrophe in front,
which spreadsheets take for "this is text". So does a text that would look as if it had got one: apostrophes
and then such a beginning. Every text therefore comes back as it went, whatever it begins with.
"""

import csv
import io
import re

RUNS = r"\s*[=+\-@＝＋－＠]|[\t\r\n]"
NEEDS_ONE = re.compile(f"'*(?:{RUNS})")
HAS_ONE = re.compile(f"'+(?:{RUNS})")
NEEDS_QUOTES = re.compile(r'[;"\r\n]').search
SEPARATOR = "; "


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    # Nearly every text begins with a letter or digit, which is seen sooner than looked for.
    return text if text[:1].isalnum() or not NEEDS_ONE.match(text) else f"'{text}"


def unsafe(cell: str) -> str:
    """The text of such a cell; a cell that needs no protection is its own text."""
    return cell[1:] if HAS_ONE.match(cell) else cell


def joined(texts: list[str]) -> str:
    """Several texts as one cell: ``Meta; "A; B"``."""
    return SEPARATOR.join(map(_quoted, texts))


def split(cell: str) -> list[str]:
    """The texts of a cell, with semicolons or line breaks between them; empty ones are left out.

    Quotes hold together a text that has one of these in it. Raises ValueError if a quote is not closed.
    """
    try:
        rows = list(
            csv.reader(io.StringIO(cell, ""), delimiter=";", skipinitialspace=True, strict=True)
        )
    except csv.Error as error:
        raise ValueError(f"a quote is not closed or stands in the middle ({error})") from error
    return [text.strip() for row in rows for text in row if text.strip()]


def _quoted(text: str) -> str:
    if NEEDS_QUOTES(text):
        return '"' + text.replace('"', '""') + '"'
    return text
