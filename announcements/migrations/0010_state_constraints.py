from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("announcements", "0009_states_of_what_is_there")]

    operations = [
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "stub"),
                    models.Q(
                        ("announced_on__isnull", False),
                        ("company__isnull", False),
                        models.Q(("kind", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="announcement_draft_has_facts",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("stub", "draft")),
                    models.Q(
                        models.Q(("summary", ""), _negated=True),
                        models.Q(("basis", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="announcement_ready_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True), ("state", "ready"), _connector="OR"
                ),
                name="announcement_set_time_only_when_ready",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evidence_due", False), ("state", "published"), _connector="OR"
                ),
                name="announcement_evidence_due_only_when_published",
            ),
        ),
    ]
