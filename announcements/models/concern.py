"""Concerns: what people worry about, who says so, and what the company answered."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from announcements.models.base import FilterValue, Part, WatchedQuerySet
from announcements.models.fields import ListField, PartialDateField, known_constraint
from announcements.models.source import Source


class ConcernType(FilterValue):
    """A kind of worry with its definition; the founding article's three come first."""

    name = models.CharField(max_length=80, unique=True)
    definition = models.TextField(
        help_text="Shown wherever the type can be chosen, to editors and readers."
    )
    use_instead = models.TextField(blank=True, help_text="When another type fits better.")
    keywords = ListField(help_text="Words that point to this type, one per line.")
    founding = models.BooleanField(default=False, help_text="Named by the founding article.")
    mit_subdomains = ListField("MIT AI Risk Repository subdomains")
    nist_ai_600_1 = ListField("NIST AI 600-1 risks")
    other_sources = ListField()
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.CheckConstraint(name="concern_type_named", condition=~Q(name="") & ~Q(slug="")),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("announcements:concern_detail", args=[self.slug])


class ConcernQuerySet(WatchedQuerySet):
    def of_types(self, slugs: list[str]) -> Self:
        """Concerns of one of these types, as their main or a further type."""
        further = Concern.further_types.through.objects.filter(concerntype__slug__in=slugs)
        return self.filter(Q(type__slug__in=slugs) | Q(pk__in=further.values("concern")))

    def of_published(self) -> Self:
        return self.filter(announcement__state="published")


class Concern(Part):
    """One worry about one announcement. The site never raises concerns in its own voice."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        DISPUTED = "disputed", "Disputed"
        RESOLVED = "resolved", "Resolved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Stance(models.TextChoices):
        NOT_ANSWERED = "", "Not answered"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        MEASURE_NAMED = "measure-named", "Measure named"
        REJECTED = "rejected", "Rejected"

    type = models.ForeignKey(
        ConcernType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="concerns",
        help_text="The main type. If none fits, leave it empty and write a note.",
    )
    further_types = models.ManyToManyField(
        ConcernType, blank=True, related_name="further_concerns", help_text="Up to two more."
    )
    title = models.CharField(max_length=160)
    text = models.TextField(help_text="What is feared, in our own words.")
    raised_by = models.CharField(
        max_length=160, blank=True, help_text="A person, an organization, a publication."
    )
    raised_on = PartialDateField(null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="concerns"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    stance = models.CharField("the company's stance", max_length=16, choices=Stance, blank=True)
    answer = models.TextField("the company's answer", blank=True)
    answered_on = PartialDateField(null=True, blank=True)
    answer_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name="source of the answer",
    )
    note = models.TextField(
        blank=True, help_text="For editors: why no type fits, what is still open."
    )

    _history_m2m_fields = ("further_types",)

    objects: ClassVar = ConcernQuerySet.as_manager()

    class Meta(Part.Meta):
        indexes = (models.Index(fields=("type", "status"), name="concern_type_status"),)
        constraints = (
            models.CheckConstraint(
                name="concern_has_words",
                condition=~Q(title="") & ~Q(text=""),
                violation_error_message="A concern has a title and a text.",
            ),
            known_constraint(
                "concern", "status", "open", "answered", "disputed", "resolved", "withdrawn"
            ),
            known_constraint("concern", "stance", "", "acknowledged", "measure-named", "rejected"),
            models.CheckConstraint(
                name="concern_answered_has_answer",
                condition=~Q(status="answered") | ~Q(answer=""),
                violation_error_message="An answered concern shows the company's answer.",
            ),
            models.CheckConstraint(
                name="concern_without_type_has_note",
                condition=Q(type__isnull=False) | ~Q(note=""),
                violation_error_message="If no type fits, say in a note why.",
            ),
        )

    def __str__(self) -> str:
        return self.title
