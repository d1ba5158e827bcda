"""Rows of the first sheet of an XLSX workbook, a row at a time."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO

from openpyxl import load_workbook

from announcements.records.xlsx import unescaped

MOST_PARTS = 2000
MOST_COLUMNS = 5000
FORMULA = "is a formula. Copy the cell and paste its value over it."


@dataclass(frozen=True)
class Cell:
    text: str
    fault: str = ""


def workbook_rows(content: BinaryIO, unpacked: int) -> Iterator[tuple[int, list[Cell]]]:
    """Number (from 1) and cells of each row; a ValueError if it would unpack to more than so many bytes."""
    with zipfile.ZipFile(content) as parts:
        if sum(part.file_size for part in parts.infolist()) > unpacked:
            raise ValueError(f"it unpacks to more than {unpacked // 1_000_000} MB")
        if len(parts.infolist()) > MOST_PARTS:
            raise ValueError(f"it has more than {MOST_PARTS} parts")
    book = load_workbook(content, read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise ValueError("it has no sheet")
        sheet: Any = book.worksheets[0]
        # What a workbook says of its own size may be wrong, and then rows are cut or filled up.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), 1):
            if len(row) > MOST_COLUMNS:
                raise ValueError(f"row {number} has more than {MOST_COLUMNS} columns")
            yield number, [_cell(cell) for cell in row]
    finally:
        book.close()


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        return Cell(str(value)[:80], FORMULA)
    if cell.data_type == "e":
        return Cell(str(value), "is an error of the spreadsheet. Write the value itself.")
    return Cell(_text(value, cell))


def _text(value: Any, cell: Any) -> str:
    if isinstance(value, str):
        return unescaped(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return _as_shown(value, cell.number_format.lower())
    return str(value)


def _as_shown(day: date, form: str) -> str:
    """A date as exactly as its cell shows it: one shown as "Oct-23" means the month."""
    whole = day.isoformat()
    if "d" in form or not ("m" in form or "y" in form):
        return whole
    return whole[:7] if "m" in form else whole[:4]
