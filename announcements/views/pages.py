"""The method, the data, and the shape of a record."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from announcements.examples import EXAMPLES
from announcements.exports import downloads
from announcements.filters import AnnouncementFilter
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.models import (
    Announcement,
    BenefitType,
    Company,
    ConcernType,
    Initiative,
    License,
    Release,
    Source,
)
from announcements.records import announcement_schema
from announcements.records.flat import COLUMNS
from announcements.records.tables import FORMAT_VERSION
from announcements.shapes import SHAPES
from announcements.statuses import FIRST, TRANSITIONS
from announcements.structured_data import ReadyFile, data_block, dataset
from announcements.tallies import FEW
from announcements.vocabularies import Term, terms, vocabularies

VALUES = {
    "q": "words, in any order",
    "company": "the last part of a company's address, such as meta",
    "concern": "the last part of a concern type's address, such as misuse",
    "initiative": "the last part of an initiative's address, such as pytorch",
    "license": "the last part of a license's address, such as apache-2.0",
    "benefit": "a type of benefit, such as transparency",
    "country": "two letters, such as us",
    "after": "2023, 2023-10 or 2023-10-18",
    "before": "2023, 2023-10 or 2023-10-18",
    "page": "a whole number from 1",
}
"""What the filters take whose values differ from database to database."""


@for_reading
@asked_again
def about(request: HttpRequest) -> HttpResponse:
    """The words the tracker uses, as defined, and the rules by which verdicts are reached."""
    context = {
        "section": "about",
        "words": vocabularies(),
        "statuses": _statuses(),
        "first": [terms("delivery_statuses")[slug]["name"] for slug in FIRST],
        "levels": [(label, _levels(slug)) for slug, label in Release.Type.choices],
        "few": FEW,
        "concern_types": ConcernType.objects.all(),
        "benefit_types": BenefitType.objects.all(),
    }
    return render(request, "announcements/about.html", context)


def _statuses() -> list[dict[str, Any]]:
    """Each status of a promise with those that may follow and what the change needs."""
    words = terms("delivery_statuses")
    return [
        {
            "term": term,
            "changes": [
                (words[after]["name"], needs) for after, needs in TRANSITIONS[slug].items()
            ],
        }
        for slug, term in words.items()
    ]


def _levels(release_type: str) -> list[Term]:
    """The levels of one type of release, the most open first, their rules in plain words."""
    levels = [row for row in vocabularies()["levels"] if row["release_type"] == release_type]
    return [
        {**row, "rule": row["rule"].replace("_", " ")}
        for row in sorted(levels, key=lambda row: -row["rank"])
    ]


@for_reading
@partial(asked_again, also=downloads.trace)
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken away, under which license, and by which addresses."""
    latest = downloads.latest()
    context = {
        "section": "data",
        "address": request.build_absolute_uri("/"),
        "structured_data": data_block(dataset(request.build_absolute_uri, _ready(latest))),
        "filters": [
            {
                "name": name,
                "label": row.label,
                "values": _fixed_values(row.extra.get("choices")),
                "words": VALUES.get(name, ""),
            }
            for name, row in AnnouncementFilter.base_filters.items()
        ],
        "files": [
            {"shape": shape, "address": reverse(f"announcements:{shape.name}")}
            for shape in SHAPES
            if shape.kind == "file"
        ],
        "columns": COLUMNS,
        "latest": latest,
        "format_version": FORMAT_VERSION,
        "announcements": Announcement.objects.published().count(),
        "companies": Company.objects.public().count(),
        "initiatives": Initiative.objects.public().count(),
        "licenses": License.objects.count(),
        "sources": Source.objects.filter(
            citations__announcement__state=Announcement.State.PUBLISHED
        )
        .distinct()
        .count(),
    }
    return render(request, "announcements/data.html", context)


def _ready(latest: downloads.Latest | None) -> list[ReadyFile]:
    return [
        ReadyFile(
            words=file.kind.words,
            media_type=file.kind.media_type,
            path=reverse("announcements:download", args=[file.name]),
            size=file.size,
            sha256=file.sha256,
        )
        for file in (latest.files if latest else ())
    ]


def _fixed_values(choices: Any) -> list[str]:
    """The slugs a filter takes, if they are the same in every database."""
    return [slug for slug, _ in choices] if isinstance(choices, list) else []


@for_reading
@asked_again
def examples(request: HttpRequest) -> HttpResponse:
    """How the data is taken into a shell, a notebook or a spreadsheet."""
    here = request.build_absolute_uri("/")
    context = {
        "section": "data",
        "examples": [
            {
                "slug": example.slug,
                "title": example.title,
                "words": example.words,
                "code": example.at(here),
            }
            for example in EXAMPLES
        ],
    }
    return render(request, "announcements/examples.html", context)


@for_reading
@asked_again
def record_schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of an announcement's record."""
    return JsonResponse(
        announcement_schema(),
        content_type="application/schema+json",
        json_dumps_params={"indent": 2},
    )
