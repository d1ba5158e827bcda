"""Files as rows: tables as CSV or XLSX, records as JSON or NDJSON, read a row at a time.

What is not a file of this kind is an Unreadable, whose message says what would be one.
"""

import codecs
import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from announcements.imports.workbooks import workbook_rows
from announcements.records.cells import unsafe

DELIMITERS = ",;\t"
LONGEST_CELL = 1_000_000
LONGEST_HEADER = 1_000_000
LARGEST_WHOLE = 50_000_000
"""Characters of one JSON value that is not in a list and not on a line of its own."""


class Unreadable(ValueError):
    """A file, or a place in it, of which nothing can be made; the message is a sentence for people."""


@dataclass(frozen=True)
class File:
    """A file that can be read more than once. ``unpacked`` is how many bytes a workbook may hold."""

    name: str
    open: Callable[[], BinaryIO]
    unpacked: int = 4_000_000_000

    @classmethod
    def at(cls, path: str) -> "File":
        return cls(Path(path).name, lambda: Path(path).open("rb"))

    @classmethod
    def of(cls, name: str, content: bytes, unpacked: int) -> "File":
        return cls(name, lambda: io.BytesIO(content), unpacked)


@dataclass(frozen=True)
class Row:
    """A row of a table as texts, or a value of a JSON file; ``place`` is where a person finds it."""

    place: str
    number: int
    value: Any


@dataclass(frozen=True)
class Fault:
    """A cell or line that cannot be read, though the file can."""

    place: str
    number: int
    column: int | None
    value: str
    message: str


def is_table(file: File) -> bool:
    """Whether a file holds rows of cells, by its name or, where that says nothing, by its beginning."""
    suffix = Path(file.name).suffix.lower()
    if suffix in (".json", ".ndjson", ".jsonl"):
        return False
    if suffix in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm"):
        return True
    with file.open() as content:
        start = content.read(1000)
    return start.startswith(b"PK") or start.lstrip(codecs.BOM_UTF8 + b" \r\n\t")[:1] not in b"[{"


def rows(file: File) -> Iterator[Row | Fault]:
    """The rows of a file in their order, the header of a table among them. Raises Unreadable."""
    if not is_table(file):
        yield from _json_rows(file)
        return
    with file.open() as content:
        start = content.read(4)
        content.seek(0)
        try:
            if start.startswith(b"PK"):
                yield from _workbook(file, content)
            elif start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
                raise Unreadable(
                    f"{file.name} is not a table. Save it as CSV (UTF-8) or XLSX, or give JSON."
                )
            else:
                yield from _csv_rows(file, content)
        except UnicodeDecodeError as error:
            raise _not_utf8(file, error) from error


def _workbook(file: File, content: BinaryIO) -> Iterator[Row | Fault]:
    try:
        for number, cells in workbook_rows(content, file.unpacked):
            place = f"{file.name}, row {number}"
            for column, cell in enumerate(cells):
                if cell.fault:
                    yield Fault(place, number, column, cell.text, cell.fault)
            yield Row(place, number, [unsafe(cell.text) for cell in cells])
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        words = str(error) if isinstance(error, OverflowError | ValueError) else ""
        raise Unreadable(
            f"{file.name} is not a workbook that can be read{f': {words}' if words else ''}. "
            "Save it once more as XLSX, or as CSV (UTF-8)."
        ) from error


def _csv_rows(file: File, content: BinaryIO) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    with io.TextIOWrapper(content, encoding="utf-8-sig", newline="") as text:
        delimiter, skip = _delimiter(text)
        for _ in range(skip):
            text.readline()
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        number = skip + 1
        while (cells := _next(file, reader, number)) is not None:
            yield Row(f"{file.name}, row {number}", number, [unsafe(cell) for cell in cells])
            number += 1


def _next(file: File, reader: Iterator[list[str]], number: int) -> list[str] | None:
    """The next row, None at the end."""
    try:
        cells = next(reader, None)
    except csv.Error as error:
        raise Unreadable(f"{file.name}, row {number}: {_csv_words(error)}") from error
    if cells and any("\x00" in cell for cell in cells):
        raise Unreadable(
            f"{file.name}, row {number} holds a NUL character: it is no text. Save it as CSV (UTF-8)."
        )
    return cells


def _csv_words(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell of more than {LONGEST_CELL} characters. Is a quote not closed?"
    if "unexpected end" in str(error):
        return "a quote is opened here and never closed."
    if "expected after" in str(error):
        return "a quote stands within a cell. Write it twice, and put the cell in quotes."
    return f"not CSV ({error})."


def _delimiter(text: io.TextIOWrapper) -> tuple[str, int]:
    """What separates the cells, and how many lines say so before the header ("sep=;")."""
    start = text.readline(LONGEST_HEADER)
    text.seek(0)
    if start.lower().startswith("sep=") and len(start) > 4 and start[4] in DELIMITERS:
        return start[4], 1
    outside = "".join(start.split('"')[::2])
    return max(DELIMITERS, key=outside.count), 0


def _json_rows(file: File) -> Iterator[Row | Fault]:
    with io.TextIOWrapper(file.open(), encoding="utf-8-sig") as text:
        try:
            start = _first_character(text)
            yield from _listed(file, text) if start == "[" else _on_lines(file, text)
        except UnicodeDecodeError as error:
            raise _not_utf8(file, error) from error


def _first_character(text: io.TextIOWrapper) -> str:
    while (piece := text.read(1)).isspace():
        pass
    text.seek(0)
    return piece


def _on_lines(file: File, text: io.TextIOWrapper) -> Iterator[Row | Fault]:
    """A record per line; or one record over all the lines."""
    for number, line in enumerate(text, 1):
        if line.strip():
            place = f"{file.name}, line {number}"
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                if number == 1 and (whole := _one_record(text)) is not None:
                    yield Row(f"{file.name}, record 1", 1, whole)
                    return
                yield Fault(place, number, None, line[:80], f"not JSON: {error}.")
            else:
                yield Row(place, number, value)


def _one_record(text: io.TextIOWrapper) -> Any:
    text.seek(0)
    try:
        return json.loads(text.read(LARGEST_WHOLE))
    except (ValueError, RecursionError):
        text.seek(0)
        text.readline()
        return None


def _listed(file: File, text: io.TextIOWrapper) -> Iterator[Row]:
    """The values of a JSON list, of which no more than one is held at a time."""
    decoder, number = json.JSONDecoder(), 0
    while text.read(1) != "[":
        pass
    held = text.read(65536)
    while True:
        held = held.lstrip()
        if held.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(held)
        except (ValueError, RecursionError) as error:
            more = "" if len(held) > LARGEST_WHOLE else text.read(max(65536, len(held)))
            if not more:
                raise Unreadable(f"{file.name}, record {number + 1}: not JSON: {error}.") from error
            held += more
            continue
        number += 1
        yield Row(f"{file.name}, record {number}", number, value)
        held = held[end:].lstrip()
        while not held and (more := text.read(65536)):
            held = more.lstrip()
        if held.startswith(","):
            held = held[1:]
        elif not held.startswith("]"):
            raise Unreadable(
                f"{file.name}, after record {number}: the list goes on without a comma, or is not closed."
            )


def _not_utf8(file: File, error: UnicodeDecodeError) -> Unreadable:
    return Unreadable(f"{file.name} is not UTF-8 (byte {error.start}). Save it as UTF-8.")
