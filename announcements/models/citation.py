"""Which sources an announcement rests on, and what each of them is evidence of."""

from django.db import models

from announcements.models.base import Part
from announcements.models.fields import known_constraint
from announcements.models.source import Source


class Citation(Part):
    """One source of one announcement; its place in the list is its number on the page."""

    class Supports(models.TextChoices):
        ANNOUNCEMENT = "announcement", "What was announced"
        DELIVERY = "delivery", "What could be obtained"
        LICENSE = "license", "The license"
        CONCERN = "concern", "A concern"
        BENEFIT = "benefit", "A benefit"
        CONTEXT = "context", "Context"

    source = models.ForeignKey(Source, models.PROTECT, related_name="citations")
    supports = models.CharField(
        "evidence of",
        max_length=12,
        choices=Supports,
        default=Supports.ANNOUNCEMENT,
        help_text="What this source is mainly evidence of here.",
    )

    class Meta(Part.Meta):
        constraints = (
            known_constraint(
                "citation",
                "supports",
                "announcement",
                "delivery",
                "license",
                "concern",
                "benefit",
                "context",
            ),
            models.UniqueConstraint(
                fields=("announcement", "source"),
                name="citation_once_per_announcement",
                violation_error_message="This source is in the list already.",
            ),
        )

    def __str__(self) -> str:
        return str(self.source)
