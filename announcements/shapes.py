"""The forms in which a selection of announcements can be taken away, each by the same query string."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["file", "feed", "calendar", "api"]


@dataclass(frozen=True)
class Shape:
    """One form: what people call it, its media type, and the name of its address."""

    title: str
    media_type: str
    name: str
    kind: Kind
    words: str
    """What it is good for, in a few words."""


SHAPES: tuple[Shape, ...] = (
    Shape(
        "CSV", "text/csv", "announcements_csv", "file", "a row each, for spreadsheets and scripts"
    ),
    Shape(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "announcements_xlsx",
        "file",
        "the same rows as a workbook",
    ),
    Shape("JSON", "application/json", "announcements_json", "file", "whole records in a list"),
    Shape(
        "NDJSON",
        "application/x-ndjson",
        "announcements_ndjson",
        "file",
        "whole records, one a line",
    ),
    Shape(
        "Data package",
        "application/zip",
        "announcements_zip",
        "file",
        "related tables as CSV with a description, in a ZIP",
    ),
    Shape(
        "Atom",
        "application/atom+xml",
        "announcements_atom",
        "feed",
        "new announcements in any feed reader",
    ),
    Shape(
        "JSON Feed",
        "application/feed+json",
        "announcements_json_feed",
        "feed",
        "the same for feed readers and scripts that read JSON",
    ),
    Shape(
        "Calendar",
        "text/calendar",
        "announcements_ics",
        "calendar",
        "promised dates in any calendar program",
    ),
    Shape(
        title="JSON API",
        media_type="application/json",
        name="api_announcements",
        kind="api",
        words="page by page, with counts, fields and what changed since",
    ),
)
"""In the order in which pages offer them."""

UPDATES: tuple[Shape, ...] = (
    Shape(
        "Updates as Atom",
        "application/atom+xml",
        "updates_atom",
        "feed",
        "what happened to promises, step by step",
    ),
    Shape(
        "Updates as JSON Feed",
        "application/feed+json",
        "updates_json_feed",
        "feed",
        "the same as JSON",
    ),
)
"""Feeds of what became of the promises of a selection."""
