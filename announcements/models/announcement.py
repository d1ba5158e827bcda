"""Announcements: who said that something would be opened, when, and on whose word."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Cast, Concat, Left
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone

from announcements.models.announcers import Announced
from announcements.models.base import SluggedModel, WatchedModel, WatchedQuerySet, Watchers
from announcements.models.company import Company
from announcements.models.fields import FirstDayField, PartialDateField, known_constraint
from announcements.models.initiative import Initiative
from announcements.models.publishing import check, touch
from announcements.models.states import STATE_CONSTRAINTS, State, Stateful
from announcements.vocabularies import terms


def announced_by(companies: Any) -> Q:
    """The condition that one of these companies (a queryset) announced it, alone or with others."""
    partner = Partner.objects.filter(announcement=OuterRef("pk"), company__in=companies)
    return Q(company__in=companies) | Q(Exists(partner))


def _joined(path: str, model: str, *related: str) -> Any:
    """Rows to prefetch that bring what they refer to in the same query."""
    rows = apps.get_model("announcements", model)._default_manager
    return Prefetch(path, rows.select_related(*related))


READING = (
    "company__former_names",
    "partners__company__former_names",
    "initiatives__company",
    "citations__source",
    "promises__license",
    "promises__updates__source",
    "promises__superseded_by__announcement",
    "promises__renews__announcement",
    "releases__license",
    "releases__components__license",
    "concerns__type",
    "concerns__further_types",
    "concerns__source",
    "concerns__answer_source",
    "benefits__type",
    "benefits__source",
)
"""What hangs on an announcement and its own page shows, as paths to prefetch."""


class AnnouncementQuerySet(WatchedQuerySet):
    def published(self) -> Self:
        """What readers may see: the one name by which drafts are left out."""
        return self.filter(state=State.PUBLISHED)

    def drafts(self) -> Self:
        """What nobody vouched for yet; a stub is one too."""
        return self.filter(state__in=(State.STUB, State.DRAFT))

    def due(self, now: datetime | None = None) -> Self:
        """Ready ones whose set time has come, the earliest first."""
        ready = self.filter(state=State.READY)
        return ready.filter(publish_at__lte=now or timezone.now()).order_by("publish_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-first_day", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("first_day", "pk")

    def in_order_of(self, keys: Iterable[int]) -> list["Announcement"]:
        """Those with these keys, in the order of the keys; what is not there is left out."""
        keys = list(keys)
        rows = self.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    def before(self, other: "Announcement") -> Self:
        """Those that stand before another in time, the nearest first."""
        return (
            self.filter(first_day__lte=other.first_day)
            .exclude(first_day=other.first_day, pk__gte=other.pk)
            .newest_first()
        )

    def after(self, other: "Announcement") -> Self:
        """Those that stand after another in time, the nearest first."""
        return (
            self.filter(first_day__gte=other.first_day)
            .exclude(first_day=other.first_day, pk__lte=other.pk)
            .oldest_first()
        )

    def by(self, companies: Any) -> Self:
        """Announced by one of these companies (a queryset), alone or with others."""
        return self.filter(announced_by(companies))

    def announcers(self) -> models.QuerySet[Company]:
        """The companies that announced any of these, alone or with others."""
        these = self.order_by()
        partners = Partner.objects.filter(announcement__in=these)
        return Company.objects.filter(
            Q(pk__in=these.values("company")) | Q(pk__in=partners.values("company"))
        )

    def for_lists(self) -> Self:
        """With all that an entry of a list shows, in a number of queries that does not grow."""
        return self.select_related("company").prefetch_related(
            "company__former_names",
            _joined("partners", "Partner", "company"),
            "partners__company__former_names",
            "initiatives",
            "promises",
            _joined("concerns", "Concern", "type"),
            "concerns__further_types",
            _joined("releases", "Release", "license"),
            _joined("releases__components", "ReleaseComponent", "license"),
            "citations",
        )

    def for_reading(self) -> Self:
        """With all that an announcement's own page shows."""
        return self.select_related("company").prefetch_related(*READING)

    def for_records(self) -> Self:
        """With all that an announcement's record holds."""
        return self.for_reading().prefetch_related(
            "related",
            "promises__superseded_by__announcement__promises",
            "promises__renews__announcement__promises",
        )


