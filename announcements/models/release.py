"""Releases: what could then be obtained, part by part, and how open that is."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from announcements import openness
from announcements.models.base import Part, WatchedModel, WatchedQuerySet, Watchers
from announcements.models.fields import (
    AddressField,
    PartialDateField,
    address_constraint,
    known_constraint,
)
from announcements.models.license import License
from announcements.models.publishing import check, note
from announcements.vocabularies import terms

NO_LICENSE_CLASS = License.Class.UNCLEAR.value
NOT_CHECKED = "unknown"
"""Slug of the license that stands for "not checked"."""


class ReleaseQuerySet(WatchedQuerySet):
    def under(self, licenses: Iterable[Any]) -> Self:
        """Releases of which anything came under one of these licenses (primary keys or a queryset)."""
        part = ReleaseComponent.objects.filter(release=models.OuterRef("pk"), license__in=licenses)
        return self.filter(Q(license__in=licenses) | models.Exists(part))

    def of_published(self) -> Self:
        return self.filter(announcement__state="published")


class Release(Part):
    """One thing that could be obtained; ``level`` is kept by ``derive`` and never typed."""

    class Type(models.TextChoices):
        MODEL = "model", "Model"
        SOFTWARE = "software", "Software"
        DATASET = "dataset", "Data set"

    class Called(models.TextChoices):
        NOTHING = "", "Not recorded"
        OPEN_SOURCE = "open-source", "Open source"
        OPEN_WEIGHTS = "open-weights", "Open weights"
        OTHER = "other", "Another word"

    class Level(models.TextChoices):
        NOT_ASSESSED = "not-assessed", "Not assessed"
        CLOSED = "closed", "Closed"
        DOCUMENTS_OR_CODE = "documents-or-code", "Documents or code only"
        RESTRICTED_WEIGHTS = "restricted-weights", "Weights with limits"
        RESTRICTED_DATA = "restricted-data", "Data with limits"
        SOURCE_AVAILABLE = "source-available", "Source with limits"
        OPEN_WEIGHTS = "open-weights", "Open weights"
        OPEN_DATA = "open-data", "Open data"
        OPEN_SOURCE = "open-source", "Open source"
        OPEN_SCIENCE = "open-science", "Open science"

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=10, choices=Type, default=Type.MODEL)
    released_on = PartialDateField(null=True, blank=True)
    url = AddressField("address", blank=True, help_text="Where it can be obtained.")
    license = models.ForeignKey(
        License,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="releases",
        verbose_name="license found",
        help_text="Of everything in it, unless a component says otherwise. Empty: not checked, counts as unclear.",
    )
    license_note = models.CharField(
        max_length=300, blank=True, help_text="MIT until 3 January 2020."
    )
    called = models.CharField(
        "the company's word",
        max_length=20,
        choices=Called,
        blank=True,
        help_text="What the company itself calls it. Shown beside what was found.",
    )
    level = models.CharField(
        max_length=20, choices=Level, default=Level.NOT_ASSESSED, editable=False
    )

    objects: ClassVar = ReleaseQuerySet.as_manager()

    class Meta(Part.Meta):
        indexes = (models.Index(fields=("level",), name="release_level"),)
        constraints = (
            models.CheckConstraint(name="release_has_name", condition=~Q(name="")),
            known_constraint("release", "type", "model", "software", "dataset"),
            known_constraint("release", "called", "", "open-source", "open-weights", "other"),
            known_constraint("release", "level", *terms("levels")),
            address_constraint("release", "url"),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def states(self) -> dict[str, str]:
        """The state of each component that applies to this type, in the vocabulary's order."""
        return {slug: self._state_of(slug) for slug in openness.COMPONENTS[self.type]}

    @cached_property
    def assessment(self) -> openness.Assessment:
        return openness.assess(self.type, self.states, self._class_of("source_code"))

    @property
    def label_gap(self) -> bool:
        """The company says open source, and what was found is not; two facts, no accusation.

        Never claimed while an unread license could close it.
        """
        unread = {slug for slug in self.states if self._license_is_unread(slug)}
        known = {slug: state for slug, state in self.states.items() if slug not in unread}
        assessment = openness.assess(self.type, known, self._class_of("source_code"))
        return openness.label_gap(self.called, assessment)

    @cached_property
    def _recorded(self) -> dict[str, "ReleaseComponent"]:
        return {row.component: row for row in self.components.all()}

    def _state_of(self, slug: str) -> str:
        if slug not in self._recorded:
            return openness.UNKNOWN
        availability = self._recorded[slug].availability
        return openness.component_state(slug, availability, self._class_of(slug))

    def _license_of(self, slug: str) -> License | None:
        row = self._recorded.get(slug)
        return (row.license if row else None) or self.license

    def _class_of(self, slug: str) -> str:
        license = self._license_of(slug)
        return license.license_class if license else NO_LICENSE_CLASS

    def _license_is_unread(self, slug: str) -> bool:
        row, license = self._recorded.get(slug), self._license_of(slug)
        is_published = row is not None and row.availability == "published"
        return is_published and (license is None or license.slug == NOT_CHECKED)

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": cls.derive, **super().watchers()}

    @classmethod
    def derive(cls, keys: set[Any]) -> None:
        """The level, from the components and the classes of their licenses."""
        rows: models.QuerySet[Any] = models.QuerySet(cls).filter(pk__in=keys)
        list(rows.order_by("pk").select_for_update().values_list("pk"))
        for release in rows.select_related("license").prefetch_related("components__license"):
            level = release.assessment.level
            if release.level != level:
                rows.filter(pk=release.pk).update(level=level)
        note(cls, keys)
        check(set(rows.values_list("announcement_id", flat=True)))


