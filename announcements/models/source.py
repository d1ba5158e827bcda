"""Pages that say so. One page is one source, however its address is spelled."""

from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.models.base import WatchedModel, WatchedQuerySet, Watchers
from announcements.models.fields import (
    AddressField,
    CanonicalAddressField,
    PartialDateField,
    address_constraint,
    known_constraint,
)
from announcements.models.publishing import check
from announcements.vocabularies import terms


class SourceQuerySet(WatchedQuerySet):
    def at(self, address: str) -> "Source | None":
        """The source at this address in any spelling, None if there is none or it is no address.

        An address of a source that was merged into another leads to that one.
        """
        try:
            canonical = canonical_url(address)
        except InvalidAddress:
            return None
        here = Q(canonical_url=canonical)
        found: Source | None = (
            self.filter(here).first()
            or self.filter(former_addresses__canonical_url=canonical).first()
        )
        return found

    def near(self, address: str) -> "SourceQuerySet":
        """Sources of one host with an address whose path begins like its path, or the other way round.

        Queries and fragments do not count. Raises InvalidAddress.
        """
        page = canonical_url(address).partition("#")[0].partition("?")[0]
        _, _, host, *steps = page.split("/")
        above = ["/".join(["https:", "", host, *steps[:end]]) for end in range(1, len(steps))]
        return self.filter(Q(canonical_url__istartswith=page) | Q(canonical_url__in=above))

    def get_or_add(self, address: str, **facts: Any) -> tuple["Source", bool]:
        """The source at this address and whether it is new; two writers at once get the same one.

        ``facts`` are the fields of a new source. Raises ValidationError for what is no address.
        """
        try:
            canonical = canonical_url(address)
        except InvalidAddress as error:
            raise ValidationError({"url": str(error)}) from error
        if known := self.at(address):
            return known, False
        return self.get_or_create(canonical_url=canonical, defaults={"url": address, **facts})


class Source(WatchedModel):
    """A page with what is known about it. No quoted passages: our own summary in one line."""

    class Kind(models.TextChoices):
        COMPANY_STATEMENT = "company-statement", "Company statement"
        OFFICER_POST = "officer-post", "Post or interview by an officer"
        FILING = "filing", "Regulatory or court filing"
        PRESS_NAMED = "press-named", "Press report with named source"
        PRESS_UNNAMED = "press-unnamed", "Press report with unnamed sources"
        REPOSITORY = "repository", "Code repository"
        MODEL_PAGE = "model-page", "Model or data-set page"
        LICENSE_TEXT = "license-text", "License text"
        PAPER = "paper", "Paper or technical report"
        THIRD_PARTY_INDEX = "third-party-index", "Third-party index"
        ARCHIVED_COPY = "archived-copy", "Archived copy"
        OTHER = "other", "Other"

    url = AddressField(
        "address", help_text="Any spelling: the same page is recognized and never recorded twice."
    )
    canonical_url = CanonicalAddressField("canonical address", of="url", unique=True)
    title = models.CharField(max_length=300, blank=True, help_text="As published.")
    publisher = models.CharField(max_length=120, blank=True)
    published_on = PartialDateField(null=True, blank=True)
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        default=Kind.OTHER,
        help_text="Decides how far the source can carry a fact.",
    )
    language = models.CharField(
        max_length=12, blank=True, help_text="A language tag such as en, ko or pt-BR."
    )
    archived_url = AddressField(
        "archived copy", blank=True, help_text="A copy in a web archive; pages vanish."
    )
    checked_on = models.DateField(
        "last checked",
        null=True,
        blank=True,
        help_text="The day an editor last saw that the page says so.",
    )
    derived_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="retellings",
        help_text="The report this one retells. All retellings count as one piece of evidence.",
    )
    note = models.TextField(blank=True, help_text="One line of our own on what the page shows.")

    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        permissions = (("merge_source", "Can merge sources"),)
        constraints = (
            known_constraint("source", "kind", *terms("source_kinds")),
            models.CheckConstraint(
                name="source_has_address", condition=~Q(url="") & ~Q(canonical_url="")
            ),
            models.CheckConstraint(
                name="source_not_its_own_origin",
                condition=Q(derived_from=None) | ~Q(derived_from=models.F("pk")),
                violation_error_message="A source cannot retell itself.",
            ),
            address_constraint("source", "url"),
            address_constraint("source", "archived_url"),
        )

    def __str__(self) -> str:
        publisher = f"{self.publisher}: " if self.publisher else ""
        return f"{publisher}{self.title or self.canonical_url}"

    def clean(self) -> None:
        known = type(self).objects.at(self.url)
        if known and known.pk != self.pk:
            raise ValidationError(
                {"url": f"This page is recorded already, as “{known}” ({known.url})."}
            )

    def get_absolute_url(self) -> str:
        return self.url

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": cls._pages_changed}

    @classmethod
    def _pages_changed(cls, keys: set[Any]) -> None:
        """The canonical address follows the address, and some announcements need a source of one kind."""
        rows: models.QuerySet[Any] = models.QuerySet(cls).filter(pk__in=keys)
        former = apps.get_model("announcements", "FormerSourceAddress").objects
        for source in rows:
            canonical = canonical_url(source.url)
            if source.canonical_url != canonical:
                rows.filter(pk=source.pk).update(canonical_url=canonical)
        taken = former.filter(canonical_url__in=rows.values("canonical_url"))
        for address in taken.select_related("record"):
            raise ValidationError(
                {"url": f"This page is recorded already, as “{address.record}” ({address})."}
            )
        citing = apps.get_model("announcements", "Citation").objects.filter(source__in=keys)
        steps = apps.get_model("announcements", "Update").objects.filter(source__in=keys)
        owners = steps.values_list("promise__announcement_id", flat=True)
        check({*citing.values_list("announcement_id", flat=True), *owners})

    @property
    def strength(self) -> str:
        """How far it can carry that something was announced: strong, weak, none or "as original"."""
        return terms("source_kinds")[self.kind]["announcement"]
