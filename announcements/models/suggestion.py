"""What readers tell: something wrong or missing, or an announcement that is not recorded yet."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from announcements.models.announcement import Announcement
from announcements.models.fields import known_constraint
from announcements.models.promise import Promise

CONTACT_DAYS = 90
"""How long a way to reach a reader is kept, whether the suggestion was decided or not."""


class SuggestionQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=Suggestion.State.OPEN)

    def keep(self, **facts: Any) -> "Suggestion":
        """Record what a reader sent; the same sent again, in other spacing or case, is that row."""
        return self.get_or_create(digest=_digest(facts), defaults=facts)[0]

    def forget_contacts(self, days: int = CONTACT_DAYS) -> int:
        """Empty the contact of those older than so many days; returns of how many."""
        old = self.filter(created_at__lt=timezone.now() - timedelta(days=days)).exclude(contact="")
        return old.update(contact="")

    forget_contacts.alters_data = True  # type: ignore[attr-defined]


def _digest(facts: dict[str, Any]) -> str:
    about = [getattr(facts.get(name), "pk", None) for name in ("announcement", "promise")]
    texts = [facts.get(name, "") for name in ("about", "title", "company", "text", "source")]
    plain = [" ".join(str(text).casefold().split()) for text in texts]
    return sha256(json.dumps([*about, *plain]).encode()).hexdigest()


class Suggestion(models.Model):
    """One message of one reader, and what an editor made of it. No reader sees it, and nothing hangs on it."""

    class About(models.TextChoices):
        TITLE = "title", "The title"
        DATE = "date", "The date"
        COMPANY = "company", "The company, or who announced with it"
        SUMMARY = "summary", "The summary"
        DELIVERED = "delivered", "Something promised was delivered"
        WITHDRAWN = "withdrawn", "Something promised was taken back"
        PROMISE = "promise", "Something else about a promise"
        RELEASE = "release", "What was released, or its license"
        CONCERN = "concern", "A concern"
        BENEFIT = "benefit", "A benefit"
        SOURCE = "source", "A source"
        OTHER = "other", "Something else"
        NEW = "new", "An announcement that is missing"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"

    about = models.CharField(max_length=12, choices=About)
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    promise = models.ForeignKey(
        Promise, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    title = models.CharField("what was announced", max_length=200, blank=True)
    company = models.CharField("by which company", max_length=120, blank=True)
    text = models.TextField("what would be right", max_length=2000, blank=True)
    source = models.CharField("where it says so", max_length=2000, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("sent", auto_now_add=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(
        "reason for rejecting it", blank=True, max_length=500, help_text="For editors; it is kept."
    )

    objects: ClassVar = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("state", "created_at"), name="suggestion_queue"),)
        constraints = (
            known_constraint(
                "suggestion",
                "about",
                "title",
                "date",
                "company",
                "summary",
                "delivered",
                "withdrawn",
                "promise",
                "release",
                "concern",
                "benefit",
                "source",
                "other",
                "new",
            ),
            known_constraint("suggestion", "state", "open", "accepted", "rejected"),
            models.CheckConstraint(
                name="suggestion_says_something", condition=~Q(title="") | ~Q(text="")
            ),
            models.CheckConstraint(
                name="suggestion_decided_says_when",
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_rejected_says_why", condition=~Q(state="rejected") | ~Q(reason="")
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.get_about_display()}: {self.announcement}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def accept(self, by: Any) -> None:
        self._decide(self.State.ACCEPTED, by)

    def reject(self, by: Any, reason: str) -> None:
        if not reason.strip():
            raise ValidationError({"reason": "Say why, for the other editors."})
        self.reason = reason
        self._decide(self.State.REJECTED, by)

    def _decide(self, state: str, by: Any) -> None:
        if not self.is_open:
            raise ValidationError(f"{self.decided_by or 'Somebody'} decided this already.")
        self.state, self.decided_by, self.decided_at = state, by, timezone.now()
        self.save()
