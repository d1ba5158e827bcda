import django.db.models.deletion
from django.db import migrations, models
import announcements.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0011_near_matches"),
    ]

    operations = [
        migrations.AddField(
            model_name="formername",
            name="used_from",
            field=announcements.models.fields.PartialDateField(
                blank=True,
                help_text="Write a year, a month or a day: 2023, 2023-10 or 2023-10-18.",
                max_length=10,
                null=True,
                verbose_name="from",
            ),
        ),
        migrations.AlterField(
            model_name="formername",
            name="used_until",
            field=announcements.models.fields.PartialDateField(
                blank=True,
                help_text="The last day, month or year of the name. Announcements that certainly fall into its time show this name, with the present one beside it.",
                max_length=10,
                null=True,
                verbose_name="until",
            ),
        ),
        migrations.CreateModel(
            name="FormerInitiativeName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="announcements.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("initiative", "name"), name="former_name_once_per_initiative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="former_initiative_name_not_empty",
                    ),
                ],
            },
        ),
    ]