class Announcement(WatchedModel, SluggedModel, Announced, Stateful):
    """The event: one statement of one company, alone or with others, and all that hangs on it."""

    SLUG_FROM = "title"
    RESERVED = frozenset({"facets"})

    class Kind(models.TextChoices):
        INTENT = "intent", "Intent or promise"
        MODEL_RELEASE = "model-release", "Model release"
        SOFTWARE_RELEASE = "software-release", "Software release"
        DATASET_RELEASE = "dataset-release", "Data-set release"
        RESEARCH_PUBLICATION = "research-publication", "Research publication"
        PROGRAM = "program", "Program or funding"
        LICENSE_CHANGE = "license-change", "License change"
        GOVERNANCE_CHANGE = "governance-change", "Governance change"
        PROGRESS_UPDATE = "progress-update", "Progress update"
        WITHDRAWAL = "withdrawal", "Withdrawal"

    class Basis(models.TextChoices):
        COMPANY_STATEMENT = "company-statement", "Stated by the company"
        NAMED_PERSON = "named-person", "Stated by a named officer"
        NAMED_REPORT = "named-report", "Reported with named source"
        UNNAMED_REPORT = "unnamed-report", "Reported, sources unnamed"

    title = models.CharField(
        max_length=200, help_text="What happened, in one line that stands alone."
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="announcements",
        help_text="The company that announced. Needed before publishing.",
    )
    announced_on = PartialDateField(
        null=True,
        blank=True,
        help_text="As exactly as the sources say: 2023, 2023-10 or 2023-10-18.",
    )
    first_day = FirstDayField("sorted under", of="announced_on")
    kind = models.CharField(max_length=24, choices=Kind, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    summary = models.TextField(
        blank=True, help_text="Two to four sentences in our own words: facts, no verdict."
    )
    note = models.TextField(
        "editors' note",
        blank=True,
        help_text="Shown to readers: what they must know to read this entry right.",
    )
    initiatives = models.ManyToManyField(Initiative, blank=True, related_name="announcements")
    related = models.ManyToManyField(
        "self", blank=True, help_text="Announcements about the same thing."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    modified_at = models.DateTimeField(auto_now=True)

    _history_m2m_fields = ("initiatives", "related")

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ("-first_day", "-pk")
        permissions = (
            ("publish_announcement", "Can show announcements to readers, and take them back"),
            ("change_any_announcement", "Can change announcements of others, and published ones"),
        )
        indexes = (
            models.Index(fields=("state", "first_day", "id"), name="announcement_newest"),
            models.Index(fields=("state", "modified_at", "id"), name="announcement_last_changed"),
            models.Index(fields=("state", "title", "id"), name="announcement_by_title"),
            models.Index(
                fields=("company", "state", "first_day", "id"), name="announcement_of_company"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="announcement_has_title", condition=~Q(title="") & ~Q(slug="")
            ),
            *STATE_CONSTRAINTS,
            models.CheckConstraint(
                name="announcement_first_day_follows_date",
                condition=Q(announced_on__isnull=True, first_day__isnull=True)
                | Q(announced_on__isnull=False, first_day__isnull=False)
                & Q(
                    Exact(
                        Cast("first_day", models.CharField()),
                        Left(Concat("announced_on", Value("-01-01")), 10),
                    )
                ),
            ),
            known_constraint("announcement", "kind", "", *terms("announcement_kinds")),
            known_constraint("announcement", "basis", "", *terms("announcement_basis")),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcements:announcement_detail", args=[self.slug])

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": check}

    @property
    def may_be_linked(self) -> bool:
        return self.published_at is not None

    @property
    def last_changed(self) -> datetime:
        """When it, or the story of one of its promises, was last written."""
        steps = [update for promise in self.promises.all() for update in promise.updates.all()]
        return max([self.modified_at, *(step.recorded_at for step in steps)])


class Partner(WatchedModel):
    """A company that announced together with the announcement's own."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="partners")
    company = models.ForeignKey(Company, models.PROTECT, related_name="partnerships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("announcement", "company"), name="partner_once_per_announcement"
            ),
        )

    def __str__(self) -> str:
        return str(self.company)

    def clean(self) -> None:
        if self.announcement_id and self.company_id == self.announcement.company_id:
            raise ValidationError({"company": "This company is the announcement's own already."})

    @classmethod
    def watchers(cls) -> Watchers:
        return {"announcement_id": touch}
