"""A selection of announcements as a file for readers, written piece by piece.

It holds the announcements of the selection in its order, as they stand when each is read: keys are read
first, and what vanishes meanwhile is left out. A package is of one state of the data.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from announcements.exports.files import FORMATS
from announcements.exports.package import packed
from announcements.exports.records import announcements_at
from announcements.records.flat import flat_rows
from announcements.records.xlsx import MOST_CHARACTERS

CUT = " … (cut here: a cell of a spreadsheet holds no more; take CSV or JSON)"


@dataclass(frozen=True)
class Taken:
    """What is to be written: the announcements, the day that counts as today, where their pages begin."""

    keys: Sequence[int]
    today: date
    pages: str


@dataclass(frozen=True)
class FileForm:
    """One form of file for readers."""

    suffix: str
    media_type: str
    write: Callable[[Taken], Iterator[bytes]]
    most: int | None = None
    """How many announcements it can hold, if there is a limit."""


def taken(keys: Sequence[int], today: date, pages: str) -> Taken:
    """Keys as whole numbers side by side: a million of them are 8 MB."""
    return Taken(array("Q", keys[:]), today, pages)


def _csv(what: Taken) -> Iterator[bytes]:
    return FORMATS["csv"].write(flat_rows(what.keys, what.today, what.pages))


def _xlsx(what: Taken) -> Iterator[bytes]:
    rows = flat_rows(what.keys, what.today, what.pages)
    return FORMATS["xlsx"].write([*map(fitting, row)] for row in rows)


def fitting(text: str) -> str:
    """The text, or as much of it as a spreadsheet takes, with a word that it was cut."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[: MOST_CHARACTERS - len(CUT)] + CUT


def _json(what: Taken) -> Iterator[bytes]:
    return FORMATS["json"].write(announcements_at(what.keys))


def _ndjson(what: Taken) -> Iterator[bytes]:
    return FORMATS["ndjson"].write(announcements_at(what.keys))


def _zip(what: Taken) -> Iterator[bytes]:
    return packed(what.keys)


FILE_FORMS = {
    form.suffix: form
    for form in (
        FileForm("csv", FORMATS["csv"].media_type, _csv),
        FileForm("xlsx", FORMATS["xlsx"].media_type, _xlsx, most=1_048_575),
        FileForm("json", FORMATS["json"].media_type, _json),
        FileForm("ndjson", FORMATS["ndjson"].media_type, _ndjson),
        FileForm("zip", "application/zip", _zip),
    )
}
