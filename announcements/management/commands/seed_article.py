from typing import Any

from django.core.management.base import BaseCommand

from announcements.imports import seed_article
from announcements.management.reports import report


class Command(BaseCommand):
    help = "Record the founding article, once; what is there already stays as editors have it."

    def handle(self, *args: Any, **options: Any) -> None:
        report(self, seed_article())
