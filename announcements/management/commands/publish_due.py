from typing import Any

from django.core.management.base import BaseCommand, CommandError

from announcements.models.embargo import publish_due


class Command(BaseCommand):
    help = (
        "Publish what is ready and whose set time has come. Meant for every minute; one that lacks "
        "something stays ready and is named, and the command fails, so that somebody hears of it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        due = publish_due()
        for announcement in due.published:
            self.stdout.write(f"published: {announcement.slug}")
        for announcement, sentences in due.lacking:
            self.stderr.write(f"not published: {announcement.slug}: {' '.join(sentences)}")
        if due.lacking:
            number = len(due.lacking)
            raise CommandError(
                f"{number} announcement{'' if number == 1 else 's'} whose time has come "
                f"{'lacks' if number == 1 else 'lack'} something."
            )
