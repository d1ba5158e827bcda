"""Rows for tests, made through the doors that editors use: name only what matters.

``published()`` is an announcement that readers see; ``promise()``, ``release()``, ``concern()``,
``benefit()`` and ``citation()`` hang on a new one of these unless given an ``announcement``. Licenses
and types are named by their slug and come from the vocabulary.
"""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from announcements import statuses
from announcements.models import (
    Announcement,
    Benefit,
    BenefitType,
    Citation,
    Company,
    Concern,
    ConcernType,
    Initiative,
    License,
    Promise,
    Release,
    ReleaseComponent,
    Source,
    Suggestion,
    Update,
)
from announcements.models.publishing import checked_at_the_end
from announcements.vocabularies import terms

NUMBERS = count(1)


def company(name: str = "", **facts: Any) -> Company:
    name = name or f"Company {next(NUMBERS)}"
    return Company.objects.create(**{"name": name, "legal_name": f"{name}, Inc.", **facts})


def initiative(name: str = "", **facts: Any) -> Initiative:
    name = name or f"Initiative {next(NUMBERS)}"
    if "company" not in facts:
        facts["company"] = company()
    return Initiative.objects.create(**{"name": name, "kind": "library", **facts})


def source(url: str = "", **facts: Any) -> Source:
    url = url or f"https://example.org/{next(NUMBERS)}"
    return Source.objects.get_or_add(url, **{"title": "A page", "publisher": "Example", **facts})[0]


def license(slug: str = "apache-2.0", **facts: Any) -> License:
    """The license of this slug, as the vocabulary has it; a made-up one is as ``facts`` say."""
    row = terms("licenses").get(slug, {"name": slug})
    known = {
        key: row[key] for key in ("name", "osi_approved", "license_class", "aliases") if key in row
    }
    known |= {"spdx_id": row.get("spdx") or "", **facts}
    return License.objects.get_or_create(slug=slug, defaults=known)[0]


def concern_type(slug: str = "misuse") -> ConcernType:
    return _type(ConcernType, "concern_types", slug)


def benefit_type(slug: str = "transparency") -> BenefitType:
    return _type(BenefitType, "benefit_types", slug)


def _type(model: Any, vocabulary: str, slug: str) -> Any:
    row = terms(vocabulary).get(slug, {"name": slug, "definition": "Made up."})
    return model.objects.get_or_create(
        slug=slug, defaults={"name": row["name"], "definition": row["definition"]}
    )[0]


def draft(
    *,
    initiatives: Iterable[Initiative] = (),
    partners: Iterable[Company] = (),
    related: Iterable[Announcement] = (),
    sources: Iterable[Source] | None = None,
    **facts: Any,
) -> Announcement:
    """A draft with all that readers see, unless ``facts`` take some of it away; its evidence is unchecked."""
    number = next(NUMBERS)
    known = {
        "title": f"Announcement {number}",
        "announced_on": "2024-05-08",
        "kind": "program",
        "basis": "company-statement",
        "summary": "What happened.",
    }
    if "company" not in facts:
        facts["company"] = company()
    known |= facts
    is_stub = not all(known[name] for name in ("company", "announced_on", "kind"))
    known.setdefault("state", "stub" if is_stub else "draft")
    announcement = Announcement.objects.create(**known)
    for position, partner in enumerate(partners):
        announcement.partners.create(company=partner, position=position)
    announcement.initiatives.set(initiatives)
    announcement.related.set(related)
    paper = announcement.kind == "research-publication"
    for page in [source(kind="paper" if paper else "other")] if sources is None else sources:
        announcement.citations.create(source=page)
    _what_the_kind_requires(announcement)
    return announcement


def _what_the_kind_requires(announcement: Announcement) -> None:
    if announcement.kind == "intent":
        promise(announcement=announcement)
    if (released := announcement.kind.removesuffix("-release")) in Release.Type:
        release(announcement=announcement, type=released)


def published(**facts: Any) -> Announcement:
    """An announcement that readers see, with the promise, release or paper that its kind requires.

    Published as one from a file is: without the evidence that ``proven()`` has.
    """
    announcement = draft(**facts)
    announcement.publish(evidence_later=True)
    return announcement


