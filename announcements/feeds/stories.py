"""The feed of one announcement's story: what was said, what came of it, what was feared, what was corrected."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from announcements import site
from announcements.entries import Entry
from announcements.feeds.announcements import announcement_item, headline
from announcements.feeds.ids import id_of_part
from announcements.feeds.items import LIMIT, Absolute, Feed, Item, Tag, how_many, told
from announcements.feeds.updates import Times, shown_since, step_items
from announcements.history import corrections, story, written
from announcements.models import Announcement, Concern, Release
from announcements.models.version import changed_at
from announcements.partial_dates import PartialDate


def feed(entry: Entry, path: str, absolute: Absolute) -> Feed:
    """Of an announcement loaded with ``for_reading``; what happened last comes first, what has no date last."""
    announcement = entry.announcement
    items = [
        announcement_item(entry, changed_at([announcement.pk]), absolute),
        *_steps(announcement, absolute),
        *_releases(announcement, absolute),
        *_concerns(announcement, absolute),
        *_corrections(announcement, absolute),
    ]
    latest = sorted(items, key=lambda item: item.happened_on, reverse=True)[:LIMIT]
    return Feed(
        title=f"{headline(announcement)}: the story",
        subtitle=f"{site.NAME}: {how_many(len(latest), len(items), 'events')} of its story",
        address=absolute(path),
        page=absolute(announcement.get_absolute_url()),
        site=absolute("/"),
        items=latest,
    )


def _steps(announcement: Announcement, absolute: Absolute) -> list[Item]:
    steps = []
    for promise in announcement.promises.all():
        promise.announcement = announcement
        for step in promise.updates.all():
            step.promise = promise
            steps.append(step)
    return step_items(steps[::-1], absolute)


def _releases(announcement: Announcement, absolute: Absolute) -> Iterator[Item]:
    rows = list(announcement.releases.all())
    times = written(Release, [row.pk for row in rows])
    for row in rows:
        license = f"Under {row.license}." if row.license else "The license was not checked."
        published, updated = _times(announcement, row.pk, times)
        yield Item(
            id=id_of_part(announcement, "release", row.pk),
            title=f"{announcement.announcer}: {row.name}: released",
            address=absolute(announcement.get_absolute_url()) + "#releases",
            published=published,
            updated=updated,
            summary=license,
            content=told(
                byline=_when(row.released_on, row.get_type_display()),
                text=license,
                rows=[f"Openness: {row.assessment.words}.", *filter(None, [row.license_note])],
            ),
            happened_on=str(row.released_on or ""),
        )


def _concerns(announcement: Announcement, absolute: Absolute) -> Iterator[Item]:
    rows = list(announcement.concerns.all())
    times = written(Concern, [row.pk for row in rows])
    for row in rows:
        tags = list(_types(row, absolute))
        published, updated = _times(announcement, row.pk, times)
        address = f"{absolute(announcement.get_absolute_url())}#concern-{row.pk}"
        yield Item(
            id=id_of_part(announcement, "concern", row.pk),
            title=f"Concern raised: {row.title}",
            address=address,
            published=published,
            updated=updated,
            summary=row.text,
            content=told(
                byline=_when(row.raised_on, row.raised_by), text=row.text, source=row.source
            ),
            happened_on=str(row.raised_on or ""),
            tags=tags,
        )
        if row.answer:
            yield Item(
                id=id_of_part(announcement, "answer", row.pk),
                title=f"Concern answered: {row.title}",
                address=address,
                published=published,
                updated=updated,
                summary=row.answer,
                content=told(
                    byline=_when(row.answered_on, row.get_stance_display() if row.stance else ""),
                    text=row.answer,
                    source=row.answer_source,
                ),
                happened_on=str(row.answered_on or ""),
                tags=tags,
            )


def _types(concern: Concern, absolute: Absolute) -> Iterator[Tag]:
    page = absolute(reverse("announcements:announcement_list"))
    for kind in dict.fromkeys(filter(None, (concern.type, *concern.further_types.all()))):
        yield Tag(f"{page}?concern=", kind.slug, kind.name)


def _corrections(announcement: Announcement, absolute: Absolute) -> Iterator[Item]:
    """Those of which the editors said why."""
    page = absolute(reverse("announcements:announcement_corrections", args=[announcement.slug]))
    for row in corrections(story(Announcement, announcement.pk)):
        if row.reason:
            changed = [f"{change.noun} {change.name}: {change.what}" for change in row.rows]
            yield Item(
                id=id_of_part(announcement, "correction", row.moment.isoformat()),
                title=f"Corrected: {row.reason}",
                address=page,
                published=row.moment,
                updated=row.moment,
                summary=row.reason,
                content=told(byline="", text=row.reason, rows=changed),
                happened_on=row.moment.date().isoformat(),
            )


def _times(announcement: Announcement, key: int, times: Times) -> tuple[datetime, datetime]:
    """Since when readers see a row, and when it was last written."""
    begun = announcement.created_at
    first, last = times.get(key, (begun, begun))
    published = shown_since(announcement, first)
    return published, max(published, last)


def _when(date: PartialDate | None, words: str) -> str:
    return " · ".join(part for part in (date.words if date else "", words) if part)
