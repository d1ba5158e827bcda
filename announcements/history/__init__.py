"""What was: a version of every row that editors write, and what can be read from them."""

from announcements.history.corrections import Correction, corrections
from announcements.history.deletions import deletion, deletions
from announcements.history.keeping import because, keep
from announcements.history.restoring import restore
from announcements.history.stories import Step, Story, between, story
from announcements.history.wording import RowChange, Wording

__all__ = [
    "Correction",
    "RowChange",
    "Step",
    "Story",
    "Wording",
    "because",
    "between",
    "corrections",
    "deletion",
    "deletions",
    "keep",
    "restore",
    "story",
]
