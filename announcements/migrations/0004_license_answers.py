from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0003_promise_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="license",
            name="attribution",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not recorded"),
                    ("required", "Required"),
                    ("not-required", "Not required"),
                ],
                help_text="Whether whoever passes it on must keep the makers' names or notices. Choose only what the text says.",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="license",
            name="patent_grant",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not recorded"),
                    ("granted", "Granted"),
                    ("not-mentioned", "Not mentioned"),
                    ("not-granted", "Expressly not granted"),
                ],
                help_text="Whether the text grants a license to patents. Choose only what the text says.",
                max_length=13,
            ),
        ),
        migrations.AddConstraint(
            model_name="license",
            constraint=models.CheckConstraint(
                condition=models.Q(("attribution__in", ("", "required", "not-required"))),
                name="license_attribution_known",
                violation_error_message="Known values: required, not-required.",
            ),
        ),
        migrations.AddConstraint(
            model_name="license",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("patent_grant__in", ("", "granted", "not-mentioned", "not-granted"))
                ),
                name="license_patent_grant_known",
                violation_error_message="Known values: granted, not-mentioned, not-granted.",
            ),
        ),
    ]
