"""An announcement, and the data as a whole, for programs that read pages: schema.org as JSON-LD.

An entry of the tracker is an ``Article``: search engines name that type in their guides and require no
property of it. ``Report`` and ``Claim`` are nearer the thing, but not among the types they name, and
``ClaimReview`` asks for a rating, which this site never gives. The article is about the companies, and
its sources are its citations. The trail to the page is a ``BreadcrumbList``.
The data as a whole is a ``Dataset``; search engines for data sets require a name and a description of 50
to 5000 characters.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.safestring import SafeString

from announcements import site
from announcements.models import Announcement, Citation, Company, Source
from announcements.models.version import DataVersion
from announcements.shapes import SHAPES, Shape

Node = dict[str, Any]
Absolute = Callable[[str], str]
"""Makes an address of this site absolute."""

KEYWORDS = [
    "artificial intelligence",
    "open source",
    "open-weight models",
    "corporate announcements",
    "promises",
    "licenses",
]
MEASURED = [
    "status of each promise",
    "days overdue and days late",
    "license of each release",
    "openness of each component",
    "concerns raised, by type",
    "benefits claimed, by type",
]

ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def data_block(data: Node) -> SafeString:
    """Data as the inside of a script element, which no text in it can end."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def structured_data(
    announcement: Announcement, sources: Iterable[Source], absolute: Absolute
) -> Node:
    """An announcement loaded with ``for_reading``, and its sources in their order, as JSON-LD."""
    return {
        "@context": "https://schema.org",
        "@graph": [
            _article(announcement, sources, absolute),
            _trail(announcement, absolute),
        ],
    }


@dataclass(frozen=True)
class ReadyFile:
    """A file of the whole data that lies ready; its size is in bytes."""

    words: str
    media_type: str
    path: str
    size: int
    sha256: str


def dataset(absolute: Absolute, ready: Iterable[ReadyFile] = ()) -> Node:
    """The whole data with the files that it can be taken away in, those that lie ready first, as JSON-LD."""
    address = absolute(reverse("announcements:data"))
    ours = _ours(absolute)
    newest = DataVersion.objects.order_by("-number").first()
    described = {
        "@type": "Dataset",
        "@id": f"{address}#dataset",
        "url": address,
        "name": site.NAME,
        "description": f"{site.PURPOSE} Every fact names its source.",
        "license": site.DATA_LICENSE,
        "creator": ours,
        "publisher": ours,
        "isAccessibleForFree": True,
        "inLanguage": "en-US",
        "keywords": KEYWORDS,
        "variableMeasured": MEASURED,
        "temporalCoverage": _temporal_coverage(),
        "dateModified": _moment(newest and newest.written_at),
        "distribution": [
            *(_ready(file, absolute) for file in ready),
            *(_download(shape, absolute) for shape in SHAPES if shape.kind == "file"),
        ],
    }
    return {"@context": "https://schema.org", "@graph": [_filled(described)]}


def _temporal_coverage() -> str:
    """The days of the first and the last announcement, as an interval of ISO 8601."""
    days = Announcement.objects.published().aggregate(first=Min("first_day"), last=Max("first_day"))
    return f"{days['first']}/{days['last']}" if days["first"] else ""


def _ready(file: ReadyFile, absolute: Absolute) -> Node:
    return {
        "@type": "DataDownload",
        "name": file.path.rpartition("/")[2],
        "description": file.words,
        "encodingFormat": file.media_type,
        "contentUrl": absolute(file.path),
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _download(shape: Shape, absolute: Absolute) -> Node:
    return {
        "@type": "DataDownload",
        "name": shape.title,
        "description": shape.words,
        "encodingFormat": shape.media_type,
        "contentUrl": absolute(reverse(f"announcements:{shape.name}")),
    }


def _ours(absolute: Absolute) -> Node:
    return {
        "@type": "Organization",
        "@id": absolute("/") + "#site",
        "name": site.NAME,
        "url": absolute("/"),
    }


def _article(announcement: Announcement, sources: Iterable[Source], absolute: Absolute) -> Node:
    address = absolute(announcement.get_absolute_url())
    ours = _ours(absolute)
    return _filled(
        {
            "@type": "Article",
            "@id": f"{address}#article",
            "url": address,
            "mainEntityOfPage": address,
            "headline": announcement.title,
            "abstract": announcement.summary,
            "image": absolute(reverse("announcements:preview", args=[announcement.slug])),
            "inLanguage": "en-US",
            "isAccessibleForFree": True,
            "datePublished": _moment(announcement.published_at),
            "dateModified": _moment(announcement.last_changed),
            "temporalCoverage": str(announcement.announced_on or ""),
            "author": ours,
            "publisher": ours,
            "license": site.DATA_LICENSE,
            "about": [_company(company) for company in announcement.companies],
            "mentions": [
                _filled({"@type": "Thing", "name": initiative.name, "url": initiative.url})
                for initiative in announcement.initiatives.all()
            ],
            "citation": [_source(source) for source in sources],
            "isBasedOn": [
                citation.source.url
                for citation in announcement.citations.all()
                if citation.supports == Citation.Supports.ANNOUNCEMENT
            ],
        }
    )


def _company(company: Company) -> Node:
    return _filled(
        {
            "@type": "Organization",
            "name": company.name,
            "legalName": company.legal_name,
            "alternateName": [former.name for former in company.former_names.all()],
            "url": company.website,
        }
    )


def _source(source: Source) -> Node:
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else {}
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "archivedAt": source.archived_url,
            "datePublished": str(source.published_on or ""),
            "inLanguage": source.language,
            "publisher": publisher,
        }
    )


def _trail(announcement: Announcement, absolute: Absolute) -> Node:
    steps = [("Announcements", reverse("announcements:announcement_list"))]
    if company := announcement.company:
        steps.append((company.name, company.get_absolute_url()))
    steps.append((announcement.title, announcement.get_absolute_url()))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}


def _moment(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
