import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from announcements.imports import File, Intake, Unreadable, carry_out
from announcements.imports.license_names import LicenseNames
from announcements.management.reports import report_outcome
from announcements.models import ImportBatch


class Command(BaseCommand):
    help = (
        "Import companies and announcements from CSV, XLSX, JSON or NDJSON. Every record is checked before "
        "any is written; one problem, and nothing is. The same file twice changes nothing."
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
        parser.add_argument(
            "--license",
            action="append",
            default=[],
            metavar="TEXT=SLUG",
            help="What a license in free text means; TEXT= leaves it empty. May be given several times.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as stack:
            self._import([_file(name, stack) for name in options["files"]], options)

    def _import(self, files: list[File], options: dict[str, Any]) -> None:
        intake = Intake(
            files, publish_new=not options["drafts"], answers=_answers(options["license"])
        )
        batch = ImportBatch(file_name=", ".join(file.name for file in files)[:200])
        try:
            outcome = carry_out(
                intake,
                batch,
                dry_run=options["dry_run"],
                # None: a bar on a terminal only, and not for what is done in a moment.
                progress=lambda chunks: _bar(chunks),
            )
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        report_outcome(self, outcome, intake.licenses, dry_run=options["dry_run"])


def _bar(chunks: Any) -> Any:
    with tqdm(unit=" records", disable=None, delay=1) as bar:
        for chunk in chunks:
            yield chunk
            bar.update(len(chunk))


def _file(name: str, stack: ExitStack) -> File:
    if name != "-":
        return File.at(name)
    # A file is read more than once.
    aside = stack.enter_context(NamedTemporaryFile())  # noqa: SIM115
    if hasattr(sys.stdin, "buffer"):
        while piece := sys.stdin.buffer.read(1 << 20):
            aside.write(piece)
    else:
        aside.write(sys.stdin.read().encode())
    aside.flush()
    return File("standard input", lambda: Path(aside.name).open("rb"))


def _answers(given: list[str]) -> dict[str, str]:
    answers, known = {}, LicenseNames().titles
    for one in given:
        text, equals, slug = one.rpartition("=")
        if not equals or (slug and slug not in known):
            raise CommandError(f"--license {one}: write TEXT=SLUG with the slug of a license.")
        answers[text.strip()] = slug
    return answers
