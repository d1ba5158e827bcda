"""Prints how many rows an import takes in a second, and the most memory it takes.

    python -m benchmarks.imports --rows 100000

writes a table of that many announcements and imports it into the database of DATABASE_URL, which must be
migrated and empty. Every row has a company, a date, a source of its own and, in every third, a release with
a license in free text.
"""

import argparse
import csv
import os
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import django

COMPANIES = 50
HEADER = (
    "id",
    "title",
    "companies",
    "announced_on",
    "kind",
    "basis",
    "summary",
    "sources.1.url",
    "sources.1.title",
    "sources.1.kind",
    "releases.1.name",
    "releases.1.type",
    "releases.1.license",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--form", choices=("csv", "xlsx"), default="csv")
    asked = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from announcements.imports import load_vocabularies
    from announcements.models import Company

    load_vocabularies()
    for number in range(COMPANIES):
        Company.objects.get_or_create(name=f"Company {number}")
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"announcements.{asked.form}"
        _write(file, asked.rows)
        before = _megabytes()
        for what in (["--dry-run"], []) if asked.rows <= 1000 else ([],):
            start = perf_counter()
            call_command("import_announcements", str(file), "--drafts", *what)
            seconds = perf_counter() - start
            print(
                f"{asked.rows} rows of {asked.form} ({file.stat().st_size / 1e6:.0f} MB), {connection.vendor}: "
                f"{seconds:.0f} s, {asked.rows / seconds:.0f} rows/s, "
                f"{before:.0f} MB before, {_megabytes():.0f} MB at most"
            )
            sys.stdout.flush()


def _write(file: Path, number: int) -> None:
    if file.suffix == ".xlsx":
        from announcements.exports.files import FORMATS

        with file.open("wb") as content:
            content.writelines(FORMATS["xlsx"].write(iter(map(list, _rows(number)))))
        return
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(_rows(number))


def _rows(number: int):  # type: ignore[no-untyped-def]
    yield HEADER
    for row in range(number):
        release = (
            (f"Model {row}", "model", "Apache License, Version 2.0") if row % 3 == 0 else [""] * 3
        )
        yield (
            f"announcement-{row}",
            f"Announcement {row}, of something that is opened",
            f"Company {row % COMPANIES}; Company {(row + 1) % COMPANIES}",
            f"{2015 + row % 11}-{row % 12 + 1:02}",
            "program",
            "company-statement",
            "What was said of it, in two or three sentences of some length. " * 3,
            f"https://example.org/news/{row}",
            f"News of {row}",
            "company-statement",
            *release,
        )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
