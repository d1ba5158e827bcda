"""Rows of the database as records."""

from collections.abc import Callable
from typing import Any

from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Company,
    Concern,
    FormerName,
    Initiative,
    Promise,
    Release,
    Source,
    Update,
)
from announcements.records.schemas import Record


def company_record(company: Company) -> Record:
    return {
        "name": company.name,
        "legal_name": company.legal_name,
        "former_names": [former.name for former in company.former_names.all()],
        **_filled(
            former_names_used={
                former.name: used
                for former in company.former_names.all()
                if (used := _time(former))
            }
        ),
        "country": str(company.country or ""),
        "website": company.website,
        "description": company.description,
        "founded": str(company.founded or ""),
    }


def _anything(announcement: Announcement) -> bool:
    return True


def announcement_record(
    announcement: Announcement, may_name: Callable[[Announcement], bool] = _anything
) -> Record:
    """The record of an announcement; load it with ``for_records`` to keep the queries few.

    It names no other announcement but those that it ``may_name``.
    """
    return {
        "id": announcement.slug,
        "title": announcement.title,
        "companies": [company.full_name for company in announcement.companies],
        "announced_on": str(announcement.announced_on or ""),
        "kind": announcement.kind,
        "basis": announcement.basis,
        "summary": announcement.summary,
        **_filled(note=announcement.note),
        "initiatives": [
            initiative_record(initiative) for initiative in announcement.initiatives.all()
        ],
        "promises": [promise_record(promise, may_name) for promise in announcement.promises.all()],
        "releases": [release_record(release) for release in announcement.releases.all()],
        "concerns": [concern_record(concern) for concern in announcement.concerns.all()],
        "benefits": [_benefit(benefit) for benefit in announcement.benefits.all()],
        "sources": [_source(citation) for citation in announcement.citations.all()],
        **_filled(
            related=sorted(
                related.slug for related in announcement.related.all() if may_name(related)
            )
        ),
    }


def readers_record(announcement: Announcement) -> Record:
    """The record of a published announcement without a word of those that are not."""
    return announcement_record(announcement, may_name=lambda other: other.is_published)


def editors_record(announcement: Announcement) -> Record:
    """The record with what only editors see of it: whether readers do."""
    slug = announcement.slug
    return {"id": slug, "state": announcement.state, **announcement_record(announcement)}


def _filled(**optional: Any) -> Record:
    return {key: value for key, value in optional.items() if value}


def _time(former: FormerName) -> Record:
    return _filled(used_from=str(former.used_from or ""), used_until=str(former.used_until or ""))


def _due(row: Promise | Update) -> Record:
    return _filled(
        due_from=str(row.due_from or ""), due_to=str(row.due_to or ""), due_words=row.due_words
    )


def promise_link(promise: Promise | None) -> str:
    """How a record refers to a promise of another announcement: its id, "#", its number from 1."""
    if promise is None:
        return ""
    siblings = [sibling.pk for sibling in promise.announcement.promises.all()]
    return f"{promise.announcement.slug}#{siblings.index(promise.pk) + 1}"


def promise_record(
    promise: Promise, may_name: Callable[[Announcement], bool] = _anything
) -> Record:
    """The promise's part of its announcement's record."""

    def link(other: Promise | None) -> str:
        return promise_link(other) if other and may_name(other.announcement) else ""

    return {
        "title": promise.title,
        **_filled(parts=promise.parts, license=promise.license and promise.license.slug),
        **_due(promise),
        **_filled(
            condition=promise.condition,
            terms=promise.terms,
            superseded_by=link(promise.superseded_by),
            renews=link(promise.renews),
        ),
        "updates": [
            {
                "date": str(update.happened_on),
                "status": update.status,
                "text": update.text,
                "source": update.source.url if update.source else "",
                **_filled(note=update.note, reason=update.reason),
                **_due(update),
            }
            for update in promise.updates.all()
        ],
    }


def release_record(release: Release) -> Record:
    return {
        "name": release.name,
        "type": release.type,
        "released_on": str(release.released_on or ""),
        "url": release.url,
        "license": release.license.slug if release.license else None,
        **_filled(license_note=release.license_note, called=release.called),
        "components": {
            component.component: {
                "state": component.availability,
                **_filled(
                    license=component.license and component.license.slug,
                    url=component.url,
                    checked_on=str(component.checked_on or ""),
                    note=component.note,
                ),
            }
            for component in release.components.all()
        },
    }


def concern_record(concern: Concern) -> Record:
    return {
        "type": concern.type.slug if concern.type else None,
        **_filled(further_types=[further.slug for further in concern.further_types.all()]),
        "title": concern.title,
        "text": concern.text,
        "raised_by": concern.raised_by,
        "raised_on": str(concern.raised_on or ""),
        "source": concern.source.url if concern.source else "",
        **_filled(
            status=concern.status if concern.status != Concern.Status.OPEN else "",
            stance=concern.stance,
            answer=concern.answer,
            answered_on=str(concern.answered_on or ""),
            answer_source=concern.answer_source and concern.answer_source.url,
            note=concern.note,
        ),
    }


def _benefit(benefit: Benefit) -> Record:
    return {
        "type": benefit.type.slug,
        "text": benefit.text,
        "claimed_by": benefit.claimed_by,
        **_filled(claimant=benefit.claimant, support=benefit.support),
        "source": benefit.source.url if benefit.source else "",
    }


def _source(citation: Citation) -> Record:
    return {**source_record(citation.source), "supports": citation.supports}


def source_record(source: Source) -> Record:
    """What a record says of a page, whatever cites it."""
    return {
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "published_on": str(source.published_on or ""),
        "kind": source.kind,
        **_filled(
            language=source.language,
            archived_url=source.archived_url,
            checked_on=str(source.checked_on or ""),
            derived_from=source.derived_from and source.derived_from.url,
            note=source.note,
        ),
    }


def initiative_record(initiative: Initiative) -> Record:
    return {
        "name": initiative.name,
        "kind": initiative.kind,
        "company": initiative.company.full_name,
        "url": initiative.url,
        **_filled(description=initiative.description),
    }
