from django.db import migrations
from django.utils import timezone

KEPT = (
    "Announcement",
    "Benefit",
    "BenefitType",
    "Citation",
    "Company",
    "Concern",
    "ConcernType",
    "FormerAnnouncementAddress",
    "FormerCompanyAddress",
    "FormerConcernTypeAddress",
    "FormerInitiativeAddress",
    "FormerInitiativeName",
    "FormerLicenseAddress",
    "FormerName",
    "FormerSourceAddress",
    "Initiative",
    "License",
    "Partner",
    "Promise",
    "Release",
    "ReleaseComponent",
    "Source",
    "Update",
)
LINKS = (
    ("Announcement", "initiatives", "announcement_id", "initiative_id"),
    ("Announcement", "related", "from_announcement_id", "to_announcement_id"),
    ("Concern", "further_types", "concern_id", "concerntype_id"),
)
CHUNK = 1000


def begin(apps, schema_editor):
    """What is there already gets its first version, so that history begins with all of it."""
    now = timezone.now()
    for name in KEPT:
        model, versions = (
            apps.get_model("announcements", f"{kind}{name}") for kind in ("", "Historical")
        )
        names = [
            field.attname
            for field in versions._meta.fields
            if not field.name.startswith("history_")
        ]
        rows = model._base_manager.order_by("pk").values(*names).iterator(chunk_size=CHUNK)
        write(versions, ({**row, "history_date": now, "history_type": "+"} for row in rows))
    for name, links, near, far in LINKS:
        versions = apps.get_model("announcements", f"Historical{name}")
        kept = apps.get_model("announcements", f"Historical{name}_{links}")
        first = dict(versions._base_manager.values_list("id", "pk"))
        through = getattr(apps.get_model("announcements", name), links).through
        rows = (
            through._base_manager.order_by("pk").values("id", near, far).iterator(chunk_size=CHUNK)
        )
        write(kept, ({**row, "history_id": first[row[near]]} for row in rows))


def write(model, rows):
    some = []
    for row in rows:
        some.append(model(**row))
        if len(some) == CHUNK:
            model._base_manager.bulk_create(some)
            some = []
    model._base_manager.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0018_history"),
    ]

    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
