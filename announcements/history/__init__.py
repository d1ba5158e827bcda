"""What was: a version of every row that editors write, and what can be read from them."""

from announcements.history.corrections import Correction, corrections
from announcements.history.days import NoSuchDay, parse_day
from announcements.history.deletions import deletion, deletions
from announcements.history.keeping import because, keep
from announcements.history.past import ENTRY, Past
from announcements.history.readers import last_seen, was_seen
from announcements.history.restoring import restore
from announcements.history.rows import written
from announcements.history.stories import Step, Story, between, story
from announcements.history.wording import RowChange, Wording

__all__ = [
    "ENTRY",
    "Correction",
    "NoSuchDay",
    "Past",
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
    "last_seen",
    "parse_day",
    "restore",
    "story",
    "was_seen",
    "written",
]
