import django.db.models.deletion
from django.db import migrations, models
from django.conf import settings
import django.core.serializers.json


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0013_former_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "Companies"),
                            ("initiative", "Initiatives"),
                            ("source", "Sources"),
                        ],
                        max_length=12,
                    ),
                ),
                ("kept_key", models.BigIntegerField()),
                ("kept_name", models.CharField(max_length=500, verbose_name="kept")),
                ("absorbed_key", models.BigIntegerField()),
                ("absorbed_name", models.CharField(max_length=500, verbose_name="merged into it")),
                ("steps", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("merged_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "merged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "ordering": ("-pk",),
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["kind", "absorbed_key"], name="merger_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("company", "initiative", "source"))),
                        name="merger_kind_known",
                        violation_error_message="Known values: company, initiative, source.",
                    )
                ],
            },
        ),
    ]
