"""Addresses that records had before: of their own pages here, and of the pages that sources are."""

from typing import ClassVar

from django.db import models

from announcements.models.announcement import Announcement
from announcements.models.base import WatchedModel, Watchers
from announcements.models.company import Company
from announcements.models.concern import ConcernType
from announcements.models.initiative import Initiative
from announcements.models.license import License
from announcements.models.publishing import touch
from announcements.models.source import Source


class FormerAddress(WatchedModel):
    """What leads to a record although the record has another address now; nothing else can take it."""

    ATTRIBUTE: ClassVar[str]
    """The record's field in which the address stood, and the row's own in which it stands."""

    class Meta:
        abstract = True
        ordering = ("pk",)
        verbose_name = "former address"
        verbose_name_plural = "former addresses"

    def __str__(self) -> str:
        return str(getattr(self, self.ATTRIBUTE))

    @classmethod
    def watchers(cls) -> Watchers:
        return {"record_id": lambda _: touch(())}


class FormerSlug(FormerAddress):
    """The last part of the address of a page of this site."""

    ATTRIBUTE = "slug"

    slug = models.CharField(max_length=120, unique=True)

    class Meta(FormerAddress.Meta):
        abstract = True


class FormerCompanyAddress(FormerSlug):
    record = models.ForeignKey(Company, models.CASCADE, related_name="former_addresses")


class FormerInitiativeAddress(FormerSlug):
    record = models.ForeignKey(Initiative, models.CASCADE, related_name="former_addresses")


class FormerAnnouncementAddress(FormerSlug):
    record = models.ForeignKey(Announcement, models.CASCADE, related_name="former_addresses")


class FormerConcernTypeAddress(FormerSlug):
    record = models.ForeignKey(ConcernType, models.CASCADE, related_name="former_addresses")


class FormerLicenseAddress(FormerSlug):
    record = models.ForeignKey(License, models.CASCADE, related_name="former_addresses")


class FormerSourceAddress(FormerAddress):
    """The canonical address of a page that turned out to be the same as another: it leads to that source."""

    ATTRIBUTE = "canonical_url"

    canonical_url = models.CharField(max_length=2000, unique=True)
    record = models.ForeignKey(Source, models.CASCADE, related_name="former_addresses")
