"""From files to rows: everything is checked, then everything is written in one transaction, or nothing is."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from announcements.imports.bulk import BulkWriter
from announcements.imports.checking import Known, announcement_problems, company_problems
from announcements.imports.company_rows import write_company
from announcements.imports.descriptions import Descriptions
from announcements.imports.intake import Intake, Wanted
from announcements.imports.outcomes import MOST_CHANGES, Outcome, change_of
from announcements.imports.reading import Batch, Problem, name_of
from announcements.imports.writing import Writer
from announcements.models import Announcement, Company, ImportBatch, ImportedRecord
from announcements.models.publishing import checked_at_the_end
from announcements.records import company_record, editors_record

MODELS: dict[str, Any] = {"announcement": Announcement, "company": Company}
REFUSALS = (ValidationError, IntegrityError, DataError)
NAMED_BY = {"announcement": "slug", "company": "name"}
Rows = Iterator[list[Wanted]]


class _Undo(Exception):
    """Rolls the transaction back on purpose."""


def carry_out(
    intake: Intake,
    batch: ImportBatch,
    *,
    dry_run: bool = False,
    expected: str = "",
    progress: Callable[[Rows], Iterable[list[Wanted]]] = iter,
) -> Outcome:
    """Write what the files ask for and keep it with the batch, which need not be saved yet.

    Nothing is written if anything is wrong, if a license is still to be asked about, if ``dry_run``, or if
    the records are no longer as they were when an outcome had the digest ``expected``. Raises Unreadable.
    ``progress`` wraps the chunks of announcements while they are written.
    """
    outcome = Outcome()
    known = _check(intake, outcome)
    if outcome.problem_count or (outcome.questions and not dry_run):
        return outcome
    try:
        with checked_at_the_end():
            if batch.pk is None:
                batch.save()
            run = _Run(intake, known, batch, outcome, dry_run=dry_run)
            run.write(progress)
            if dry_run or outcome.problem_count or expected not in ("", outcome.digest):
                raise _Undo
            _finish(batch, outcome, run.writer)
    except _Undo:
        pass
    except ValidationError as error:
        _refuse_all(outcome, error)
    return outcome


def _check(intake: Intake, outcome: Outcome) -> Known:
    for problem in intake.faults():
        outcome.refuse(problem)
    ids = _doubles(intake, outcome)
    known = Known.with_batch(Batch([], [], []))
    known.announcements |= ids
    for chunk in intake.companies():
        for wanted in chunk:
            _told(outcome, wanted, company_problems(wanted.record))
            known.add_company(wanted.record)
    descriptions = Descriptions()
    for chunk in intake.announcements():
        for wanted in chunk:
            draft = not intake.is_for_readers(wanted)
            problems = announcement_problems(wanted.record, known, draft=draft)
            _told(outcome, wanted, problems or descriptions.contradictions(wanted.record))
            outcome.questions.update(wanted.questions)
    return known


def _doubles(intake: Intake, outcome: Outcome) -> set[str]:
    """The ids of all announcements; what comes twice is refused."""
    seen: dict[tuple[str, str], str] = {}
    for noun, key, wanted in intake.known_by():
        first = seen.setdefault((noun, key), wanted.place)
        if key and first != wanted.place:
            message = f"comes twice in this import, first at {first}. Keep one of them."
            field = "name" if noun == "company" else "id"
            outcome.refuse(wanted.found(Problem(key, field, key, message)))
    return {key for noun, key in seen if noun == "announcement"}


def _told(outcome: Outcome, wanted: Wanted, problems: Iterable[Problem]) -> None:
    for problem in wanted.problems:
        outcome.refuse(problem)
    for problem in problems:
        outcome.refuse(wanted.found(problem))


class _Run:
    """The writing of one import, within its transaction."""

    def __init__(
        self, intake: Intake, known: Known, batch: ImportBatch, outcome: Outcome, *, dry_run: bool
    ) -> None:
        self.intake, self.known, self.batch, self.outcome = intake, known, batch, outcome
        self.most = MOST_CHANGES if dry_run else None
        self.kept = 0
        self.writer: Any = None

    def write(self, progress: Any) -> None:
        for chunk in self.intake.companies():
            self._write_chunk("company", chunk, lambda wanted: write_company(wanted.record))
        # Now, and not before: it reads the companies once.
        self.writer = BulkWriter(
            self.known, publish=self.intake.publish_new, by=self.batch.uploaded_by
        )
        for chunk in progress(self.intake.announcements()):
            self._write_chunk("announcement", chunk, self._write_announcement)
        if not self.outcome.problem_count:
            self.writer.link()
            self._keep_what_stands()

    def _write_announcement(self, wanted: Wanted) -> str:
        return str(self.writer.write(wanted.record, exact_links=wanted.exact_links))

    def _write_chunk(self, noun: str, chunk: list[Wanted], write: Any) -> None:
        together = [one for one in chunk if noun == "announcement" and not one.stored]
        done = together if self._write_all(together) else []
        keys_done = {id(one) for one in done}
        written = [one for one in chunk if id(one) in keys_done or self._write_one(one, write)]
        for wanted in written:
            self.outcome.will_change(name_of(wanted.record), wanted.before)
        some = written[: max(self.most - self.kept, 0)] if self.most is not None else written
        self.kept += len(some)
        named = "id" if noun == "announcement" else "name"
        by = NAMED_BY[noun]
        rows = MODELS[noun].objects.filter(**{f"{by}__in": [one.record[named] for one in some]})
        keys = dict(rows.values_list(by, "pk"))
        ImportedRecord.objects.bulk_create(
            ImportedRecord(
                batch=self.batch,
                noun=noun,
                key=keys[wanted.record[named]],
                name=str(wanted.record.get("title") or wanted.record[named]),
                before=wanted.before,
            )
            for wanted in some
        )

    def _write_all(self, new: list[Wanted]) -> bool:
        """Whether all of them could be written together; if not, each is tried to see which it is."""
        if not new:
            return True
        mark = self.writer.traces.mark()
        try:
            with transaction.atomic():
                self.writer.write_new(wanted.record for wanted in new)
        except REFUSALS:
            self.writer.traces.back_to(mark)
            return False
        self.outcome.counts["created"] += len(new)
        return True

    def _write_one(self, wanted: Wanted, write: Any) -> bool:
        """Whether something was added or changed."""
        try:
            with transaction.atomic():
                done = write(wanted)
        except REFUSALS as error:
            for field, message in _refusals(error):
                problem = Problem(name_of(wanted.record), field, None, message)
                self.outcome.refuse(wanted.found(problem))
            return False
        self.outcome.counts[done] += 1
        return bool(done != "unchanged")

    def _keep_what_stands(self) -> None:
        """Read what the import made of each record, once all of it is written."""
        for rows in chunks_of(self.batch):
            records = records_now(rows)
            for row in rows:
                row.after = records[row.noun, row.key]
            ImportedRecord.objects.bulk_update(rows, ["after"])
            if len(self.outcome.changes) < MOST_CHANGES:
                self.outcome.changes += map(change_of, rows)
        del self.outcome.changes[MOST_CHANGES:]


def chunks_of(batch: ImportBatch, size: int = 200) -> Iterator[list[ImportedRecord]]:
    """The records of a batch in their order, a few at a time."""
    last = 0
    while some := list(batch.records.filter(pk__gt=last).order_by("pk")[:size]):
        yield some
        last = some[-1].pk


def records_now(rows: list[ImportedRecord]) -> dict[tuple[str, int], Any]:
    """How the records of these rows stand now, by noun and key; what is not there is left out."""
    keys = {noun: [row.key for row in rows if row.noun == noun] for noun in MODELS}
    announcements = Announcement.objects.filter(pk__in=keys["announcement"]).for_records()
    companies = Company.objects.filter(pk__in=keys["company"]).prefetch_related("former_names")
    return {
        **{("announcement", row.pk): editors_record(row) for row in announcements},
        **{("company", row.pk): company_record(row) for row in companies},
    }


def _finish(batch: ImportBatch, outcome: Outcome, writer: Writer) -> None:
    for word in ("created", "updated", "unchanged"):
        setattr(batch, word, outcome.counts[word])
    batch.traces = writer.traces.as_json()
    batch.content, batch.applied_at = b"", timezone.now()
    batch.report = {}
    batch.save()


def _refusals(error: Exception) -> Iterator[tuple[str, str]]:
    """Field and sentence of what saving refused; of what publishing lacks, the list or field it is in."""
    if not isinstance(error, ValidationError):
        yield "", f"the database refuses it: {error}"
    elif hasattr(error, "error_dict"):
        for field, messages in error.message_dict.items():
            yield "" if field == "__all__" else field, " ".join(messages)
    else:
        for one in error.error_list:
            yield "", " ".join(one.messages)


def _refuse_all(outcome: Outcome, error: ValidationError) -> None:
    for message in error.messages:
        outcome.refuse(Problem("", "", None, message))
