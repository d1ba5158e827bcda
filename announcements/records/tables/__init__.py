"""The related tables in which everything is published: names, types, keys and what stands in each column.

The data package and the SQLite file are both written from this one list; ``exports.relational`` reads the rows.
"""

from announcements.records.tables.columns import Field, Table
from announcements.records.tables.nouns import NOUNS
from announcements.records.tables.parts import PARTS

FORMAT_VERSION = "1.0.0"
"""Of records, tables and the files they come in; docs/format.md tells what changed."""

TABLES = (*NOUNS, *PARTS)
"""In an order in which each refers to those before it, or to itself."""

__all__ = ["FORMAT_VERSION", "NOUNS", "PARTS", "TABLES", "Field", "Table"]
