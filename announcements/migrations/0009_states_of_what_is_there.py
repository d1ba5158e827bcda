from django.db import migrations
from django.db.models import Q


def forwards(apps, schema_editor):
    """A draft that lacks what a draft needs is a stub; what readers see owes its evidence until checked."""
    rows = apps.get_model("announcements", "Announcement").objects
    lacking = Q(company=None) | Q(announced_on=None) | Q(kind="")
    rows.filter(lacking, state="draft").update(state="stub")
    rows.filter(state="published").update(evidence_due=True)


def backwards(apps, schema_editor):
    rows = apps.get_model("announcements", "Announcement").objects
    rows.filter(state__in=("stub", "ready")).update(state="draft", publish_at=None)


class Migration(migrations.Migration):
    dependencies = [("announcements", "0008_states")]

    operations = [migrations.RunPython(forwards, backwards)]
