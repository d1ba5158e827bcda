"""The feed of a selection: its announcements, in its order."""

from collections.abc import Iterator
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse

from announcements import site
from announcements.entries import Entry, status_words
from announcements.feeds.ids import id_of
from announcements.feeds.items import LIMIT, Absolute, Feed, Item, Tag, how_many, told
from announcements.filters import DEFAULT_ORDER, Selection
from announcements.models import Announcement
from announcements.models.version import changed_at


def feed(selection: Selection, path: str, absolute: Absolute) -> Feed:
    """The first announcements of a valid selection; newest first unless it says otherwise, also with words."""
    keys = _in_order(selection).keys[:LIMIT]
    rows = Announcement.objects.published().for_lists().prefetch_related("promises__updates")
    changed = changed_at(keys)
    page = reverse("announcements:announcement_list")
    items = [
        announcement_item(Entry(row, selection.today), changed, absolute)
        for row in rows.in_order_of(keys)
    ]
    return Feed(
        title=title(selection, site.NAME),
        subtitle=how_many(len(items), selection.total, "announcements"),
        address=absolute(with_query(path, selection)),
        page=absolute(with_query(page, selection)),
        site=absolute("/"),
        items=items,
    )


def _in_order(selection: Selection) -> Selection:
    """A search ranks by match; who follows one waits for what is new."""
    if selection.values.get("order"):
        return selection
    params: QueryDict = selection.params.copy()
    params["order"] = DEFAULT_ORDER
    return Selection(params, selection.today)


def title(selection: Selection, name: str) -> str:
    """A name with the values of the filters that are active."""
    chosen = ", ".join(dict.fromkeys(row.alone for row in selection.chosen))
    return f"{name}: {chosen}" if chosen else name


def with_query(path: str, selection: Selection) -> str:
    return f"{path}?{selection.whole}" if selection.whole else path


def announcement_item(entry: Entry, changed: dict[int, datetime], absolute: Absolute) -> Item:
    """One announcement, loaded with ``for_lists`` and its steps; ``changed`` is of ``changed_at``."""
    announcement = entry.announcement
    published = announcement.published_at or announcement.created_at
    updated = max(published, announcement.last_changed, changed.get(announcement.pk, published))
    return Item(
        id=id_of(announcement),
        title=headline(announcement),
        address=absolute(announcement.get_absolute_url()),
        published=published,
        updated=updated,
        summary=announcement.summary,
        content=told(byline=_byline(entry), text=announcement.summary, rows=list(_rows(entry))),
        happened_on=str(announcement.announced_on or ""),
        tags=list(_tags(entry, absolute)),
    )


def headline(announcement: Announcement) -> str:
    """The title with who announced it, unless it begins so itself."""
    who = str(announcement.announcer)
    title = announcement.title
    return title if title.startswith(who) else f"{who}: {title}"


def _byline(entry: Entry) -> str:
    announcement = entry.announcement
    first, *others = map(str, announcement.announcers)
    who = f"{first} with {', '.join(others)}" if others else first
    verb = "reported" if entry.is_reported else "announced"
    when = announcement.announced_on
    parts = [who, f"{verb} {when.words}" if when else "", announcement.get_kind_display()]
    return " · ".join(part for part in parts if part)


def _rows(entry: Entry) -> Iterator[str]:
    basis = entry.announcement.basis
    for promise in entry.promises:
        yield f"Promise: {promise.title}. {status_words(promise.status, basis)}."
    for release in entry.announcement.releases.all():
        license = f", under {release.license}" if release.license else ""
        yield f"Release: {release.name}{license}."
    if entry.concern_types:
        yield f"Concerns raised: {', '.join(entry.concern_types)}."


def _tags(entry: Entry, absolute: Absolute) -> Iterator[Tag]:
    announcement = entry.announcement
    page = absolute(reverse("announcements:announcement_list"))
    yield Tag(f"{page}?kind=", announcement.kind, announcement.get_kind_display())
    for row in entry.statuses:
        yield Tag(f"{page}?status=", row.status, row.words)
    types = dict.fromkeys(
        kind
        for concern in entry.concerns
        for kind in (concern.type, *concern.further_types.all())
        if kind
    )
    for kind in types:
        yield Tag(f"{page}?concern=", kind.slug, kind.name)
