"""Data in: records from files, checked whole before anything is written."""

from announcements.imports.checking import check
from announcements.imports.files import File, Unreadable
from announcements.imports.intake import Intake
from announcements.imports.outcomes import Outcome
from announcements.imports.reading import Batch, Problem, read
from announcements.imports.runs import carry_out
from announcements.imports.seeds import seed_article, seed_starters
from announcements.imports.undoing import NotUndone, undo
from announcements.imports.vocabulary_rows import load_vocabularies
from announcements.imports.writing import Result, import_batch

__all__ = [
    "Batch",
    "File",
    "Intake",
    "NotUndone",
    "Outcome",
    "Problem",
    "Result",
    "Unreadable",
    "carry_out",
    "check",
    "import_batch",
    "load_vocabularies",
    "read",
    "seed_article",
    "seed_starters",
    "undo",
]
