import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from announcements.imports import import_batch, read
from announcements.management.reports import report


class Command(BaseCommand):
    help = (
        "Import companies and announcements from JSON or NDJSON. Every record is checked before any is "
        "written; one problem, and nothing is. The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="A file of records, or - for standard input."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be done, and do nothing."
        )
        parser.add_argument(
            "--drafts", action="store_true", help="Leave new announcements as drafts."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        batch = read((name, _text(name)) for name in options["files"])
        result = import_batch(
            batch,
            dry_run=options["dry_run"],
            as_drafts=options["drafts"],
            # None: a bar on a terminal only, and not for what is done in a moment.
            progress=lambda records: tqdm(records, unit=" records", disable=None, delay=1),
        )
        report(self, result, dry_run=options["dry_run"])


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{name} is not UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error