class ReleaseComponent(WatchedModel):
    """One part of a release: whether it can be had, where, and under which license."""

    class Availability(models.TextChoices):
        UNKNOWN = "unknown", "Not checked"
        NONE = "none", "Looked for, not published"
        LIMITED = "limited", "In part, or only on request"
        PUBLISHED = "published", "Complete, for anyone"

    class Component(models.TextChoices):
        WEIGHTS = "weights", "Model weights"
        INFERENCE_CODE = "inference_code", "Code to run it"
        TRAINING_CODE = "training_code", "Training code"
        TRAINING_DATA = "training_data", "Training data"
        DATA_DOCUMENTATION = "data_documentation", "Data documentation"
        EVALUATION_CODE = "evaluation_code", "Evaluation code and test data"
        EVALUATION_RESULTS = "evaluation_results", "Evaluation results"
        TECHNICAL_REPORT = "technical_report", "Technical report or paper"
        MODEL_CARD = "model_card", "Model card"
        CHECKPOINTS = "checkpoints", "Intermediate checkpoints"
        SOURCE_CODE = "source_code", "Source code"

    release = models.ForeignKey(Release, models.CASCADE, related_name="components")
    component = models.CharField(max_length=20, choices=Component)
    availability = models.CharField(
        max_length=10, choices=Availability, default=Availability.UNKNOWN
    )
    license = models.ForeignKey(
        License,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="components",
        help_text="Only if it differs from the release's.",
    )
    url = AddressField("address", blank=True)
    checked_on = models.DateField("checked on", null=True, blank=True)
    note = models.CharField(
        max_length=300, blank=True, help_text="Where was looked, and what was found."
    )

    class Meta:
        ordering = ("pk",)
        verbose_name = "component"
        constraints = (
            models.UniqueConstraint(
                fields=("release", "component"),
                name="component_once_per_release",
                violation_error_message="This component is in the release already.",
            ),
            models.CheckConstraint(
                name="component_known", condition=Q(component__in=[*terms("components")])
            ),
            models.CheckConstraint(
                name="component_availability_known",
                condition=Q(availability__in=openness.AVAILABILITIES),
            ),
            address_constraint("component", "url"),
        )

    def __str__(self) -> str:
        return self.get_component_display()

    @classmethod
    def watchers(cls) -> Watchers:
        return {"release_id": Release.derive}
