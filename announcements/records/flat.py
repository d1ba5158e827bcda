"""An announcement as one row of a table whose columns are always the same, for people who count and sort.

What hangs on an announcement is told in a fixed number of cells: how many, and then lists whose texts stand in
the same order. Rows are put together from plain values: models would cost more than all the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Concern,
    Partner,
    Promise,
    Release,
)
from announcements.models.keys import among
from announcements.models.one_state import one_state
from announcements.records.cells import joined, safe
from announcements.statuses import UNSETTLED

CHUNK = 2000
"""How many announcements are read at a time: few enough to hold, many enough that queries do not count."""

HOW_MANY = "how many"
NO_DATE, NO_TYPE, NOT_CHECKED = "no date", "no type", "unknown"
"""What stands in a list for what is not there, so that the texts of two lists still stand side by side."""

Cells = list[str]
Found = dict[int, Cells]


@dataclass(frozen=True)
class Group:
    """Neighboring columns that are read together."""

    columns: tuple[tuple[str, str], ...]
    """The name of each, and what stands in it."""
    read: Callable[[list[int], date], Found]
    """The cells of the announcements with these keys; those with nothing to tell may be left out."""

    @property
    def nothing(self) -> Cells:
        """The cells of an announcement that has nothing to tell here."""
        return ["0" if words.startswith(HOW_MANY) else "" for _, words in self.columns]


def flat_rows(keys: Sequence[int], today: date, pages: str) -> Iterator[Cells]:
    """The header, then a row for each published announcement, in the order of the keys.

    ``pages`` is the address that all their pages begin with. What vanished meanwhile is left out.
    """
    yield [name for name, _ in COLUMNS]
    nothing = [group.nothing for group in GROUPS[1:]]
    for start in range(0, len(keys), CHUNK):
        chunk = list(keys[start : start + CHUNK])
        with one_state():
            own, *others = (group.read(chunk, today) for group in GROUPS)
        for key in chunk:
            if cells := own.get(key):
                for told, blank in zip(others, nothing, strict=True):
                    cells += told.get(key, blank)
                cells.append(f"{pages}{cells[0]}/")
                yield cells


def _about(
    model: Any, keys: list[int], *paths: str, order: Sequence[str] = ("position", "pk")
) -> Any:
    """Rows of a model that hang on these announcements: the key of each one's, then the values of the paths."""
    rows = model.objects.filter(announcement_id__in=among(keys)).order_by(*order)
    return rows.values_list("announcement_id", *paths)


