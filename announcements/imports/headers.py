"""The first row of a table: which columns of a record it has, in whatever order and case."""

from dataclasses import dataclass
from difflib import get_close_matches

from announcements.imports.files import Unreadable
from announcements.records import Record, announcement_schema, company_schema
from announcements.records.columns import Column, column, groups, plain_columns

SCHEMAS = {"announcement": announcement_schema(), "company": company_schema()}
KEYS = {"announcement": ("id", "title"), "company": ("name",)}
"""What a row is known by: one of these columns must be there."""
ALSO_CALLED = {
    "announcement": {
        "company": "companies",
        "date": "announced_on",
        "slug": "id",
        "source": "sources.1.url",
        "initiative": "initiatives.1.name",
    },
    "company": {"former_name": "former_names", "company": "name", "headquarters": "country"},
}


@dataclass(frozen=True)
class Header:
    """Whose columns these are, and which stands at which place; None where a column has no name."""

    noun: str
    columns: list[Column | None]

    @property
    def schema(self) -> Record:
        return SCHEMAS[self.noun]

    @property
    def names(self) -> set[str]:
        return {known.name for known in self.columns if known}

    def given(self, cells: list[str]) -> list[tuple[Column, str]]:
        """The columns with their texts; a row that ends early has empty cells at its end."""
        filled = [*cells, *[""] * (len(self.columns) - len(cells))]
        return [
            (known, text.strip())
            for known, text in zip(self.columns, filled, strict=False)
            if known
        ]

    def stray(self, cells: list[str]) -> list[tuple[int, str]]:
        """What stands under no name: place from 1, and text."""
        named = dict(enumerate(self.columns))
        return [
            (place + 1, text)
            for place, text in enumerate(cells)
            if text.strip() and named.get(place) is None
        ]


def read_header(place: str, cells: list[str]) -> Header:
    """The header in these cells. Raises Unreadable, with what would be right."""
    names = [_name(cell) for cell in cells]
    noun = max(SCHEMAS, key=lambda noun: sum(_known(noun, name) is not None for name in names))
    columns = [_known(noun, name) if name else None for name in names]
    wrong = [
        _wrong(noun, cell.strip())
        for cell, name, known in zip(cells, names, columns, strict=True)
        if name and not known
    ]
    if wrong:
        raise Unreadable(f"{place}: {' '.join(wrong[:20])} Names of columns: {_allowed(noun)}.")
    found = [known.name for known in columns if known]
    if double := next((name for name in found if found.count(name) > 1), None):
        raise Unreadable(f"{place}: the column {double} stands there twice. Keep one of them.")
    if not set(KEYS[noun]) & set(found):
        raise Unreadable(
            f"{place}: the first row of a table names its columns, and one of them says which record a "
            f"row is: id or title for announcements, name for companies. Names of columns: {_allowed(noun)}."
        )
    return Header(noun, columns)


def _name(cell: str) -> str:
    return "_".join(cell.casefold().split())


def _known(noun: str, name: str) -> Column | None:
    return column(ALSO_CALLED[noun].get(name, name), SCHEMAS[noun])


def _wrong(noun: str, name: str) -> str:
    close = get_close_matches(_name(name), _every(noun), n=2, cutoff=0.6)
    meant = f" Is {' or '.join(close)} meant?" if close else ""
    return f"There is no column “{name[:60]}”.{meant}"


def _every(noun: str) -> list[str]:
    schema = SCHEMAS[noun]
    first_rows = [
        f"{group}.1.{name}"
        for group in groups(schema)
        for name in schema["properties"][group]["items"]["properties"]
    ]
    return [*plain_columns(schema), *ALSO_CALLED[noun], *first_rows]


def _allowed(noun: str) -> str:
    schema = SCHEMAS[noun]
    numbered = [
        f"{group}.1.{next(iter(schema['properties'][group]['items']['properties']))} and so on"
        for group in groups(schema)
    ]
    return ", ".join([*plain_columns(schema), *numbered])
