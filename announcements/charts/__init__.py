"""Drawings as numbers: the arithmetic is here, the lines are templates."""

from announcements.charts.clocks import Clock, clocks
from announcements.charts.promises import PromiseBar, due_range, labels, promise_bar
from announcements.charts.quarters import QuarterChart, count_by_quarter, quarter_chart
from announcements.charts.statuses import Segment, status_bar
from announcements.charts.timeline import Timeline, timeline

__all__ = [
    "Clock",
    "PromiseBar",
    "QuarterChart",
    "Segment",
    "Timeline",
    "clocks",
    "count_by_quarter",
    "due_range",
    "labels",
    "promise_bar",
    "quarter_chart",
    "status_bar",
    "timeline",
]
