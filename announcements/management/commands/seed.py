from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from announcements.imports import seed_article, seed_starters
from announcements.management.reports import report
from announcements.models import Announcement, Company, ConcernType


class Command(BaseCommand):
    help = (
        "Fill an empty database: vocabularies, starter companies and announcements, the founding article. "
        "A database with anything in it is left as it is."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if any(model.objects.exists() for model in (Announcement, Company, ConcernType)):
            self.stdout.write("The database has records already; nothing was added.")
            return
        report(self, seed_starters(progress=lambda rows: tqdm(rows, unit=" records", disable=None)))
        report(self, seed_article())
