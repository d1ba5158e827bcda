"""Companies, and the names they bore before."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django_countries.fields import CountryField

from announcements.models.base import SluggedModel, WatchedModel, WatchedQuerySet, Watchers
from announcements.models.fields import AddressField, PartialDateField, address_constraint
from announcements.models.publishing import touch
from announcements.partial_dates import PartialDate


class CompanyQuerySet(WatchedQuerySet):
    def public(self) -> Self:
        """What readers may see: all but those that only drafts know.

        Whose initiative readers see is named there, and so may be seen too.
        """
        lead = _rows("Announcement", company=models.OuterRef("pk"))
        partner = _rows("Partner", company=models.OuterRef("pk"))
        runs = _rows("Announcement", initiatives__company=models.OuterRef("pk"))
        shown = (
            models.Exists(lead.filter(state="published"))
            | models.Exists(partner.filter(announcement__state="published"))
            | models.Exists(runs.filter(state="published"))
        )
        return self.filter(shown | ~models.Exists(lead) & ~models.Exists(partner))

    def named(self, name: str) -> Self:
        """Companies that bear or bore this name, legal name or slug, whatever its case."""
        if not name:
            return self.none()
        former = FormerName.objects.filter(company=models.OuterRef("pk"), name__iexact=name)
        return self.filter(
            Q(name__iexact=name)
            | Q(legal_name__iexact=name)
            | Q(slug=name.lower())
            | models.Exists(former)
        )

    def found_by(self, text: str) -> Self:
        """Companies of which every word stands in a name they bear or bore, or in the legal one."""
        found = self
        for word in text.split():
            former = FormerName.objects.filter(company=models.OuterRef("pk"), name__icontains=word)
            found = found.filter(
                Q(name__icontains=word) | Q(legal_name__icontains=word) | models.Exists(former)
            )
        return found


def _rows(model: str, **facts: Any) -> models.QuerySet[Any]:
    return apps.get_model("announcements", model)._default_manager.filter(**facts).order_by()


class Company(WatchedModel, SluggedModel):
    """A company that announces; the record of a promise is kept under the company that made it."""

    RESERVED = frozenset({"compare"})

    name = models.CharField(
        max_length=120, unique=True, help_text="The short name readers know: Meta, Google."
    )
    legal_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="As registered: Meta Platforms, Inc. Empty if no source gives it.",
    )
    country = CountryField(
        blank=True, help_text="Country of the head office. Readers can filter by it."
    )
    website = AddressField(blank=True)
    description = models.TextField(
        blank=True, help_text="One or two sentences, shown on the company's page."
    )
    founded = PartialDateField(null=True, blank=True)

    objects: ClassVar = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "companies"
        permissions = (("merge_company", "Can merge companies"),)
        constraints = (
            models.CheckConstraint(
                name="company_has_names",
                condition=~Q(name="") & ~Q(slug=""),
                violation_error_message="A company has a name and a slug.",
            ),
            models.CheckConstraint(
                name="company_leaves_compare_free",
                condition=~Q(slug="compare"),
                violation_error_message="The address of “compare” is the page that compares companies.",
            ),
            models.UniqueConstraint(
                fields=("legal_name",),
                condition=~Q(legal_name=""),
                name="company_legal_name_unique",
                violation_error_message="Another company has this legal name.",
            ),
            address_constraint("company", "website"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("announcements:company_detail", args=[self.slug])

    @property
    def full_name(self) -> str:
        """The legal name, or the short one where no source gives the legal one."""
        return self.legal_name or self.name

    def former_name_on(self, when: PartialDate | None) -> str:
        """The name that it certainly bore on a date instead of the present one, "" if none is known.

        Load ``former_names`` with the company. Of several names the one that ended first counts, of
        those the one that began last.
        """
        names = [row for row in self.former_names.all() if when and row.covers(when)]
        return min(names, key=lambda row: row.order_in_time).name if names else ""

    def name_on(self, when: PartialDate | None) -> str:
        """The name that it bore on a date, as far as is known."""
        return self.former_name_on(when) or self.name

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": cls.renamed}

    @classmethod
    def renamed(cls, keys: set[Any]) -> None:
        """What these companies announced, alone or with others, shows their names and countries."""
        touch(_rows("Announcement", company__in=keys).values_list("pk", flat=True))
        touch(_rows("Partner", company__in=keys).values_list("announcement_id", flat=True))


class FormerName(WatchedModel):
    """A name a company bore before; searching for it finds the company."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    used_from = PartialDateField("from", null=True, blank=True)
    used_until = PartialDateField(
        "until",
        null=True,
        blank=True,
        help_text="The last day, month or year of the name. Announcements that certainly fall into "
        "its time show this name, with the present one beside it.",
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("company", "name"), name="former_name_once_per_company"
            ),
            models.CheckConstraint(name="former_name_not_empty", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.used_from and self.used_until and self.used_until.certainly_before(self.used_from):
            raise ValidationError({"used_until": "The name ends before it begins."})

    @property
    def order_in_time(self) -> tuple[date, int]:
        """What ended first comes first, of those what began last."""
        begun = self.used_from.earliest if self.used_from else date.min
        return self.used_until.latest if self.used_until else date.max, -begun.toordinal()

    def covers(self, when: PartialDate) -> bool:
        """Whether every day that a date can mean lies in the time of the name.

        A name whose end nobody wrote down covers nothing: it may be of any time.
        """
        if self.used_until is None or when.latest > self.used_until.latest:
            return False
        return self.used_from is None or when.earliest >= self.used_from.earliest

    @classmethod
    def watchers(cls) -> Watchers:
        return {"company_id": Company.renamed}
