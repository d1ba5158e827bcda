"""Announcements that look alike, and what an editor answered when asked whether they are the same."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from announcements.likeness import NEAR, Span, are_alike, are_near, likeness
from announcements.models.announcement import Announcement
from announcements.models.company import Company
from announcements.models.fields import known_constraint
from announcements.partial_dates import PartialDate

MOST = 5
"""How many an editor is asked about at once; the likest."""
MOST_READ = 1000
LONGEST_SPAN = timedelta(days=365)


class NearMatchQuerySet(models.QuerySet[Any]):
    def of(self, one: Any, other: Any) -> Self:
        """The answer for this pair (keys or expressions of them), in whichever order."""
        return self.filter(Q(first=one, second=other) | Q(first=other, second=one))

    def keep(self, one: Announcement, other: Announcement, answer: str, user: Any) -> "NearMatch":
        """Keep an answer in place of an earlier one for the same pair."""
        first, second = sorted([one, other], key=lambda row: row.pk)
        facts = {"answer": answer, "answered_by": user}
        return self.update_or_create(first=first, second=second, defaults=facts)[0]


class NearMatch(models.Model):
    """Two announcements that look alike, and what they are to each other; nobody is asked twice."""

    class Answer(models.TextChoices):
        SAME = "same", "The same"
        FOLLOW_UP = "follow-up", "A follow-up"
        DIFFERENT = "different", "Different"

    first = models.ForeignKey(Announcement, models.CASCADE, related_name="+")
    second = models.ForeignKey(Announcement, models.CASCADE, related_name="+")
    answer = models.CharField(
        max_length=10,
        choices=Answer,
        help_text="Kept so that nobody is asked again. It changes neither of the two.",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(auto_now=True)

    objects: ClassVar = NearMatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "near matches"
        ordering = ("-answered_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("first", "second"),
                name="near_match_once",
                violation_error_message="There is an answer for these two already.",
            ),
            models.CheckConstraint(name="near_match_of_two", condition=Q(first__lt=F("second"))),
            known_constraint("near_match", "answer", "same", "follow-up", "different"),
        )

    def __str__(self) -> str:
        return f"“{self.first}” and “{self.second}”: {self.get_answer_display().lower()}"

    def clean(self) -> None:
        """Of a pair the one recorded first comes first, however it was typed."""
        if self.first_id and self.first_id == self.second_id:
            raise ValidationError({"second": "Choose another announcement than the first."})
        if self.first_id and self.second_id and self.first_id > self.second_id:
            self.first, self.second = self.second, self.first


def near_matches(
    announcement: Announcement, companies: Collection[int], known: Collection[int] = ()
) -> list[Announcement]:
    """Those that it may be the same as, likest first, drafts among them, in two queries.

    ``companies`` are the keys of those that announce it. Pairs that were answered, and those ``known`` by
    their keys, are left out. What has no date stands at the day on which it was begun.
    """
    if not companies:
        return []
    span = _span(announcement.announced_on, announcement.created_at)
    rows = (
        Announcement.objects.by(Company.objects.filter(pk__in=companies))
        .filter(_may_be_near(span))
        .exclude(pk__in=[*known, announcement.pk or 0])
    )
    if announcement.pk:
        answered = NearMatch.objects.of(announcement.pk, OuterRef("pk"))
        rows = rows.exclude(Exists(answered))
    found = {
        key: likeness(announcement.title, title)
        for key, title, announced_on, created_at in rows.order_by("-pk").values_list(
            "pk", "title", "announced_on", "created_at"
        )[:MOST_READ]
        if are_near(span, _span(announced_on, created_at)) and are_alike(announcement.title, title)
    }
    likest = sorted(found, key=lambda key: (-found[key], key))[:MOST]
    return side_by_side(Announcement.objects).in_order_of(likest)


def side_by_side(rows: Any) -> Any:
    """Announcements with all that is shown of them when they are compared."""
    return rows.select_related("company").prefetch_related("partners__company", "citations__source")


def _span(announced_on: PartialDate | str | None, created_at: datetime | None) -> Span:
    """The days that a date can mean, given as the model or as the database has it; today if not begun."""
    if announced_on:
        known = PartialDate.parse(str(announced_on))
        return known.earliest, known.latest
    day = timezone.localdate(created_at)
    return day, day


def _may_be_near(span: Span) -> Q:
    """As far as the database can tell: it knows the first day that a date can mean."""
    first, last = _earlier(span[0], NEAR), _later(span[1], NEAR)
    dated = Q(first_day__range=(_earlier(first, LONGEST_SPAN), last))
    begun = Q(created_at__range=(_start_of(first), _start_of(_later(last, timedelta(days=1)))))
    return dated | Q(first_day=None) & begun


def _earlier(day: date, by: timedelta) -> date:
    return day - by if day - date.min >= by else date.min


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day >= by else date.max


def _start_of(day: date) -> datetime:
    """Its first moment; the calendar's ends have none everywhere, and nothing was begun so far away."""
    near = min(max(day, date(1900, 1, 1)), date(2900, 1, 1))
    return timezone.make_aware(datetime.combine(near, time.min))