def proven(**facts: Any) -> Announcement:
    """A draft with the evidence that publishing it needs."""
    pages = {"company-statement", "repository", "model-page"}
    if facts.get("kind") == "research-publication":
        pages.add("paper")
    checked = [source(kind=kind, checked_on="2024-05-09") for kind in sorted(pages)]
    return draft(**{"sources": checked, **facts})


def citation(announcement: Announcement | None = None, **facts: Any) -> Citation:
    if "source" not in facts:
        facts["source"] = source()
    return Citation.objects.create(announcement=announcement or published(), **facts)


def promise(
    announcement: Announcement | None = None,
    *,
    status: str = "announced",
    story: Iterable[tuple[str, str]] = (),
    license: License | str | None = None,
    **facts: Any,
) -> Promise:
    """A promise that came to ``status``, or with a ``story`` of pairs of date and status."""
    before = [] if status in statuses.FIRST else ["announced"]
    story = story or zip(("2024-05-08", "2024-08-01"), [*before, status], strict=False)
    with checked_at_the_end():
        row = Promise.objects.create(
            **{"title": f"Promise {next(NUMBERS)}", **facts},
            announcement=announcement or published(),
            license=_license(license),
        )
        for happened_on, step in story:
            update(row, status=step, happened_on=happened_on)
    row.refresh_from_db()
    return row


def update(promise: Promise, status: str = "announced", **facts: Any) -> Update:
    """One more step, behind the others."""
    known = {
        "happened_on": "2024-09-01",
        "text": "It happened.",
        "note": "Searched the company's site.",
    }
    return Update.objects.create(promise=promise, status=status, **known | facts)


def release(
    announcement: Announcement | None = None,
    *,
    components: Mapping[str, str] | Iterable[str] = (),
    license: License | str | None = None,
    **facts: Any,
) -> Release:
    """A release with these components: published ones by name, or ``{name: availability}``."""
    row = Release.objects.create(
        **{"name": f"Release {next(NUMBERS)}", **facts},
        announcement=announcement or published(),
        license=_license(license),
    )
    found = (
        components if isinstance(components, Mapping) else dict.fromkeys(components, "published")
    )
    for slug, availability in found.items():
        component(row, slug, availability=availability)
    return Release.objects.get(pk=row.pk)


def component(
    release: Release,
    component: str = "weights",
    *,
    license: License | str | None = None,
    **facts: Any,
) -> ReleaseComponent:
    return ReleaseComponent.objects.create(
        **{"availability": "published", **facts},
        release=release,
        component=component,
        license=_license(license),
    )


def concern(
    announcement: Announcement | None = None, type: str | None = "misuse", **facts: Any
) -> Concern:
    known = {
        "title": f"Concern {next(NUMBERS)}",
        "text": "What is feared.",
        "raised_by": "A critic",
    }
    known |= {"note": "" if type else "No type fits."}
    if "source" not in facts:
        facts["source"] = source()
    return Concern.objects.create(
        **known | facts,
        announcement=announcement or published(),
        type=concern_type(type) if type else None,
    )


def benefit(
    announcement: Announcement | None = None, type: str = "transparency", **facts: Any
) -> Benefit:
    return Benefit.objects.create(
        **{"text": "What is hoped.", "claimed_by": "The company", **facts},
        announcement=announcement or published(),
        type=benefit_type(type),
    )


def suggestion(
    announcement: Announcement | None = None, about: str = "date", **facts: Any
) -> Suggestion:
    """What a reader says of an announcement; ``about="new"`` is of one that is missing."""
    known: dict[str, Any] = {
        "text": f"It was day {next(NUMBERS)}.",
        "source": "https://example.org/says",
    }
    if about == "new":
        known["title"] = f"Missing {next(NUMBERS)}"
    else:
        known["announcement"] = announcement or published()
    return Suggestion.objects.keep(**{**known, "about": about, **facts})


def _license(given: License | str | None) -> License | None:
    return license(given) if isinstance(given, str) else given