def _texts(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """What stands beside each key, in the order of the pairs."""
    by_key: dict[int, list[str]] = defaultdict(list)
    for key, text in pairs:
        by_key[key].append(text)
    return by_key


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """The rows with the same key in front, in their order."""
    by_key: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_key[row[0]].append(row)
    return by_key


def _list(texts: Iterable[str]) -> str:
    return safe(joined(list(texts)))


def _own(keys: list[int], today: date) -> Found:
    fields = ("announced_on", "kind", "basis", "summary", "note")
    lead = ("company__legal_name", "company__name")
    partners = _texts(
        (key, legal_name or name)
        for key, legal_name, name in _about(Partner, keys, "company__legal_name", "company__name")
    )
    rows = Announcement.objects.published().filter(pk__in=among(keys)).order_by()
    return {
        key: [
            slug,
            safe(title),
            _list([legal_name or name, *partners.get(key, ())]),
            announced_on,
            kind,
            basis,
            safe(summary),
            safe(note),
        ]
        for key, slug, title, legal_name, name, announced_on, kind, basis, summary, note in (
            rows.values_list("pk", "slug", "title", *lead, *fields)
        )
    }


def _initiatives(keys: list[int], today: date) -> Found:
    links = Announcement.initiatives.through
    rows = _about(links, keys, "initiative__name", order=("initiative__name", "pk"))
    return {key: [_list(names)] for key, names in _texts(rows).items()}


def _promises(keys: list[int], today: date) -> Found:
    found = {}
    for key, rows in _grouped(_about(Promise, keys, "title", "status", "due_latest")).items():
        _, titles, states, days = zip(*rows, strict=True)
        overdue = sum(
            1
            for state, day in zip(states, days, strict=True)
            if day and day < today and state in UNSETTLED
        )
        found[key] = [
            str(len(rows)),
            _list(titles),
            "; ".join(states),
            "; ".join(str(day) if day else NO_DATE for day in days),
            str(overdue),
        ]
    return found


def _releases(keys: list[int], today: date) -> Found:
    found = {}
    for key, rows in _grouped(_about(Release, keys, "name", "license__slug", "level")).items():
        _, names, licenses, levels = zip(*rows, strict=True)
        found[key] = [
            str(len(rows)),
            _list(names),
            "; ".join(slug or NOT_CHECKED for slug in licenses),
            "; ".join(levels),
        ]
    return found


def _concerns(keys: list[int], today: date) -> Found:
    links = Concern.further_types.through.objects.filter(concern__announcement_id__in=among(keys))
    further = _texts(
        links.order_by("concern__position", "concern", "concerntype__position", "pk").values_list(
            "concern__announcement_id", "concerntype__slug"
        )
    )
    found = {}
    for key, rows in _grouped(_about(Concern, keys, "type__slug", "title", "status")).items():
        _, types, titles, states = zip(*rows, strict=True)
        found[key] = [
            str(len(rows)),
            "; ".join(slug or NO_TYPE for slug in types),
            "; ".join(dict.fromkeys(further.get(key, ()))),
            _list(titles),
            "; ".join(states),
        ]
    return found


def _benefits(keys: list[int], today: date) -> Found:
    return {
        key: [str(len(types)), "; ".join(types)]
        for key, types in _texts(_about(Benefit, keys, "type__slug")).items()
    }


def _sources(keys: list[int], today: date) -> Found:
    rows = _texts(_about(Citation, keys, "source__url"))
    return {key: [_list(addresses)] for key, addresses in rows.items()}


def _related(keys: list[int], today: date) -> Found:
    links = Announcement.related.through.objects.filter(
        from_announcement_id__in=among(keys), to_announcement__state=Announcement.State.PUBLISHED
    )
    rows = links.order_by("to_announcement__slug").values_list(
        "from_announcement_id", "to_announcement__slug"
    )
    return {key: ["; ".join(slugs)] for key, slugs in _texts(rows).items()}


GROUPS = (
    Group(
        (
            ("id", "the last part of the address of its page"),
            ("title", "what happened, in a line"),
            ("companies", "who announced, then those that announced with it, by legal name"),
            ("announced_on", "a day, a month or a year"),
            ("kind", "its kind"),
            ("basis", "on whose word it rests"),
            ("summary", "what was said"),
            ("note", "what readers must know to read it right"),
        ),
        _own,
    ),
    Group((("initiatives", "names of what it is about"),), _initiatives),
    Group(
        (
            ("promises", HOW_MANY),
            ("promise_titles", "what was promised"),
            ("promise_statuses", "how each stands"),
            ("promise_due_dates", f"the last day of each as last promised, or “{NO_DATE}”"),
            (
                "promises_overdue",
                f"{HOW_MANY} are past their date and not settled, on the day of the file",
            ),
        ),
        _promises,
    ),
    Group(
        (
            ("releases", HOW_MANY),
            ("release_names", "what could be obtained"),
            ("release_licenses", f"the license found of each, “{NOT_CHECKED}” if not checked"),
            ("release_openness", "how open each is"),
        ),
        _releases,
    ),
    Group(
        (
            ("concerns", HOW_MANY),
            ("concern_types", f"the main type of each, or “{NO_TYPE}”"),
            ("concern_further_types", "the further types of all of them, each once"),
            ("concern_titles", "what people worry about"),
            ("concern_statuses", "how each stands"),
        ),
        _concerns,
    ),
    Group((("benefits", HOW_MANY), ("benefit_types", "the type of each")), _benefits),
    Group((("sources", "addresses, in the order of their numbers"),), _sources),
    Group((("related", "ids of announcements about the same thing"),), _related),
)

COLUMNS = (
    *(column for group in GROUPS for column in group.columns),
    ("url", "the address of its page"),
)
"""Every column with what stands in it, in the order of a record's keys."""
