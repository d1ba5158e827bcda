"""Versions of the data: what any memory of it compares itself with."""

from uuid import uuid4

from django.db import models


def new_token() -> str:
    return uuid4().hex


class DataVersion(models.Model):
    """One committed set of writes; the highest number is how the data stands.

    A transaction that is rolled back gives its number to the next one; the token tells the two apart.
    """

    number = models.BigAutoField(primary_key=True)
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} of {self.written_at:%Y-%m-%d %H:%M:%S}"


class Change(models.Model):
    """The version in which an announcement last changed; one that was deleted keeps its row."""

    announcement_key = models.BigIntegerField(primary_key=True)
    version = models.ForeignKey(DataVersion, models.PROTECT, related_name="changes")

    class Meta:
        ordering = ("version", "announcement_key")

    def __str__(self) -> str:
        return f"{self.announcement_key} in {self.version_id}"
