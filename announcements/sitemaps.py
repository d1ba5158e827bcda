"""The public pages for crawlers, by the sitemap protocol (https://www.sitemaps.org/protocol.html).

Only announcements say when they changed last: every write notes it for each one that it touches. What
the other pages show changes with far more than their own row, and a date that is wrong is worse than none.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from announcements.models import Announcement, Company, ConcernType, Initiative, License
from announcements.models.version import Change


class AnnouncementPages(Sitemap):
    def items(self) -> QuerySet[Any]:
        change = Change.objects.order_by().filter(announcement_key=OuterRef("pk"))
        changed = Subquery(change.values("version__written_at"))
        # In the order of an index: a page of 50,000 reads no more than these and those before it.
        rows = Announcement.objects.published().oldest_first()
        return rows.only("slug").annotate(changed=changed)

    def lastmod(self, item: Any) -> datetime | None:
        changed: datetime | None = item.changed
        return changed

    def get_latest_lastmod(self) -> datetime | None:
        """When any announcement changed last, those among them that left the list by it.

        Django would read every item for it.
        """
        # By "version" Django would sort all changes by the ordering of the versions.
        changes = Change.objects.order_by("-version_id")
        return changes.values_list("version__written_at", flat=True).first()


class CompanyPages(Sitemap):
    def items(self) -> QuerySet[Any]:
        return Company.objects.public().order_by("pk").only("slug")


class InitiativePages(Sitemap):
    def items(self) -> QuerySet[Any]:
        return Initiative.objects.public().order_by("pk").only("slug")


class ConcernPages(Sitemap):
    def items(self) -> QuerySet[Any]:
        return ConcernType.objects.order_by("pk").only("slug")


class LicensePages(Sitemap):
    def items(self) -> QuerySet[Any]:
        return License.objects.order_by("pk").only("slug")


class Pages(Sitemap):
    """Those that there is one of."""

    NAMES: ClassVar = (
        "overview",
        "announcement_list",
        "calendar",
        "company_list",
        "company_compare",
        "initiative_list",
        "concern_list",
        "license_list",
        "data",
        "examples",
        "api_docs",
        "about",
    )

    def items(self) -> Sequence[str]:
        return list(self.NAMES)

    def location(self, item: str) -> str:
        return reverse(f"announcements:{item}")


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "announcements": AnnouncementPages,
    "companies": CompanyPages,
    "initiatives": InitiativePages,
    "concerns": ConcernPages,
    "licenses": LicensePages,
    "pages": Pages,
}
