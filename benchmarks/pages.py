"""Prints what a list page costs beside the same page with its data already in memory.

    python -m benchmarks.pages --size 100000

fills the database of DATABASE_URL, which must be empty, and asks each question in turn with its
rival, so that whatever else the machine does hits both. A ratio of 1 would mean that finding,
counting and reading cost nothing.
"""

import argparse
import os
import sys

import django

from benchmarks.timing import interleaved


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--size", type=int, default=100_000, help="announcements to make")
    arguments.add_argument("--rounds", type=int, default=30, help="times each page is asked for")
    asked = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from django.db import connection

    from benchmarks import lists

    size = lists.fill(asked.size)
    print(f"{size} announcements, {connection.vendor}, {asked.rounds} rounds, medians in ms\n")
    print("| question | matches | queries | page | in memory | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for question in lists.questions():
        page, memory = interleaved(question.page, question.in_memory, asked.rounds)
        print(
            f"| {question.name} | {question.matches} | {question.queries} "
            f"| {page:.1f} | {memory:.1f} | {page / memory:.2f} |"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
