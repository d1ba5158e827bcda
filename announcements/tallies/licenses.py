"""Licenses counted: how often each is met, and whether releases are what their label says."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from announcements.models import Announcement, License, Promise, Release
from announcements.openness import LABEL_RANK
from announcements.tallies.frequencies import announcements_per
from announcements.tallies.ledgers import FEW
from announcements.vocabularies import terms


@dataclass(frozen=True)
class LicenseUse:
    """A license in a set of announcements: how many name it in a promise, and how many released under it."""

    license: License
    named: int
    found: int


def license_use(announcements: QuerySet[Announcement]) -> list[LicenseUse]:
    """Licenses that these announcements name or use, those found most often first."""
    promises = Promise.objects.filter(announcement__in=announcements)
    releases = Release.objects.filter(announcement__in=announcements)
    named = announcements_per(promises, "license")
    found = announcements_per(releases, "license", "components__license")
    licenses = License.objects.filter(pk__in=[key for (key,) in {*named, *found}])
    return sorted(
        (
            LicenseUse(license, named.get((license.pk,), 0), found.get((license.pk,), 0))
            for license in licenses
        ),
        key=lambda use: (-use.found, -use.named, use.license.name.casefold()),
    )


def licenses_by_class() -> list[tuple[str, str, list[License]]]:
    """Name and definition of each class, and its licenses with ``published``: announcements under them."""
    licenses: dict[str, list[License]] = {}
    counts = announcements_per(Release.objects.of_published(), "license", "components__license")
    for license in License.objects.all():
        license.published = counts.get((license.pk,), 0)
        licenses.setdefault(license.license_class, []).append(license)
    return [
        (term["name"], term["definition"], licenses.get(slug, []))
        for slug, term in terms("license_classes").items()
    ]


@dataclass(frozen=True)
class LabelGaps:
    """Releases that their company calls open source, and what was found."""

    called: int
    gaps: int
    """Not open source, whatever is still unchecked."""
    kept: int
    """Open source, as the word says."""

    @property
    def undecided(self) -> int:
        """Parts that decide it are not checked yet."""
        return self.called - self.gaps - self.kept

    @property
    def is_small(self) -> bool:
        return 0 < self.called < FEW


def label_gaps(releases: Iterable[Release]) -> LabelGaps:
    called = [release for release in releases if release.called == Release.Called.OPEN_SOURCE]
    return LabelGaps(
        called=len(called),
        gaps=sum(release.label_gap for release in called),
        kept=sum((release.assessment.rank or 0) >= LABEL_RANK for release in called),
    )
