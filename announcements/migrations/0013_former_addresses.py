import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0012_names_over_time"),
    ]

    operations = [
        migrations.AlterField(
            model_name="announcement",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="The last part of the page's address. Made from the name when left empty; when it is changed, the old address leads to the new one.",
                max_length=120,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="benefittype",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="The last part of the page's address. Made from the name when left empty; when it is changed, the old address leads to the new one.",
                max_length=120,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="company",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="The last part of the page's address. Made from the name when left empty; when it is changed, the old address leads to the new one.",
                max_length=120,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="concerntype",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="The last part of the page's address. Made from the name when left empty; when it is changed, the old address leads to the new one.",
                max_length=120,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="initiative",
            name="slug",
            field=models.SlugField(
                blank=True,
                help_text="The last part of the page's address. Made from the name when left empty; when it is changed, the old address leads to the new one.",
                max_length=120,
                unique=True,
            ),
        ),
        migrations.CreateModel(
            name="FormerAnnouncementAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=120, unique=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="announcements.announcement",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="FormerCompanyAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=120, unique=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="announcements.company",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="FormerConcernTypeAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=120, unique=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="announcements.concerntype",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="FormerInitiativeAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=120, unique=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="announcements.initiative",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="FormerLicenseAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=120, unique=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="announcements.license",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="FormerSourceAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("canonical_url", models.CharField(max_length=2000, unique=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_addresses",
                        to="announcements.source",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
    ]
