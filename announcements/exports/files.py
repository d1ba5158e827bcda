"""The forms a file of records can have: JSON, NDJSON, and tables as CSV and XLSX.

Each is written piece by piece from an iterable of records, so memory does not grow with their number.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import ExcelWriter

from announcements.exports.archives import FIRST_DAY, Timeless
from announcements.exports.records import only
from announcements.records import Record
from announcements.records.cells import safe
from announcements.records.columns import cells, in_order, plain_columns
from announcements.records.xlsx import escaped, longest_text

PIECE = 64 * 1024
AT_ONCE = 50
"""Rows of a table that are written together."""
Rows = Iterator[list[str]]


@dataclass(frozen=True)
class Format:
    """One form of file: its suffix, its media type, and how it is written."""

    suffix: str
    title: str
    media_type: str
    write: Callable[[Any], Iterator[bytes]]
    """Writes a table's rows, the first of them its header, or a list of records."""
    is_table: bool = False


def written(
    form: Format,
    records: Iterable[Record],
    schema: Record,
    *,
    keys: Iterable[str] | None = None,
    columns: Iterable[str] | None = None,
) -> Iterator[bytes]:
    """A file of records, in pieces. ``keys`` are those of a record that are wanted, all if left out.

    ``columns`` are those of a table, by name. Without them it has every plain column among the keys, and
    every numbered one in which something stands; the records are then first put aside in a temporary file,
    because the header comes before them.
    """
    wanted = list(schema["properties"]) if keys is None else list(keys)
    some = only(records, wanted)
    if not form.is_table:
        return form.write(some)
    if columns is not None:
        return form.write(_rows(some, schema, list(columns)))
    plain = [name for name in plain_columns(schema) if name in wanted]
    return form.write(_found(some, schema, plain))


def _rows(records: Iterable[Record], schema: Record, columns: list[str]) -> Rows:
    yield columns
    for record in records:
        texts = cells(record, schema)
        yield [safe(texts.get(name, "")) for name in columns]


def _found(records: Iterable[Record], schema: Record, plain: list[str]) -> Rows:
    names: set[str] = set()
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as aside:
        for record in records:
            texts = cells(record, schema)
            names.update(texts)
            aside.write(json.dumps(texts) + "\n")
        columns = in_order(names.union(plain), schema)
        yield columns
        aside.seek(0)
        for line in aside:
            texts = json.loads(line)
            yield [safe(texts.get(name, "")) for name in columns]


def _csv(rows: Rows) -> Iterator[bytes]:
    """RFC 4180, in UTF-8 with a byte order mark: without it Excel takes the file for Latin 1."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    text.write("\ufeff")
    while some := list(islice(rows, AT_ONCE)):
        writer.writerows(some)
        if text.tell() > PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _xlsx(rows: Rows) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    # The same data gives the same bytes: they do not say when they were written.
    book.properties.created = book.properties.modified = datetime(*FIRST_DAY)  # noqa: DTZ001
    sheet = book.create_sheet("Records")
    sheet.freeze_panes = "A2"
    try:
        for row in rows:
            sheet.append([_text_cell(sheet, text) if text else None for text in row])
    finally:
        sheet.close()
    with TemporaryFile() as file:
        # The workbook's own way to save would date it.
        ExcelWriter(book, Timeless(file)).save()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=escaped(longest_text(text)))
    # Whatever it looks like: a formula, a number, an error.
    cell.data_type = "s"
    return cell


def _ndjson(records: Iterable[Record]) -> Iterator[bytes]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _json(records: Iterable[Record]) -> Iterator[bytes]:
    before = b"[\n"
    for record in records:
        yield before + json.dumps(record, ensure_ascii=False).encode()
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


FORMATS = {
    form.suffix: form
    for form in (
        Format("csv", "CSV", "text/csv; charset=utf-8", _csv, is_table=True),
        Format(
            "xlsx",
            "XLSX (Excel, LibreOffice)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
            is_table=True,
        ),
        Format("json", "JSON", "application/json", _json),
        Format("ndjson", "NDJSON (a record per line)", "application/x-ndjson", _ndjson),
    )
}
