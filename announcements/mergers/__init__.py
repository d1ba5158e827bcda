"""Two records that turn out to be the same: put into one, and taken apart again."""

from announcements.mergers.comparing import Comparison, compare
from announcements.mergers.merging import Refused, merge
from announcements.mergers.rules import RULES
from announcements.mergers.undoing import obstacles, undo

__all__ = ["RULES", "Comparison", "Refused", "compare", "merge", "obstacles", "undo"]
