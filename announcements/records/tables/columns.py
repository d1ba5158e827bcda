"""What a table and a column of one are, and the columns that several tables have."""

from dataclasses import dataclass
from typing import Any, Literal

from announcements.records.schemas import DATE

Type = Literal["string", "date", "integer", "boolean", "array"]


@dataclass(frozen=True)
class Field:
    """One column. ``path`` leads to its value from the row's model.

    ``#number`` counts the rows of one owner from 1; ``#id`` is the owner and that number.
    """

    name: str
    words: str
    path: str
    type: Type = "string"
    values: tuple[str, ...] = ()
    pattern: str = ""
    refers_to: str = ""
    """The table whose key this is."""
    may_lead_out: bool = False
    """Whether that row may be missing from a file of a selection: then it is no foreign key there."""
    is_required: bool = False


@dataclass(frozen=True)
class Table:
    """``owner`` is the path to the announcement that a row hangs on, "" for what stands by itself."""

    name: str
    words: str
    model: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    owner: str = ""
    order: tuple[str, ...] = ("position", "pk")

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]


def key(name: str, words: str, path: str, refers_to: str = "", **more: Any) -> Field:
    return Field(name, words, path, refers_to=refers_to, is_required=True, **more)


def partial_date(name: str, words: str, path: str = "") -> Field:
    return Field(name, f"{words} A year, a month or a day.", path or name, pattern=DATE)


def day(name: str, words: str, path: str = "") -> Field:
    return Field(name, words, path or name, "date")


def one_of(name: str, words: str, values: Any, *, is_required: bool = False) -> Field:
    known = tuple(value for value in values if value)
    return Field(name, words, name, values=known, is_required=is_required)


def text(name: str, words: str, path: str = "") -> Field:
    return Field(name, words, path or name)


def source(name: str, words: str) -> Field:
    return Field(name, words, f"{name}__url", refers_to="sources")


def license(words: str) -> Field:
    return Field("license", words, "license__slug", refers_to="licenses")


ID = key("id", "The last part of the address of its page.", "slug")
OWNER = key(
    "announcement", "The announcement it belongs to.", "announcement__slug", "announcements"
)
NUMBER = Field("number", "Its place, counted from 1.", "#number", "integer", is_required=True)
PART_ID = key("id", "The announcement, “#”, and its place there, counted from 1.", "#id")
NAME = Field("name", "Its name.", "name", is_required=True)
DUE = (
    day("due_from", "The first day that keeps it."),
    day("due_to", "The last day that keeps it."),
    text("due_words", "The date in the company's words."),
)
