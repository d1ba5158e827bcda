"""The vocabularies that editors can add to, as rows: concern types, benefit types, licenses."""

from typing import Any

from django.db import models, transaction

from announcements.models import BenefitType, ConcernType, License
from announcements.vocabularies import Term, terms


def load_vocabularies() -> dict[str, int]:
    """Add the rows that are not there yet and leave the others as editors have them; counts by noun."""
    with transaction.atomic():
        return {
            "concern types": _add(ConcernType, "concern_types", _concern_type),
            "benefit types": _add(BenefitType, "benefit_types", _benefit_type),
            "licenses": _add(License, "licenses", _license),
        }


def _add(model: type[models.Model], vocabulary: str, values: Any) -> int:
    known = set(model._default_manager.values_list("slug", flat=True))
    names = set(model._default_manager.values_list("name", flat=True))
    new = [
        model(slug=slug, name=term["name"], **values(place, term))
        for place, (slug, term) in enumerate(terms(vocabulary).items())
        if slug not in known and term["name"] not in names
    ]
    for row in new:
        row.full_clean()
    model._default_manager.bulk_create(new)
    return len(new)


def _concern_type(place: int, term: Term) -> dict[str, Any]:
    return {
        "definition": term["definition"],
        "use_instead": term["use_instead"],
        "keywords": term["keywords"],
        "founding": bool(term["founding_concern"]),
        "mit_subdomains": term["mit_subdomains"],
        "nist_ai_600_1": term["nist_ai_600_1"],
        "other_sources": term["other_sources"],
        "position": place,
    }


def _benefit_type(place: int, term: Term) -> dict[str, Any]:
    return {
        "definition": term["definition"],
        "group": term["group"],
        "keywords": term["keywords"],
        "position": place,
    }


def _license(_: int, term: Term) -> dict[str, Any]:
    return {
        "spdx_id": term["spdx"] or "",
        "osi_approved": term["osi_approved"],
        "license_class": term["license_class"],
        "restrictions": term["restrictions"],
        "threshold": term["threshold"] or "",
        "attribution": term["attribution"],
        "patent_grant": term["patent_grant"],
        "examples": term["examples"],
        "description": term["description"],
        "url": term["source"],
        "checked": term["checked"],
        "aliases": term["aliases"],
    }
