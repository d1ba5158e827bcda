from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from announcements.models import Suggestion
from announcements.models.suggestion import CONTACT_DAYS


class Command(BaseCommand):
    help = "Delete the contacts that readers left with suggestions, once they are old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=CONTACT_DAYS,
            help=f"older than this, {CONTACT_DAYS} if not given",
        )

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        number = Suggestion.objects.forget_contacts(max(days, 0))
        contacts = "1 contact" if number == 1 else f"{number} contacts"
        self.stdout.write(f"Deleted {contacts}.")
