import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

PREFERRED_NAME = "editor"


class Command(BaseCommand):
    help = "Make one superuser with a random password, shown once, if there is none yet."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError("This is for development; in production use createsuperuser.")
        users = get_user_model().objects
        if users.filter(is_superuser=True, is_active=True).exists():
            return
        name = PREFERRED_NAME
        if users.filter(username=name).exists():
            name = f"{PREFERRED_NAME}-{secrets.token_hex(3)}"
        password = secrets.token_urlsafe(12)
        get_user_model().objects.create_superuser(username=name, password=password)
        self.stdout.write("An account for the admin at /admin/, shown this once:")
        self.stdout.write(f"  user {name}")
        self.stdout.write(f"  password {password}")
