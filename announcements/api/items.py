"""Rows as what the API tells of them: their record, their addresses, and what is computed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse

from announcements import postings
from announcements.entries import Entry
from announcements.models import (
    Announcement,
    Company,
    Concern,
    ConcernType,
    Initiative,
    License,
    Promise,
    Release,
)
from announcements.records import (
    Record,
    company_record,
    concern_record,
    initiative_record,
    promise_record,
    readers_record,
    release_record,
    source_record,
)


@dataclass(frozen=True)
class Context:
    """What an item depends on beside its row."""

    absolute: Callable[[str], str]
    today: date

    def api(self, name: str, key: Any) -> str:
        return self.absolute(reverse(f"announcements:api_{name}", args=[key]))

    def page(self, row: Any) -> str:
        return self.absolute(row.get_absolute_url())

    @cached_property
    def sets(self) -> postings.Postings:
        return postings.current()

    def announced(self, name: str, key: Any) -> int:
        """How many published announcements have this value."""
        return self.sets.having(name, key).intersection_cardinality(self.sets.published)


def moment(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when else ""


def day(when: Any) -> str:
    return str(when or "")


def announcement_item(announcement: Announcement, context: Context) -> Record:
    return {
        **readers_record(announcement),
        "page_url": context.page(announcement),
        "api_url": context.api("announcement", announcement.slug),
        "published_at": moment(announcement.published_at),
        "changed_at": moment(announcement.last_changed),
        "computed": _computed(Entry(announcement, context.today), context),
    }


def _computed(entry: Entry, context: Context) -> Record:
    return {
        "statuses": {row.status: row.count for row in entry.statuses},
        "overdue": entry.days_overdue > 0,
        "days_overdue": entry.days_overdue,
        "days_late": entry.days_late,
        "promises": [
            {"id": promise.pk, "api_url": context.api("promise", promise.pk)}
            | promise_clock(promise, context.today)
            for promise in entry.announcement.promises.all()
        ],
        "releases": [
            {"id": release.pk, "api_url": context.api("release", release.pk)}
            | release_verdict(release)
            for release in entry.announcement.releases.all()
        ],
        "concerns": [
            {"id": concern.pk, "api_url": context.api("concern", concern.pk)}
            for concern in entry.concerns
        ],
    }


def promise_clock(promise: Promise, today: date) -> Record:
    """What follows from the story of a promise."""
    days_overdue = promise.days_overdue(today)
    return {
        "status": promise.status,
        "status_on": day(promise.status_on),
        "due_latest": day(promise.due_latest),
        "delivered_on": day(promise.delivered_on),
        "overdue": days_overdue > 0,
        "days_overdue": days_overdue,
        "days_late": promise.days_late(),
    }


def release_verdict(release: Release) -> Record:
    """What follows from the components of a release and their licenses."""
    return {
        "level": release.level,
        "level_is_at_least": bool(release.assessment.unchecked),
        "mof_class": release.assessment.mof_class,
        "label_gap": release.label_gap,
    }


def brief(announcement: Announcement, context: Context) -> Record:
    """An announcement as others refer to it."""
    return {
        "id": announcement.slug,
        "title": announcement.title,
        "announced_on": day(announcement.announced_on),
        "kind": announcement.kind,
        "page_url": context.page(announcement),
        "api_url": context.api("announcement", announcement.slug),
    }


def company_item(company: Company, context: Context) -> Record:
    return {
        "id": company.slug,
        **company_record(company),
        "announcements": context.announced("company", company.pk),
        "page_url": context.page(company),
        "api_url": context.api("company", company.slug),
    }


def initiative_item(initiative: Initiative, context: Context) -> Record:
    return {
        "id": initiative.slug,
        **initiative_record(initiative),
        "announcements": context.announced("initiative", initiative.pk),
        "page_url": context.page(initiative),
        "api_url": context.api("initiative", initiative.slug),
    }


def _part(row: Any, name: str, context: Context) -> Record:
    """What every part of an announcement says of where it is."""
    return {
        "page_url": context.page(row.announcement),
        "api_url": context.api(name, row.pk),
    }


def promise_item(promise: Promise, context: Context) -> Record:
    return {
        "id": promise.pk,
        "announcement": promise.announcement.slug,
        **promise_record(promise, lambda other: other.is_published),
        **promise_clock(promise, context.today),
        **_part(promise, "promise", context),
    }


def release_item(release: Release, context: Context) -> Record:
    return {
        "id": release.pk,
        "announcement": release.announcement.slug,
        **release_record(release),
        **release_verdict(release),
        **_part(release, "release", context),
    }


def concern_item(concern: Concern, context: Context) -> Record:
    return {
        "id": concern.pk,
        "announcement": concern.announcement.slug,
        **concern_record(concern),
        **_part(concern, "concern", context),
    }


def license_item(license: License, context: Context) -> Record:
    return {
        "id": license.slug,
        "name": license.name,
        "spdx_id": license.spdx_id,
        "osi_approved": license.osi_approved,
        "license_class": license.license_class,
        "restrictions": license.restrictions,
        "threshold": license.threshold,
        "attribution": license.attribution,
        "patent_grant": license.patent_grant,
        "description": license.description,
        "examples": license.examples,
        "url": license.url,
        "checked": license.checked,
        "aliases": license.aliases,
        "announcements": context.announced("license", license.pk),
        "page_url": context.page(license),
        "api_url": context.api("license", license.slug),
    }


def source_item(source: Any, context: Context) -> Record:
    """``cited`` are its citations by published announcements, as ``resources`` loads them."""
    return {
        "id": source.pk,
        **source_record(source),
        "canonical_url": source.canonical_url,
        "announcements": [citation.announcement.slug for citation in source.cited],
        "api_url": context.api("source", source.pk),
    }


def concern_type_item(type: ConcernType | None) -> Record | None:
    if type is None:
        return None
    return {"slug": type.slug, "name": type.name, "definition": type.definition}
