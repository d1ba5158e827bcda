"""Updates: the dated steps of a promise's story."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q

from announcements import statuses
from announcements.models.base import WatchedModel, Watchers
from announcements.models.fields import PartialDateField, known_constraint
from announcements.models.source import Source
from announcements.partial_dates import arrange


class Update(WatchedModel):
    """One step: what happened, when, which status it brings, and who says so."""

    class Status(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        DELAYED = "delayed", "Delayed"
        PARTLY_DELIVERED = "partly-delivered", "Partly delivered"
        DELIVERED = "delivered", "Delivered"
        LAPSED = "lapsed", "Lapsed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SUPERSEDED = "superseded", "Superseded"
        UNVERIFIABLE = "unverifiable", "Unverifiable"

    promise = models.ForeignKey("announcements.Promise", models.CASCADE, related_name="updates")
    position = models.PositiveSmallIntegerField(
        "place",
        blank=True,
        help_text="Where the dates leave it open, this decides; the highest is the latest. "
        "Empty: at its date, or last.",
    )
    happened_on = PartialDateField("date")
    status = models.CharField(
        max_length=20, choices=Status, help_text="The status that this step brings or keeps."
    )
    text = models.TextField("what happened", help_text="One sentence in our own words.")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="updates"
    )
    note = models.TextField(
        "search note",
        blank=True,
        help_text="For a step without a page to cite: where was searched, on which day, and what was found.",
    )
    due_from = models.DateField("newly promised from", null=True, blank=True)
    due_to = models.DateField("newly promised until", null=True, blank=True)
    due_words = models.CharField("in these words", max_length=120, blank=True)
    reason = models.CharField(
        "reason of a correction",
        max_length=200,
        blank=True,
        help_text="Only when the status changes in a way the rules do not know.",
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("position",)
        indexes = (models.Index(fields=("happened_on", "id"), name="update_latest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("promise", "position"),
                name="update_place_in_story",
                violation_error_message="Another step has this place in the story already.",
            ),
            known_constraint("update", "status", *statuses.ALL),
            models.CheckConstraint(name="update_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="update_has_source_or_search_note",
                condition=Q(source__isnull=False) | ~Q(note=""),
                violation_error_message="Name the source, or write a search note: where was searched, and when.",
            ),
            models.CheckConstraint(
                name="update_due_range_whole_and_ordered",
                condition=Q(due_from__isnull=True, due_to__isnull=True)
                | Q(due_from__isnull=False, due_to__isnull=False, due_from__lte=F("due_to")),
                violation_error_message=(
                    "Give both the first and the last day, the first not after the last; or neither."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.get_status_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.position is None:
            last = Update.objects.filter(promise=self.promise_id).aggregate(last=Max("position"))[
                "last"
            ]
            self.position = 0 if last is None else last + 1
        super().save(*args, **kwargs)

    @property
    def is_correction(self) -> bool:
        return bool(self.reason)

    @classmethod
    def watchers(cls) -> Watchers:
        """The status of a promise is that of its latest update."""
        return {"promise_id": apps.get_model("announcements", "Promise").derive}


def check_story(updates: list[Update]) -> None:
    """Raise a ValidationError if the statuses of a story, in its order, change as the rules do not allow."""
    corrections = frozenset(index for index, update in enumerate(updates) if update.reason)
    if misstep := statuses.first_misstep([update.status for update in updates], corrections):
        raise ValidationError(
            f"Step of {updates[misstep.index].happened_on}: {misstep}", code="misstep"
        )


def in_story_order(updates: list[Update]) -> list[Update]:
    """Updates in the order of their story, from the order of entry; see ``partial_dates.arrange``."""
    return [updates[index] for index in arrange([update.happened_on for update in updates])]


def renumber(updates: list[Update]) -> None:
    """Give saved updates of one promise the places 0, 1, 2, … in the order of the list."""
    if [update.position for update in updates] == list(range(len(updates))):
        return
    highest = max(update.position for update in updates) + 1
    for offset in (highest, 0):
        for index, update in enumerate(updates):
            update.position = index + offset
        Update.objects.bulk_update(updates, ["position"])
