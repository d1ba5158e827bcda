"""An import from the admin: given, checked as often as wanted, carried out once, and perhaps undone."""

from dataclasses import asdict
from typing import Any

from announcements.imports.files import File, Unreadable
from announcements.imports.intake import Intake
from announcements.imports.outcomes import Outcome
from announcements.imports.reading import Problem
from announcements.imports.runs import carry_out
from announcements.models import ImportBatch

MOST_RECORDS = 2000
MOST_UNPACKED = 60_000_000
LONGEST_VALUE = 200


def begin(file_name: str, content: bytes, by: Any) -> ImportBatch:
    """Keep a file and check it."""
    name = file_name.replace("\x00", "")[-200:] or "file"
    batch = ImportBatch(file_name=name, content=content, uploaded_by=by)
    batch.save()
    check(batch)
    return batch


def check(batch: ImportBatch) -> None:
    """See what the file would do, and keep that as the batch's report."""
    intake = _intake(batch)
    try:
        outcome = carry_out(intake, batch, dry_run=True)
    except Unreadable as error:
        outcome = _unreadable(error)
    _keep(batch, intake, outcome)


def apply(batch: ImportBatch) -> bool:
    """Carry it out as it was shown, and say whether that was done; if not, the report is a new one."""
    intake = _intake(batch)
    try:
        outcome = carry_out(intake, batch, expected=batch.report.get("digest", ""))
    except Unreadable as error:
        outcome = _unreadable(error)
    if batch.applied_at:
        return True
    check(batch)
    if not outcome.problem_count:
        batch.report["changed_meanwhile"] = True
        batch.save(update_fields=["report"])
    return False


def _intake(batch: ImportBatch) -> Intake:
    file = File.of(batch.file_name, bytes(batch.content), MOST_UNPACKED)
    return Intake([file], answers=batch.answers, most=MOST_RECORDS)


def _unreadable(error: Unreadable) -> Outcome:
    outcome = Outcome()
    outcome.refuse(Problem("", "", None, str(error)))
    return outcome


def _keep(batch: ImportBatch, intake: Intake, outcome: Outcome) -> None:
    counts = outcome.counts
    for word in ("created", "updated", "unchanged"):
        setattr(batch, word, counts[word])
    batch.report = {
        "problems": [_as_json(problem) for problem in outcome.problems],
        "more_problems": outcome.more_problems,
        "refused": counts["refused"],
        "questions": [
            {"text": text, "times": times, "candidates": intake.licenses.candidates(text)}
            for text, times in outcome.questions.items()
        ],
        "answered": [
            [text, intake.licenses.titles.get(answer, answer)]
            for text, answer in batch.answers.items()
        ],
        "changes": outcome.changes,
        "more_changes": counts["created"] + counts["updated"] - len(outcome.changes),
        "digest": outcome.digest,
    }
    batch.save()


def _as_json(problem: Problem) -> dict[str, Any]:
    known = asdict(problem)
    value = "" if problem.value is None else str(problem.value)
    # What no database keeps as text is shown as a question mark.
    shown = value.encode(errors="replace").decode().replace("\x00", "?")
    return {**known, "value": shown[:LONGEST_VALUE] + ("…" if len(shown) > LONGEST_VALUE else "")}
