"""Lists of all kinds of things, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from announcements.api.cursors import Cursor, behind, cursor_of, values_of
from announcements.api.items import Context
from announcements.api.questions import FILTERS, Question, Refused
from announcements.api.resources import ANNOUNCEMENTS, Resource, Rows
from announcements.api.schemas import components
from announcements.models.version import current_version
from announcements.records import Record
from announcements.remembered import remembered

PAGING = ("page_size", "cursor")
SHAPING = ("fields", "expand")


def parameters(resource: Resource) -> tuple[str, ...]:
    """The names of what the list of a resource takes."""
    own = (*PAGING, *shaping(resource))
    if resource is ANNOUNCEMENTS:
        return (*FILTERS, "order", "page", *own, "changed_since")
    named = ("name",) if resource.by_name else ()
    return (*FILTERS, *named, "order", *own)


def shaping(resource: Resource) -> tuple[str, ...]:
    """The names of what one item of a resource takes."""
    return SHAPING if resource.expansions else ("fields",)


def version_text() -> str:
    """The version of the data as answers name it; asked for before anything is read."""
    version = current_version()
    return f"{version.number}-{version.token}" if version else ""


@dataclass(frozen=True)
class Shape:
    """Which keys of items are told, and what stands in them whole."""

    resource: Resource
    context: Context
    fields: list[str]
    expand: list[str]

    @classmethod
    def of(cls, question: Question, resource: Resource) -> "Shape":
        keys = components()[resource.schema]["properties"]
        return cls(
            resource,
            Context(question.absolute, question.today),
            question.some("fields", keys),
            question.some("expand", resource.expansions),
        )

    def read(self, rows: Rows) -> Rows:
        return self.resource.read(rows, self.expand)

    def items(self, rows: Iterable[Any]) -> list[Record]:
        """The items of rows that were read so, in their order."""
        told = (self.resource.tell(row, self.context, self.expand) for row in rows)
        return [self._cut(item) for item in told]

    def _cut(self, item: Record) -> Record:
        return {key: item[key] for key in self.fields if key in item} if self.fields else item


@dataclass(frozen=True)
class Listed:
    """One page of a list, and the address of the next one."""

    version: str
    total: int
    next: str | None
    items: list[Record]
    deleted: list[Record] | None = None
    """Told by lists of what changed."""

    @property
    def body(self) -> Record:
        told = {"deleted": self.deleted} if self.deleted is not None else {}
        return {
            "version": self.version,
            "count": self.total,
            "next": self.next,
            "results": self.items,
            **told,
        }


def one(resource: Resource, key: str | int, question: Question) -> Record | None:
    """The item of this key, None if readers see none."""
    question.allow(shaping(resource))
    shape = Shape.of(question, resource)
    rows = shape.read(resource.public().filter(**{resource.key: key}))
    return next(iter(shape.items(rows)), None)


def listed(resource: Resource, question: Question) -> Listed:
    """A page of what is not an announcement."""
    question.allow(parameters(resource))
    shape, size = Shape.of(question, resource), question.page_size
    order = _order(resource, question)
    cursor = cursor_of(question)
    version = cursor.version if cursor else version_text()
    wanted = _wanted(resource, question)
    rows = wanted.order_by(*order)
    found = list(shape.read(behind(rows, order, cursor.values) if cursor else rows)[: size + 1])
    shown = found[:size]
    goes_on = len(found) > size
    mark = Cursor(values_of(shown[-1], order), version) if goes_on else None
    return Listed(
        version=version,
        total=_total(resource, question, wanted),
        next=question.address(cursor=mark.text(question)) if mark else None,
        items=shape.items(shown),
    )


def _order(resource: Resource, question: Question) -> tuple[str, ...]:
    asked = question.one("order") or next(iter(resource.orders))
    if asked not in resource.orders:
        raise Refused(
            "order",
            f"“{asked[:60]}” is not one of the orders. Allowed: {', '.join(resource.orders)}.",
        )
    return resource.orders[asked][1]


def _wanted(resource: Resource, question: Question) -> Rows:
    rows = resource.public()
    others = [name for name in parameters(resource) if name not in FILTERS]
    selection = question.selection(*others)
    if question.has_filters:
        rows = resource.meant(rows, selection)
    name = question.one("name") if resource.by_name else ""
    return resource.by_name(rows, name[:200]) if resource.by_name and name else rows


def _total(resource: Resource, question: Question, rows: Rows) -> int:
    """How many there are: counted once for each question and version of the data."""
    asked = sorted(
        (name, sorted(values))
        for name, values in question.params.lists()
        if name in (*FILTERS, "name")
    )
    digest = sha256(str(asked).encode()).hexdigest()
    return remembered(f"api:{resource.name}:{digest}", question.today, rows.order_by().count)
