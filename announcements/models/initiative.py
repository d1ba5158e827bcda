"""What companies run or make: PyTorch, Detectron2, FAIR."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse

from announcements.models.base import SluggedModel, WatchedModel, WatchedQuerySet, Watchers
from announcements.models.company import Company
from announcements.models.fields import AddressField, address_constraint, known_constraint
from announcements.models.publishing import touch


class InitiativeQuerySet(WatchedQuerySet):
    def public(self) -> Self:
        """What readers may see: all but those that only drafts know, or whose company only drafts know."""
        announcements = apps.get_model("announcements", "Announcement").objects.order_by()
        about = announcements.filter(initiatives=models.OuterRef("pk"))
        company = Company.objects.public().order_by().filter(pk=models.OuterRef("company"))
        return self.filter(
            models.Exists(about.published()) | ~models.Exists(about) & models.Exists(company)
        )


class Initiative(WatchedModel, SluggedModel):
    """Something lasting that announcements are about."""

    class Kind(models.TextChoices):
        LIBRARY = "library", "Library"
        PLATFORM = "platform", "Platform"
        RESEARCH_GROUP = "research-group", "Research group"
        MODEL_FAMILY = "model-family", "Model family"
        DATASET = "dataset", "Data set"
        STANDARD = "standard", "Standard"
        PROGRAM = "program", "Program"

    name = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=20, choices=Kind, help_text="Readers see it beside the name."
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        related_name="initiatives",
        help_text="The company that runs it, or made it if a foundation runs it now.",
    )
    url = AddressField("address", blank=True)
    description = models.TextField(blank=True)

    objects: ClassVar = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        permissions = (("merge_initiative", "Can merge initiatives"),)
        constraints = (
            known_constraint(
                "initiative",
                "kind",
                "library",
                "platform",
                "research-group",
                "model-family",
                "dataset",
                "standard",
                "program",
            ),
            models.UniqueConstraint(fields=("company", "name"), name="initiative_once_per_company"),
            models.CheckConstraint(name="initiative_named", condition=~Q(name="") & ~Q(slug="")),
            address_constraint("initiative", "url"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("announcements:initiative_detail", args=[self.slug])

    @classmethod
    def watchers(cls) -> Watchers:
        """By way of the announcements themselves: when it is deleted, its links to them are gone first."""
        return {"announcements": cls._renamed}

    def _owners(self) -> set[tuple[Any, ...]]:
        return WatchedQuerySet(type(self)).owners([self.pk])

    @staticmethod
    def _renamed(announcements: set[Any]) -> None:
        touch(announcements - {None})


class FormerInitiativeName(WatchedModel):
    """A name an initiative bore before; searching for it finds what was announced about it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("initiative", "name"), name="former_name_once_per_initiative"
            ),
            models.CheckConstraint(name="former_initiative_name_not_empty", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def watchers(cls) -> Watchers:
        return {"initiative_id": cls._renamed}

    @staticmethod
    def _renamed(keys: set[Any]) -> None:
        announcements = apps.get_model("announcements", "Announcement").objects.order_by()
        touch(announcements.filter(initiatives__in=keys).values_list("pk", flat=True))
