"""The feed of updates: what happened to the promises of a selection, the latest first."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from announcements import site
from announcements.charts import due_range
from announcements.entries import status_words
from announcements.feeds.announcements import title, with_query
from announcements.feeds.ids import id_of_part
from announcements.feeds.items import LIMIT, Absolute, Feed, Item, Tag, how_many, told
from announcements.filters import Selection
from announcements.history import written
from announcements.models import Update
from announcements.models.base import WatchedQuerySet
from announcements.remembered import remembered

Times = dict[int, tuple[datetime, datetime]]
"""When rows were first and last written, by key."""


def steps(selection: Selection) -> WatchedQuerySet:
    """Each step of the promises that a selection means, in no order."""
    promises, updates = selection.promises, Update.objects.all()
    if selection.chosen:
        return updates.filter(promise__in=promises)
    # Row by row: the first few of all are found without reading all promises.
    return updates.filter(Exists(promises.filter(pk=OuterRef("promise"))))


def feed(selection: Selection, path: str, absolute: Absolute) -> Feed:
    """The steps of a valid selection that happened last."""
    found = steps(selection)
    rows = list(
        found.select_related("promise__announcement__company", "source")
        .prefetch_related("promise__announcement__company__former_names")
        .order_by("-happened_on", "-pk")[:LIMIT]
    )
    return Feed(
        title=title(selection, f"{site.NAME}, updates to promises"),
        subtitle=how_many(len(rows), _total(selection, found), "updates"),
        address=absolute(with_query(path, selection)),
        page=absolute(with_query(reverse("announcements:announcement_list"), selection)),
        site=absolute("/"),
        items=step_items(rows, absolute),
    )


def _total(selection: Selection, found: WatchedQuerySet) -> int:
    """How many steps there are; of the whole table they are counted once for each version of the data."""
    if selection.chosen:
        return found.count()
    return remembered("updates", selection.today, found.count)


def step_items(steps: Iterable[Update], absolute: Absolute) -> list[Item]:
    """Steps loaded with promise, announcement, company, former names and source."""
    steps = list(steps)
    times = written(Update, [step.pk for step in steps])
    return [_item(step, times, absolute) for step in steps]


def _item(step: Update, times: Times, absolute: Absolute) -> Item:
    promise, announcement = step.promise, step.promise.announcement
    words = status_words(step.status, announcement.basis)
    published = shown_since(announcement, step.recorded_at)
    return Item(
        id=id_of_part(announcement, "step", step.pk),
        title=f"{announcement.announcer}: {promise.title}: {words}",
        address=f"{absolute(announcement.get_absolute_url())}#promise-{promise.pk}",
        published=published,
        updated=max(published, *times.get(step.pk, ())),
        summary=step.text,
        content=told(
            byline=f"{step.happened_on.words} · {announcement.title}",
            text=step.text,
            rows=list(_rows(step)),
            source=step.source,
        ),
        happened_on=str(step.happened_on),
        tags=[
            Tag(
                absolute(f"{reverse('announcements:announcement_list')}?status="),
                step.status,
                words,
            )
        ],
    )


def shown_since(announcement: object, first: datetime) -> datetime:
    """Since when readers see what was first written at a moment: not before they saw the announcement."""
    return max(first, getattr(announcement, "published_at", None) or first)


def _rows(step: Update) -> Iterator[str]:
    quoted = f"“{step.due_words}”" if step.due_words else ""
    if step.due_to:
        yield f"Now promised for {', '.join(filter(None, (due_range(step), quoted)))}."
    elif quoted:
        yield f"Now promised {quoted}, without a date."
    if step.is_correction:
        yield f"Why it was corrected: {step.reason}"
    if step.note:
        yield f"Searched: {step.note}"
