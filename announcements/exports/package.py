"""The related tables as a data package: CSV files in a ZIP with a description that programs check.

https://specs.frictionlessdata.io/tabular-data-package/
"""

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any, BinaryIO

from announcements import site
from announcements.exports.archives import Timeless
from announcements.exports.relational import Relational
from announcements.models.one_state import one_state
from announcements.models.version import DataVersion
from announcements.records.cells import safe
from announcements.records.tables import FORMAT_VERSION, TABLES, Field, Table

PIECE = 64 * 1024
LICENSE_NAME = "CC-BY-4.0"


@dataclass(frozen=True)
class Stamp:
    """Of which state of the data a file is; the same state gives the same bytes."""

    version: int
    written_at: datetime | None

    @classmethod
    def now(cls) -> "Stamp":
        row = DataVersion.objects.order_by("-number").first()
        return cls(row.number, row.written_at) if row else cls(0, None)

    @property
    def moment(self) -> str:
        return self.written_at.isoformat(timespec="seconds") if self.written_at else ""


def packed(keys: Any) -> Iterator[bytes]:
    """A package of the announcements with these keys, in pieces; it is whole before the first of them."""
    with TemporaryFile() as file:
        with one_state():
            write_package(file, Relational(keys), Stamp.now())
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def write_package(file: BinaryIO, what: Relational, stamp: Stamp) -> None:
    """Write the package to a file that is open for it. Within ``one_state``."""
    with TemporaryDirectory() as folder, Timeless(file) as archive:
        _write_tables(Path(folder), what)
        resources = []
        for table in TABLES:
            path = Path(folder, f"{table.name}.csv")
            digest = sha256()
            with path.open("rb") as content, archive.open(path.name, "w") as entry:
                while piece := content.read(PIECE):
                    digest.update(piece)
                    entry.write(piece)
            size = path.stat().st_size
            resources.append(_resource(table, size, digest.hexdigest(), is_whole=what.is_whole))
        described = json.dumps(_package(resources, stamp), indent=2, ensure_ascii=False)
        archive.writestr("datapackage.json", described)


def _write_tables(folder: Path, what: Relational) -> None:
    with ExitStack() as stack:
        writers = {}
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            text = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[table.name] = csv.writer(text, lineterminator="\r\n")
            writers[table.name].writerow(table.names)
        for table, rows in what.rows():
            writers[table.name].writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe(str(value))


def _package(resources: list[Any], stamp: Stamp) -> dict[str, Any]:
    created = {"created": stamp.moment} if stamp.moment else {}
    return {
        "profile": "tabular-data-package",
        "name": "open-source-ai-tracker",
        "title": site.NAME,
        "description": site.PURPOSE,
        "version": FORMAT_VERSION,
        **created,
        "licenses": [
            {
                "name": LICENSE_NAME,
                "path": site.DATA_LICENSE,
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "resources": resources,
    }


def _resource(table: Table, size: int, digest: str, *, is_whole: bool) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.words,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                _foreign_key(table, field)
                for field in table.fields
                if field.refers_to and (is_whole or not field.may_lead_out)
            ],
        },
    }


def _foreign_key(table: Table, field: Field) -> dict[str, Any]:
    other = next(row for row in TABLES if row.name == field.refers_to)
    return {
        "fields": [field.name],
        "reference": {
            "resource": "" if other is table else other.name,
            "fields": list(other.key),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints = {
        **({"required": True} if field.is_required else {}),
        **({"enum": list(field.values)} if field.values else {}),
        **({"pattern": field.pattern} if field.pattern else {}),
    }
    return {
        "name": field.name,
        "type": field.type,
        "description": field.words,
        **({"constraints": constraints} if constraints else {}),
    }
