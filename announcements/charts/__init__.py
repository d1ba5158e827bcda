"""Drawings as numbers: the arithmetic is here, the lines are templates."""

from announcements.charts.promises import PromiseBar, due_range, labels, promise_bar
from announcements.charts.statuses import Segment, status_bar

__all__ = ["PromiseBar", "Segment", "due_range", "labels", "promise_bar", "status_bar"]
