from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from announcements import search
from announcements.models import Announcement
from announcements.models.version import raise_version


class Command(BaseCommand):
    help = (
        "Write anew what the search finds announcements by, and have every process read anew what it "
        "counts. Readers can search meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total = Announcement.objects.count()
        number = search.rebuild(
            lambda keys: tqdm(keys, total=total, unit=" announcements", disable=None, delay=1)
        )
        raise_version(Announcement.objects.order_by().values_list("pk", flat=True))
        self.stdout.write(f"{number} announcement{'' if number == 1 else 's'} can be searched")
