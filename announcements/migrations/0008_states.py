from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0007_created_by"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="announcement",
            name="announcement_published_has_company",
        ),
        migrations.RemoveConstraint(
            model_name="announcement",
            name="announcement_published_has_date",
        ),
        migrations.RemoveConstraint(
            model_name="announcement",
            name="announcement_published_has_words",
        ),
        migrations.RemoveConstraint(
            model_name="announcement",
            name="announcement_state_known",
        ),
        migrations.AddField(
            model_name="announcement",
            name="evidence_due",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="announcement",
            name="publish_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Empty: when an editor publishes it. With a time it becomes public by itself then, if it is ready; nobody sees it before.",
                null=True,
                verbose_name="publish at",
            ),
        ),
        migrations.AlterField(
            model_name="announcement",
            name="state",
            field=models.CharField(
                choices=[
                    ("stub", "Stub"),
                    ("draft", "Draft"),
                    ("ready", "Ready"),
                    ("published", "Published"),
                ],
                default="stub",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("stub", "draft", "ready", "published"))),
                name="announcement_state_known",
                violation_error_message="Known values: stub, draft, ready, published.",
            ),
        ),
    ]
