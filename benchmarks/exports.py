"""Prints how fast each form of file is written beside plain CSV, and the most memory it takes.

    python -m benchmarks.exports --size 100000

fills the database of DATABASE_URL, which must be empty or filled by benchmarks.pages. Each form is written in
a process of its own, in turns with its rivals; times are of the processor, which others on the machine hit less.

``same number`` is a plain values_list CSV of one query with as many columns as the table has, all from the
announcement and its company. ``same data`` is a values_list CSV of each table that a row is made of, without
putting anything together. The sets by which filters find announcements are remembered before, as they are in
a process that runs. A ratio of 1 would mean that putting rows together costs nothing.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter, process_time
from typing import Any

import django

RIVALS = ("same number", "same data")
OWN = ("slug", "title", "announced_on", "kind", "basis", "summary", "note", "state", "first_day")
MORE = (
    "created_at",
    "modified_at",
    "published_at",
    "publish_at",
    "evidence_due",
    "created_by",
    "pk",
)
ITS_COMPANY = ("pk", "name", "slug", "legal_name", "country", "website", "description", "founded")


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--size", type=int, default=100_000, help="announcements to make")
    arguments.add_argument("--rounds", type=int, default=3, help="times each form is written")
    arguments.add_argument("--only", help="write this one form, and print what it took")
    asked = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    if asked.only:
        _measure(asked.only)
        return
    from django.db import connection

    from announcements.exports.selections import FILE_FORMS
    from benchmarks import lists

    size = lists.fill(asked.size)
    print(f"{size} announcements, {connection.vendor}, medians of {asked.rounds} rounds\n")
    took: dict[str, list[tuple[float, float, float, float]]] = {}
    for _ in range(asked.rounds):
        for name in (*RIVALS, *FILE_FORMS):
            took.setdefault(name, []).append(_in_a_process_of_its_own(name))
    print("| form | s | CPU s | rows/s | MB | peak RSS MB | speed by same number | by same data |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    rival, other = (median(row[1] for row in took[name]) for name in RIVALS)
    for name, rows in took.items():
        seconds, cpu, megabytes, peak = (median(column) for column in zip(*rows, strict=True))
        print(
            f"| {name} | {seconds:.1f} | {cpu:.1f} | {size / cpu:.0f} | {megabytes:.0f} | {peak:.0f} "
            f"| {rival / cpu:.2f} | {other / cpu:.2f} |"
        )


def _in_a_process_of_its_own(name: str) -> tuple[float, float, float, float]:
    command = [sys.executable, "-m", "benchmarks.exports", "--only", name]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    seconds, cpu, megabytes, peak = map(float, told.split())
    return seconds, cpu, megabytes, peak


def _measure(name: str) -> None:
    """Print seconds, seconds of the processor, megabytes written, and the most megabytes held."""
    from django.http import QueryDict

    import tracker.wsgi  # noqa: F401  # As a process of the site stands.
    from announcements.filters import Selection

    write = writers()[name]
    # What it remembers from one answer to the next.
    Selection(QueryDict("")).total  # noqa: B018
    start, cpu = perf_counter(), process_time()
    with TemporaryFile() as file:
        write(file)
        size = file.tell()
    seconds, cpu = perf_counter() - start, process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, cpu, size / 1e6, peak)


def writers() -> dict[str, Callable[[Any], None]]:
    """By name, what writes a file of everything: the rivals, and the forms for readers."""
    from django.http import QueryDict

    from announcements.exports.selections import FILE_FORMS, FileForm, taken
    from announcements.filters import Selection

    def of(form: FileForm) -> Callable[[Any], None]:
        def write(file: Any) -> None:
            # With the keys: they are a part of what a reader waits for.
            selection = Selection(QueryDict(""))
            file.writelines(form.write(taken(selection.keys, selection.today, "http://localhost/")))

        return write

    return {
        "same number": _same_number,
        "same data": _same_data,
        **{suffix: of(form) for suffix, form in FILE_FORMS.items()},
    }


def _same_number(file: Any) -> None:
    from announcements.models import Announcement
    from announcements.records.flat import COLUMNS

    paths = [*OWN, *MORE, *(f"company__{name}" for name in ITS_COMPANY)]
    columns = (paths + paths)[: len(COLUMNS)]
    _dump(file, Announcement.objects.published().order_by("-first_day"), columns)


def _same_data(file: Any) -> None:
    from announcements import models

    whose = "announcement_id"
    company = ("company__legal_name", "company__name")
    announcements = models.Announcement
    for model, columns in (
        (announcements, (*OWN[:7], *company)),
        (models.Partner, (whose, *company)),
        (announcements.initiatives.through, (whose, "initiative__name")),
        (models.Promise, (whose, "title", "status", "due_latest")),
        (models.Release, (whose, "name", "license__slug", "level")),
        (models.Concern, (whose, "type__slug", "title", "status")),
        (models.Concern.further_types.through, ("concern_id", "concerntype__slug")),
        (models.Benefit, (whose, "type__slug")),
        (models.Citation, (whose, "source__url")),
        (announcements.related.through, ("from_announcement_id", "to_announcement__slug")),
    ):
        _dump(file, model._default_manager.order_by(), columns)


def _dump(file: Any, rows: Any, columns: Any) -> None:
    from io import TextIOWrapper

    text = TextIOWrapper(file, encoding="utf-8", newline="")
    csv.writer(text).writerows(rows.values_list(*columns).iterator())
    text.flush()
    text.detach()


if __name__ == "__main__":
    main()
