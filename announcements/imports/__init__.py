"""Data in: records from files, checked whole before anything is written."""

from announcements.imports.checking import check
from announcements.imports.reading import Batch, Problem, read
from announcements.imports.seeds import seed_article, seed_starters
from announcements.imports.vocabulary_rows import load_vocabularies
from announcements.imports.writing import Result, import_batch

__all__ = [
    "Batch",
    "Problem",
    "Result",
    "check",
    "import_batch",
    "load_vocabularies",
    "read",
    "seed_article",
    "seed_starters",
]
