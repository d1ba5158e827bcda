"""The related tables as a SQLite file, with keys, indexes and views, for Datasette, pandas and SQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from announcements import site
from announcements.exports.package import LICENSE_NAME, Stamp
from announcements.exports.relational import Relational
from announcements.exports.views_in_sql import VIEWS
from announcements.records.tables import FORMAT_VERSION, TABLES, Field, Table

TYPES = {
    "string": "TEXT",
    "date": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "array": "TEXT",
}
METADATA = 'CREATE TABLE "metadata" ("name" TEXT PRIMARY KEY, "value" TEXT)'
COLUMNS = 'CREATE TABLE "columns" ("table" TEXT, "column" TEXT, "meaning" TEXT, PRIMARY KEY ("table", "column"))'


def write_database(path: Path, what: Relational, stamp: Stamp) -> None:
    """Write a new file. Within ``one_state``."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # Nobody reads it before it is whole, and one that is not is thrown away.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(_create(table))
        for table, rows in what.rows():
            database.executemany(_insert(table), rows)
        for statement in _indexes():
            database.execute(statement)
        for name, (_, query) in VIEWS.items():
            database.execute(f'CREATE VIEW "{name}" AS {query}')
        _describe(database, stamp)
        database.execute("COMMIT")
        database.execute("VACUUM")


def _create(table: Table) -> str:
    lines = [
        *map(_column, table.fields),
        f"PRIMARY KEY ({_names(table.key)})",
        *(_reference(field) for field in table.fields if field.refers_to),
    ]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _column(field: Field) -> str:
    return f'"{field.name}" {TYPES[field.type]}{" NOT NULL" if field.is_required else ""}'


def _reference(field: Field) -> str:
    other = next(row for row in TABLES if row.name == field.refers_to)
    return f'FOREIGN KEY ("{field.name}") REFERENCES "{other.name}" ({_names(other.key)})'


def _names(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _insert(table: Table) -> str:
    marks = ", ".join("?" * len(table.fields))
    return f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608


def _indexes() -> Iterator[str]:
    """One for each foreign key that no primary key begins with."""
    for table in TABLES:
        for field in table.fields:
            if field.refers_to and table.key[0] != field.name:
                yield f'CREATE INDEX "{table.name}_{field.name}" ON "{table.name}" ("{field.name}")'


def _describe(database: sqlite3.Connection, stamp: Stamp) -> None:
    database.execute(METADATA)
    database.execute(COLUMNS)
    told = {
        "title": site.NAME,
        "description": site.PURPOSE,
        "license": LICENSE_NAME,
        "license_url": site.DATA_LICENSE,
        "format_version": FORMAT_VERSION,
        "data_version": str(stamp.version),
        "data_of": stamp.moment,
    }
    database.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
    meanings = [
        (table.name, field.name, field.words) for table in TABLES for field in table.fields
    ] + [(name, "", words) for name, (words, _) in VIEWS.items()]
    database.executemany("INSERT INTO columns VALUES (?, ?, ?)", meanings)
