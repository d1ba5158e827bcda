from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("announcements", "0002_versions")]

    operations = [
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["due_latest", "id"], name="promise_due"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["delivered_on", "id"], name="promise_delivered"),
        ),
        migrations.AddIndex(
            model_name="update",
            index=models.Index(fields=["happened_on", "id"], name="update_latest"),
        ),
    ]
