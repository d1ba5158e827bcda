"""What was imported, record by record, so that it can be looked at and undone."""

from django.conf import settings
from django.db import models

LEAVE_EMPTY, KEEP_AS_NOTE = "", "*note"
"""Answers to the question which license a text means, beside the slug of one."""


class ImportBatch(models.Model):
    """One file, from the check to the import and to its undoing."""

    file_name = models.CharField("file", max_length=200, editable=False)
    content = models.BinaryField(default=bytes, editable=False)
    """The file while it is checked; emptied when it is imported."""
    answers = models.JSONField(default=dict, editable=False)
    """What editors said of texts that could mean several licenses."""
    report = models.JSONField(default=dict, editable=False)
    """What the last check, or the import, found."""
    traces = models.JSONField(default=dict, editable=False)
    created = models.PositiveIntegerField("new", default=0, editable=False)
    updated = models.PositiveIntegerField("changed", default=0, editable=False)
    unchanged = models.PositiveIntegerField(default=0, editable=False)
    uploaded_at = models.DateTimeField("given", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="by",
    )
    applied_at = models.DateTimeField("imported", null=True, editable=False)
    undone_at = models.DateTimeField("undone", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = "import"
        constraints = (
            models.CheckConstraint(
                name="import_undone_was_applied",
                condition=models.Q(undone_at=None) | models.Q(applied_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.undone_at:
            return "undone"
        return "imported" if self.applied_at else "checked, not imported"

    @property
    def can_be_undone(self) -> bool:
        return bool(self.applied_at and not self.undone_at)


class ImportedRecord(models.Model):
    """One record that an import added or changed, as it was before and as the import left it."""

    class Noun(models.TextChoices):
        ANNOUNCEMENT = "announcement", "Announcement"
        COMPANY = "company", "Company"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="records")
    noun = models.CharField(max_length=12, choices=Noun)
    key = models.BigIntegerField()
    """Of its row: a record keeps it when it gets another slug or name."""
    name = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    """None for a record that was new."""
    after = models.JSONField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "noun", "key"), name="imported_once_per_batch"
            ),
            models.CheckConstraint(
                name="imported_record_noun_known",
                condition=models.Q(noun__in=["announcement", "company"]),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_new(self) -> bool:
        return self.before is None
