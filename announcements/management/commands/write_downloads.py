from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from announcements.exports.downloads import write_downloads


class Command(BaseCommand):
    help = (
        "Write the whole public data as files for /data/downloads/, if it changed since they were written. "
        "Meant for every hour or day; readers get whole files meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="Write them although nothing changed."
        )

    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        try:
            now, is_new = write_downloads(anew=anew)
        except OSError as error:
            raise CommandError(
                f"{settings.DOWNLOADS_DIR} cannot be written: {error.strerror}. See DOWNLOADS_DIR."
            ) from error
        for file in now.files if is_new else ():
            self.stdout.write(f"{file.name}: {file.size} bytes, sha256 {file.sha256}")
        if not is_new:
            self.stdout.write("The downloads are of the data as it stands; nothing was written.")
