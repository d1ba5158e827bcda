"""Tables as files for tests of imports: rows of cells, or texts as they are."""

import csv
import io
from typing import Any

from announcements.exports import FORMATS
from announcements.imports import File, Intake, Outcome, carry_out
from announcements.models import ImportBatch

UNPACKED = 50_000_000


def csv_file(*rows: dict[str, str], name: str = "table.csv", **dialect: Any) -> File:
    """A table with a row for each dictionary; the columns are those of the first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return File.of(name, text.getvalue().encode(), UNPACKED)


def text_file(content: str | bytes, name: str = "table.csv") -> File:
    return File.of(name, content.encode() if isinstance(content, str) else content, UNPACKED)


def xlsx_file(*rows: list[str], name: str = "table.xlsx") -> File:
    """A workbook as the tracker writes it."""
    return File.of(name, b"".join(FORMATS["xlsx"].write(iter(rows))), UNPACKED)


def imported(*files: File, dry_run: bool = False, **options: Any) -> tuple[Outcome, ImportBatch]:
    """What an import of these files found, and its batch, which has no key if nothing was written."""
    batch = ImportBatch(file_name=files[0].name)
    return carry_out(Intake(files, **options), batch, dry_run=dry_run), batch


def told(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.problems]
