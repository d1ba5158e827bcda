"""How the data stands: a version that each write raises, and what changed since an earlier one."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from django.db import connection, models, transaction


def new_token() -> str:
    return uuid4().hex


class DataVersion(models.Model):
    """One committed set of writes; the highest number is how the data stands.

    A transaction that is rolled back gives its number to the next one; the token tells the two apart.
    """

    number = models.BigAutoField(primary_key=True)
    token = models.CharField(max_length=32, default=new_token, editable=False)
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


LOCK = 0x747261636B6572
"""Key of PostgreSQL's advisory lock; any number that nothing else on the database takes."""


class Version(NamedTuple):
    """How the data stood at one time; see ``DataVersion``."""

    number: int
    token: str


def current_version() -> Version | None:
    """The version of all that is committed; None while nothing was ever written."""
    row = DataVersion.objects.order_by("-number").values_list("number", "token").first()
    return Version(*row) if row else None


def raise_version(changed: Iterable[int]) -> None:
    """Note that these announcements changed. Within the transaction that changed them, at its end."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Numbers become visible in their order only if one writer commits after the other.
            # References are checked, and their rows locked, before this lock and not at the commit: who
            # holds such a row would wait for the lock, and its holder for the row.
            connection.check_constraints()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        version = DataVersion.objects.create()
        Change.objects.bulk_create(
            [Change(announcement_key=key, version=version) for key in sorted(changed)],
            update_conflicts=True,
            unique_fields=["announcement_key"],
            update_fields=["version"],
            batch_size=1000,
        )


def changed_since(version: Version) -> set[int] | None:
    """The announcements that changed after a version, deleted ones among them.

    None if the data never stood so: the transaction that wrote the version was rolled back.
    """
    if not DataVersion.objects.filter(number=version.number, token=version.token).exists():
        return None
    changes = Change.objects.filter(version__gt=version.number)
    return set(changes.values_list("announcement_key", flat=True))


def changed_at(keys: Iterable[int]) -> dict[int, datetime]:
    """When the version in which each of these announcements last changed was written, if one was."""
    rows = Change.objects.filter(announcement_key__in=list(keys))
    return dict(rows.values_list("announcement_key", "version__written_at"))


def written_at() -> datetime | None:
    """When the data as it stands was written; None while nothing ever was."""
    return DataVersion.objects.order_by("-number").values_list("written_at", flat=True).first()
