"""Merges: which record went into which other, who said so, and what was moved."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from announcements.models.fields import known_constraint


class Merger(models.Model):
    """One record that turned out to be the same as another, and went into it.

    ``steps`` says in their order what was done, so that it can be undone from the last to the first.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", "Companies"
        INITIATIVE = "initiative", "Initiatives"
        SOURCE = "source", "Sources"

    kind = models.CharField(max_length=12, choices=Kind)
    kept_key = models.BigIntegerField()
    kept_name = models.CharField("kept", max_length=500)
    absorbed_key = models.BigIntegerField()
    absorbed_name = models.CharField("merged into it", max_length=500)
    steps = models.JSONField(encoder=DjangoJSONEncoder)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = "merge"
        default_permissions = ("view",)
        indexes = (models.Index(fields=("kind", "absorbed_key"), name="merger_of"),)
        constraints = (known_constraint("merger", "kind", "company", "initiative", "source"),)

    def __str__(self) -> str:
        return f"“{self.absorbed_name}” into “{self.kept_name}”"

    @property
    def model(self) -> Any:
        """The model of both records."""
        return self._meta.apps.get_model("announcements", self.kind)
