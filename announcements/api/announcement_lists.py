"""The list of announcements: the same selection as on its page, in any order, and what each filter would give."""

from dataclasses import dataclass

from announcements.api.cursors import Cursor, behind, cursor_of, values_of
from announcements.api.lists import Listed, Shape, parameters, version_text
from announcements.api.questions import FILTERS, Question, Refused
from announcements.api.resources import ANNOUNCEMENTS
from announcements.facets import COUNTED, counts
from announcements.filters import BY_SETS, ORDERS, AnnouncementFilter, Selection, mark, passed
from announcements.models import Announcement
from announcements.records import Record

FACET_PARAMETERS = (*FILTERS, "order", "page")


def selection_of(question: Question) -> Selection:
    """What the filters of a list of announcements mean."""
    names = parameters(ANNOUNCEMENTS)
    question.allow(names)
    return question.selection(*(n for n in names if n not in AnnouncementFilter.base_filters))


def listed_announcements(question: Question) -> Listed:
    """A page of the announcements that a question selects."""
    selection = selection_of(question)
    shape = Shape.of(question, ANNOUNCEMENTS)
    cursor = cursor_of(question)
    version = cursor.version if cursor else version_text()
    part = _part(selection, question, cursor)
    public = Announcement.objects.published()
    shown = shape.read(public).in_order_of(part.keys)
    at = Cursor(_mark(selection, shown[-1], part), version) if shown and part.goes_on else None
    return Listed(
        version=version,
        total=selection.total,
        next=question.address(cursor=at.text(question), page="") if at else None,
        items=shape.items(shown),
    )


@dataclass(frozen=True)
class Part:
    """The keys of one page."""

    keys: list[int]
    end: int
    """The place behind the last of them, where places are counted."""
    goes_on: bool


def _part(selection: Selection, question: Question, cursor: Cursor | None) -> Part:
    size = question.page_size
    if cursor and selection.order not in BY_SETS:
        rows = behind(selection.queryset, ORDERS[selection.order][1], cursor.values)
        keys = list(rows.values_list("pk", flat=True)[: size + 1])
        return Part(keys[:size], 0, len(keys) > size)
    start = passed(selection, cursor.values) if cursor else _first(selection, question)
    keys = list(selection.keys[start : start + size])
    return Part(keys, start + len(keys), start + size < selection.total)


def _first(selection: Selection, question: Question) -> int:
    """Where the page begins that the address names, as a list's address does."""
    number, size = selection.values.get("page") or 1, question.page_size
    pages = max(1, -(-selection.total // size))
    if number > pages:
        raise Refused("page", f"There is no page {number}. Allowed: 1 to {pages}.")
    return (number - 1) * size


def _mark(selection: Selection, last: Announcement, part: Part) -> list[object]:
    if selection.order in BY_SETS:
        return mark(selection, last, part.end - 1)
    return values_of(last, ORDERS[selection.order][1])


def facets(question: Question) -> Record:
    """How many announcements each value of each filter would give under the other active ones."""
    question.allow(FACET_PARAMETERS)
    version = version_text()
    selection = question.selection()
    found = counts(selection)
    return {
        "version": version,
        "count": selection.total,
        "facets": [
            {
                "name": name,
                "label": str(AnnouncementFilter.base_filters[name].label),
                "values": [
                    {"value": value, "name": words, "count": found[name][value]}
                    for value, words in selection.options(name)
                ],
            }
            for name in COUNTED
        ],
    }
