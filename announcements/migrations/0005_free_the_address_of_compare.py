from django.db import migrations, models


def move_away(apps, schema_editor):
    """A company that took the address of the page that compares companies gets the next free one."""
    companies = apps.get_model("announcements", "Company").objects
    number = 2
    while companies.filter(slug=f"compare-{number}").exists():
        number += 1
    companies.filter(slug="compare").update(slug=f"compare-{number}")


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0004_license_answers"),
    ]

    operations = [
        migrations.RunPython(move_away, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "compare"), _negated=True),
                name="company_leaves_compare_free",
                violation_error_message="The address of “compare” is the page that compares companies.",
            ),
        ),
    ]
