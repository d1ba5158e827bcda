"""What two editors made of the same record, put together; where a person must choose is a conflict.

A record is its rows by key: "" is the record itself, any other key one row of a list in it. A row is
its fields by name, a field the texts that a form would send for it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

Texts = list[str]
Row = dict[str, Texts]
Rows = dict[str, Row]
Where = tuple[str, str]
"""A row's key and a field's name; the name is "" where the row as a whole is meant."""

INCIDENTAL = frozenset({"place"})
"""Fields that change when other rows come and go: they are no reason to ask about a row."""


@dataclass(frozen=True)
class Conflict:
    """Both changed the same, each to something else; None is a row that was removed."""

    row: str
    field: str
    mine: Texts | Row | None
    theirs: Texts | Row | None

    @property
    def where(self) -> Where:
        return self.row, self.field


@dataclass
class Merge:
    """The rows with what both changed, what was taken from the other, and what only a person can decide.

    While there are conflicts, their fields have my texts, rows that I removed are there, and rows that
    the other removed are not.
    """

    rows: Rows = field(default_factory=dict)
    taken: list[Where] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Rows, mine: Rows, theirs: Rows, undecided: Collection[Where] = ()) -> Merge:
    """Three ways into one: where I started, what I made of it, and what stands now.

    What ``base`` does not have is taken as changed by both. ``undecided`` stays a conflict even if the
    other changed nothing since: a choice was asked for and not made.
    """
    merged = Merge()
    for key, row in theirs.items():
        if key in mine:
            merged.rows[key] = _fields(merged, key, base.get(key, {}), mine[key], row, undecided)
        elif key not in base:
            merged.rows[key] = row
            merged.taken.append((key, ""))
        elif changed(base[key], row) or (key, "") in undecided:
            merged.rows[key] = row
            merged.conflicts.append(Conflict(key, "", None, row))
    for key in mine.keys() - theirs.keys():
        if key not in base or changed(base[key], mine[key]):
            merged.conflicts.append(Conflict(key, "", mine[key], None))
        else:
            merged.taken.append((key, ""))
    return merged


def _fields(
    merged: Merge, key: str, base: Row, mine: Row, theirs: Row, undecided: Collection[Where]
) -> Row:
    row = {}
    for name, now in theirs.items():
        typed, before = mine.get(name, now), base.get(name)
        if typed == now:
            row[name] = now
        elif typed == before:
            row[name] = now
            merged.taken.append((key, name))
        else:
            row[name] = typed
            if now != before or (key, name) in undecided:
                merged.conflicts.append(Conflict(key, name, typed, now))
    return row


def changed(before: Row, after: Row) -> bool:
    """Whether a row was changed otherwise than by rows around it."""
    return any(
        before.get(name) != after.get(name)
        for name in before.keys() | after.keys()
        if name not in INCIDENTAL
    )


def choose(
    base: Rows, mine: Rows, asked: Collection[Where], choices: Mapping[Where, str]
) -> list[Where]:
    """Carry out what was chosen of what was asked, in ``mine``; what is left is still undecided.

    Who chooses "theirs" goes back to where they started, which is what was shown as theirs.
    """
    undecided = []
    for key, name in asked:
        choice = choices.get((key, name))
        if choice == "theirs" and key in base:
            if not name:
                mine[key] = base[key]
            elif key in mine and name in base[key]:
                mine[key][name] = base[key][name]
        elif choice not in ("mine", "theirs"):
            undecided.append((key, name))
    return undecided
