"""Benefits: what is claimed to come of it, and by whom. The site does not rate whether it is true."""

from django.db import models
from django.db.models import Q

from announcements.models.base import FilterValue, Part
from announcements.models.fields import ListField, known_constraint
from announcements.models.source import Source


class BenefitType(FilterValue):
    """A kind of benefit; the founding article's seven come first."""

    name = models.CharField(max_length=80, unique=True)
    definition = models.TextField()
    group = models.CharField(
        max_length=40, blank=True, help_text="Where it comes from: aim, benefit, added."
    )
    keywords = ListField(help_text="Words that point to this type, one per line.")
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("position", "name")
        constraints = (
            models.CheckConstraint(name="benefit_type_named", condition=~Q(name="") & ~Q(slug="")),
        )

    def __str__(self) -> str:
        return self.name


class Benefit(Part):
    """One benefit claimed for one announcement."""

    class Claimant(models.TextChoices):
        COMPANY = "company", "The company"
        PARTNER = "partner", "A partner"
        PRESS = "press", "The press"
        USER = "user", "A user"
        RESEARCHER = "researcher", "A researcher"

    class Support(models.TextChoices):
        ASSERTED = "asserted", "Asserted"
        ARGUED = "argued", "Argued with reasons"
        FIGURES = "figures", "Backed by figures"

    type = models.ForeignKey(BenefitType, models.PROTECT, related_name="benefits")
    text = models.TextField()
    claimed_by = models.CharField(max_length=160)
    claimant = models.CharField("kind of claimant", max_length=10, choices=Claimant, blank=True)
    support = models.CharField(max_length=10, choices=Support, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="benefits"
    )

    class Meta(Part.Meta):
        constraints = (
            known_constraint(
                "benefit", "claimant", "", "company", "partner", "press", "user", "researcher"
            ),
            known_constraint("benefit", "support", "", "asserted", "argued", "figures"),
            models.CheckConstraint(
                name="benefit_has_words",
                condition=~Q(text="") & ~Q(claimed_by=""),
                violation_error_message="Say what is claimed, and by whom.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type}: {self.claimed_by}"
