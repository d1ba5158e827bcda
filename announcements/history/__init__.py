"""What was: a version of every row that editors write, and what can be read from them."""

from announcements.history.keeping import because, keep

__all__ = ["because", "keep"]
