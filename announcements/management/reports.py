"""What the commands that write records say of it."""

from django.core.management.base import BaseCommand, CommandError

from announcements.imports import Outcome, Result
from announcements.imports.license_names import LicenseNames

MOST_PROBLEMS = 200


def report(command: BaseCommand, result: Result, *, dry_run: bool = False) -> None:
    """Say what was done; raise CommandError, after naming every problem, if something was refused."""
    for problem in result.problems[:MOST_PROBLEMS]:
        command.stderr.write(str(problem))
    if (more := len(result.problems) - MOST_PROBLEMS) > 0:
        command.stderr.write(f"… and {more} more problems")
    counts = ", ".join(
        f"{len(getattr(result, word))} {word}"
        for word in ("created", "updated", "unchanged", "refused")
    )
    if result.problems:
        raise CommandError(f"Nothing was written: {counts}.")
    command.stdout.write(
        f"{'Nothing was written, this was a dry run: ' if dry_run else ''}{counts}"
    )


def report_outcome(
    command: BaseCommand, outcome: Outcome, licenses: LicenseNames, *, dry_run: bool = False
) -> None:
    """The same of an import from files; a license that is still to be asked about is named with its like."""
    for problem in outcome.problems[:MOST_PROBLEMS]:
        command.stderr.write(str(problem))
    if (more := outcome.problem_count - MOST_PROBLEMS) > 0:
        command.stderr.write(f"… and {more} more problems")
    for text, times in outcome.questions.items():
        near = ", ".join(licenses.candidates(text)) or "none of the licenses"
        command.stderr.write(
            f"“{text}” ({times} times): which license is that? It is like {near}. Say so with --license "
            f'"{text}=slug", or leave it empty with --license "{text}=".'
        )
    words = ("created", "updated", "unchanged", "refused")
    counts = ", ".join(f"{outcome.counts[word]} {word}" for word in words)
    if outcome.problem_count or outcome.questions:
        asked = f", {len(outcome.questions)} licenses to ask about" if outcome.questions else ""
        raise CommandError(f"Nothing was written: {counts}{asked}.")
    command.stdout.write(
        f"{'Nothing was written, this was a dry run: ' if dry_run else ''}{counts}"
    )
