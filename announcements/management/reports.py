"""What the commands that write records say of it."""

from django.core.management.base import BaseCommand, CommandError

from announcements.imports import Result

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
