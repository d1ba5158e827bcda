"""The states of an announcement: how it comes from an address to its readers, one step at a time.

What each state asks stands in ``publishing`` and ``evidence``; nothing but the methods here moves it.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from announcements.models.evidence import Missing
from announcements.models.fields import known_constraint
from announcements.models.publishing import STATES, evidence_missing, missing, refuse

MOMENT = "modified_at"
PASSED = "This time has passed. Give a time to come, or publish it at once."


class State(models.TextChoices):
    STUB = "stub", "Stub"
    DRAFT = "draft", "Draft"
    READY = "ready", "Ready"
    PUBLISHED = "published", "Published"


STATE_CONSTRAINTS = (
    models.CheckConstraint(
        name="announcement_draft_has_facts",
        condition=Q(state="stub")
        | Q(company__isnull=False, announced_on__isnull=False) & ~Q(kind=""),
    ),
    models.CheckConstraint(
        name="announcement_ready_has_words",
        condition=Q(state__in=("stub", "draft")) | ~Q(summary="") & ~Q(basis=""),
    ),
    models.CheckConstraint(
        name="announcement_published_says_when",
        condition=~Q(state="published") | Q(published_at__isnull=False),
    ),
    models.CheckConstraint(
        name="announcement_set_time_only_when_ready",
        condition=Q(publish_at__isnull=True) | Q(state="ready"),
    ),
    models.CheckConstraint(
        name="announcement_evidence_due_only_when_published",
        condition=Q(evidence_due=False) | Q(state="published"),
    ),
    known_constraint("announcement", "state", *STATES),
)


class Stateful(models.Model):
    """What is a stub, a draft, ready or published."""

    State = State

    state = models.CharField(max_length=10, choices=State, default=State.STUB, editable=False)
    publish_at = models.DateTimeField(
        "publish at",
        null=True,
        blank=True,
        help_text="Empty: when an editor publishes it. With a time it becomes public by itself then, if "
        "it is ready; nobody sees it before.",
    )
    evidence_due = models.BooleanField(default=False, editable=False)
    """Published from a file without all evidence that the rules ask; ends when it has it."""
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    def missing(self, state: str = State.PUBLISHED) -> list[Missing]:
        """What it lacks for a state, by default to be seen by readers; empty when it lacks nothing."""
        return missing(self, state)

    def evidence_missing(self) -> list[Missing]:
        """What the rules of evidence ask and it lacks, also if it was published without."""
        return evidence_missing(self)

    def require(self, state: str) -> None:
        """Raise a ValidationError that lists what it lacks for a state, if anything."""
        refuse(self.missing(state))

    def stub(self) -> None:
        """Let it lack all but its company and its address."""
        self._move(State.STUB)

    def draft(self) -> None:
        """Let it be worked on, with title, company, date and kind."""
        self.require(State.DRAFT)
        self._move(State.DRAFT)

    def ready(self, publish_at: datetime | None = None) -> None:
        """Vouch that it can be published, now by an editor or by itself at a time to come, to the minute."""
        if publish_at:
            publish_at = publish_at.replace(second=0, microsecond=0)
        if publish_at and publish_at <= timezone.now():
            raise ValidationError(PASSED, code="publish_at")
        self.require(State.READY)
        self._move(State.READY, publish_at=publish_at)

    def publish(self, *, evidence_later: bool = False) -> None:
        """Show it to readers, or raise a ValidationError with the list of what is missing.

        ``evidence_later`` is for what comes from a file: the evidence may be lacking, and is noted as due.
        """
        before, self.evidence_due = self.evidence_due, evidence_later
        try:
            self.require(State.PUBLISHED)
        except ValidationError:
            self.evidence_due = before
            raise
        when = self.published_at or timezone.now()
        self._move(State.PUBLISHED, published_at=when, evidence_due=evidence_later)

    def unpublish(self) -> None:
        """Take it from readers, or from those who may publish it; it stays as a draft."""
        self._move(State.DRAFT)

    def _move(self, state: str, **facts: Any) -> None:
        """Write the state and what goes with it, and nothing that somebody else may have saved meanwhile."""
        moved = {"state": state, "publish_at": None, "evidence_due": False, **facts}
        for name, value in moved.items():
            setattr(self, name, value)
        if self._state.adding:
            self.save()
        else:
            self.save(update_fields=[*moved, MOMENT])
