"""Promises: what an announcement commits to, and until when."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left
from django.utils import timezone

from announcements import statuses
from announcements.models.base import Part, WatchedQuerySet, Watchers
from announcements.models.fields import ListField, PartialDateField, known_constraint
from announcements.models.license import License
from announcements.models.publishing import check, note
from announcements.models.update import Update
from announcements.vocabularies import terms


def component_terms() -> list[tuple[str, str]]:
    return [(slug, term["name"]) for slug, term in terms("components").items()]


class PromiseQuerySet(WatchedQuerySet):
    def overdue(self, today: date | None = None) -> Self:
        """Promises whose latest promised date is past and which are not settled."""
        return self.filter(
            status__in=sorted(statuses.UNSETTLED), due_latest__lt=today or timezone.localdate()
        )

    def due(self, today: date, until: date | None = None) -> Self:
        """Promises not settled whose latest promised date is still to come, up to a day if one is given."""
        coming = self.filter(status__in=sorted(statuses.UNSETTLED), due_latest__gte=today)
        return coming.filter(due_latest__lte=until) if until else coming

    def passed(self, since: date, today: date) -> Self:
        """Promises whose latest promised date passed from a day on, whatever came of them."""
        return self.filter(due_latest__gte=since, due_latest__lt=today)

    def on_a_condition(self) -> Self:
        """Promises not settled that name no date but what they hang on."""
        open_ones = self.filter(status__in=sorted(statuses.UNSETTLED), due_latest=None)
        return open_ones.exclude(condition="")

    def delivered(self) -> Self:
        """Promises that were kept, whatever came later."""
        return self.filter(delivered_on__isnull=False)

    def late(self) -> Self:
        """Promises that certainly came after the latest date first promised, with ``delay``: by how long."""
        first_day = Left(
            Concat("delivered_on", Value("-01-01"), output_field=models.CharField()), 10
        )
        # Concat reads NULL as "", and PostgreSQL may cast before it filters.
        came = Case(When(delivered_on__isnull=False, then=Cast(first_day, models.DateField())))
        late = self.annotate(came=came).filter(came__gt=F("due_to"))
        return late.annotate(delay=F("came") - F("due_to"))

    def of_published(self) -> Self:
        """Asked row by row: a join would read all announcements for the first few promises by date."""
        announcements = apps.get_model("announcements", "Announcement").objects.published()
        return self.filter(Exists(announcements.filter(pk=OuterRef("announcement"))))

    def with_dates(self) -> Self:
        """With who promised it, and each time it was promised anew for a date."""
        moved = Update.objects.filter(due_to__isnull=False).order_by("position")
        return self.select_related("announcement__company").prefetch_related(
            "announcement__company__former_names", Prefetch("updates", moved, to_attr="moved")
        )


class Promise(Part):
    """One artifact, the parts promised, the license named if any, and a date if any.

    ``status``, ``status_on``, ``delivered_on`` and ``due_latest`` are kept by ``derive`` from the
    promise's updates, whichever door those come through.
    """

    class Terms(models.TextChoices):
        AS_NAMED = "", "As named, or nothing to compare"
        NARROWER = "narrower", "Narrower than the promise named"
        WIDER = "wider", "Freer than the promise named"

    title = models.CharField(
        max_length=200, help_text="The one artifact, in a few words: Grok 3 weights."
    )
    parts = ListField(
        "parts promised",
        terms=component_terms(),
        help_text="Leave empty if the company named no part.",
    )
    license = models.ForeignKey(
        License,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name="license named",
        help_text="Only if the promise names one; what was found belongs to the release.",
    )
    due_from = models.DateField(
        "promised from",
        null=True,
        blank=True,
        help_text="The first day that keeps the promise, 2025-06-01.",
    )
    due_to = models.DateField(
        "promised until",
        null=True,
        blank=True,
        help_text="The last day that keeps it; after it the promise is overdue.",
    )
    due_words = models.CharField(
        "in these words",
        max_length=120,
        blank=True,
        help_text="The company's words: in about six months.",
    )
    condition = models.CharField(
        max_length=200, blank=True, help_text="What the promise hangs on: once Grok 3 is stable."
    )
    terms = models.CharField("terms delivered", max_length=10, choices=Terms, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="supersedes",
        help_text="The promise that replaced it.",
    )
    renews = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="renewals",
        help_text="The withdrawn promise that this one makes anew.",
    )
    status = models.CharField(max_length=20, choices=Update.Status, blank=True, editable=False)
    status_on = PartialDateField(null=True, editable=False)
    delivered_on = PartialDateField(null=True, editable=False)
    due_latest = models.DateField(null=True, editable=False)

    objects: ClassVar = PromiseQuerySet.as_manager()

    class Meta(Part.Meta):
        indexes = (
            models.Index(fields=("status", "due_latest"), name="promise_clock"),
            models.Index(fields=("due_latest", "id"), name="promise_due"),
            models.Index(fields=("delivered_on", "id"), name="promise_delivered"),
        )
        constraints = (
            models.CheckConstraint(
                name="promise_has_title",
                condition=~Q(title=""),
                violation_error_message="Name the artifact that was promised.",
            ),
            models.CheckConstraint(
                name="promise_due_range_whole_and_ordered",
                condition=Q(due_from__isnull=True, due_to__isnull=True)
                | Q(due_from__isnull=False, due_to__isnull=False, due_from__lte=F("due_to")),
                violation_error_message=(
                    "Give both the first and the last day, the first not after the last; or neither."
                ),
            ),
            known_constraint("promise", "status", "", *statuses.ALL),
            known_constraint("promise", "terms", "", "narrower", "wider"),
            models.CheckConstraint(
                name="promise_not_its_own_successor",
                condition=(Q(superseded_by=None) | ~Q(superseded_by=F("pk")))
                & (Q(renews=None) | ~Q(renews=F("pk"))),
                violation_error_message="A promise cannot replace or renew itself.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def days_overdue(self, today: date | None = None) -> int:
        """Days since the latest promised date, 0 unless overdue."""
        return statuses.days_overdue(self.status, self.due_latest, today or timezone.localdate())

    def days_late(self) -> int:
        """Days between the latest date first promised and the delivery, 0 unless it certainly came late."""
        return statuses.days_late(self.due_to, self.delivered_on)

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": cls.derive, **super().watchers()}

    @classmethod
    def derive(cls, keys: set[Any]) -> None:
        """Status, its date, the delivery and the latest promised date, from the updates."""
        rows: models.QuerySet[Any] = models.QuerySet(cls).filter(pk__in=keys)
        announcements = set(rows.select_for_update().values_list("announcement_id", flat=True))
        story = Update.objects.filter(promise=OuterRef("pk")).order_by("-position")
        delivered = story.filter(status=statuses.DELIVERED).order_by("position")
        rows.update(
            status=Coalesce(Subquery(story.values("status")[:1]), Value("")),
            status_on=Subquery(story.values("happened_on")[:1]),
            delivered_on=Subquery(delivered.values("happened_on")[:1]),
            due_latest=Coalesce(
                Subquery(story.filter(due_to__isnull=False).values("due_to")[:1]), F("due_to")
            ),
        )
        note(cls, keys)
        check(announcements)
