from typing import Any

from django.core.management.base import BaseCommand

from announcements.imports import load_vocabularies


class Command(BaseCommand):
    help = "Add concern types, benefit types and licenses that are not there yet; changes none that are."

    def handle(self, *args: Any, **options: Any) -> None:
        for noun, added in load_vocabularies().items():
            self.stdout.write(f"{noun}: {added} added")
