from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("announcements", "0001_what_we_know")]

    operations = [
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["due_latest", "id"], name="promise_due"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["delivered_on", "id"], name="promise_delivered"),
        ),
    ]
