"""The texts of announcements, gathered from all the rows that hold them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import TextField, Value

from announcements.models import (
    Announcement,
    Concern,
    Initiative,
    Partner,
    Promise,
    Release,
    ReleaseComponent,
)
from announcements.search.documents import Document

TITLE, NAMES, BODY = range(3)
_NOTHING = Value("", output_field=TextField())

# A model, its column that holds the announcement, and its texts with the column of the document they go to.
_WHERE: list[tuple[Any, str, dict[str, int]]] = [
    (Announcement, "pk", {"title": TITLE, "summary": BODY}),
    (
        Announcement,
        "pk",
        {
            "company__name": NAMES,
            "company__legal_name": NAMES,
            "company__former_names__name": NAMES,
        },
    ),
    (
        Partner,
        "announcement",
        {
            "company__name": NAMES,
            "company__legal_name": NAMES,
            "company__former_names__name": NAMES,
        },
    ),
    (
        Initiative.announcements.through,
        "announcement",
        {"initiative__name": NAMES, "initiative__former_names__name": NAMES},
    ),
    (Promise, "announcement", {"title": BODY, "license__name": NAMES, "license__spdx_id": NAMES}),
    (Release, "announcement", {"name": NAMES, "license__name": NAMES, "license__spdx_id": NAMES}),
    (
        ReleaseComponent,
        "release__announcement",
        {"license__name": NAMES, "license__spdx_id": NAMES},
    ),
    (Concern, "announcement", {"title": BODY, "text": BODY, "raised_by": BODY}),
]
_MOST_TEXTS = max(len(texts) for _, _, texts in _WHERE)


def documents(keys: Collection[int]) -> dict[int, Document]:
    """What to keep of these announcements, in one query; those that do not exist are left out."""
    texts: dict[int, tuple[dict[str, None], ...]] = {}
    for key, place, _, *found in sorted(_rows(keys), key=lambda row: row[:3]):
        columns = texts.setdefault(key, ({}, {}, {}))
        for text, column in zip(found, _WHERE[place][2].values(), strict=False):
            if text:
                columns[column][text] = None
    return {key: _document(*columns) for key, columns in texts.items()}


def _rows(keys: Collection[int]) -> Iterator[tuple[Any, ...]]:
    first, *others = (_texts(place, keys) for place in range(len(_WHERE)))
    return first.union(*others, all=True).iterator(chunk_size=5000)


def _texts(place: int, keys: Collection[int]) -> Any:
    model, owner, texts = _WHERE[place]
    columns = [*texts, *[_NOTHING] * (_MOST_TEXTS - len(texts))]
    rows = model._default_manager.filter(**{f"{owner}__in": keys}).order_by()
    return rows.values_list(owner, Value(place), "pk", *columns)


def _document(*columns: dict[str, None]) -> Document:
    document = Document()
    for column, texts in zip(document.columns, columns, strict=True):
        document.add(column, texts)
    return document
