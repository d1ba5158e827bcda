"""How the data stands: a version that each write raises, and what changed since an earlier one."""

from collections.abc import Iterable

from django.db import connection, transaction

from announcements.models import Change, DataVersion

LOCK = 0x747261636B6572
"""Key of PostgreSQL's advisory lock; any number that nothing else on the database takes."""


def current() -> DataVersion | None:
    """The version of all that is committed; None while nothing was ever written."""
    return DataVersion.objects.order_by("-number").first()


def raise_version(changed: Iterable[int]) -> DataVersion:
    """Note that these announcements changed. Within the transaction that changed them, at its end."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Numbers become visible in their order only if one writer commits after the other.
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
    return version


def changed_since(version: DataVersion) -> set[int] | None:
    """The announcements that changed after a version, deleted ones among them.

    None if the data never stood so: the transaction that wrote the version was rolled back.
    """
    if not DataVersion.objects.filter(number=version.number, token=version.token).exists():
        return None
    changes = Change.objects.filter(version__gt=version.number)
    return set(changes.values_list("announcement_key", flat=True))
