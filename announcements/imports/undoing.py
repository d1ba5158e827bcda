"""An import undone: every record as it was before, or nothing at all."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from announcements.imports.checking import Known
from announcements.imports.company_rows import write_company
from announcements.imports.reading import Batch
from announcements.imports.rows import tidy
from announcements.imports.runs import MODELS, chunks_of, records_now
from announcements.imports.traces import Traces
from announcements.imports.writing import Writer
from announcements.models import ImportBatch
from announcements.models.publishing import checked_at_the_end


class NotUndone(Exception):
    """Why nothing was undone, as a sentence; ``names`` are the records that stand in the way."""

    def __init__(self, sentence: str, names: list[str] | None = None) -> None:
        super().__init__(sentence)
        self.names = names or []


def undo(batch_key: int, by: Any = None) -> ImportBatch:
    """Bring back what stood before a batch. Raises NotUndone, and then nothing was changed.

    It is all or nothing: a record that somebody changed since the import would lose that change, and
    the others may have been made to go with it.
    """
    try:
        with checked_at_the_end():
            batch = ImportBatch.objects.select_for_update().get(pk=batch_key)
            if not batch.can_be_undone:
                raise NotUndone("This import was undone before, or never carried out.")
            if changed := _changed_since(batch):
                raise NotUndone("Nothing is undone: these were changed since the import.", changed)
            _bring_back(batch)
            batch.undone_at, batch.undone_by = timezone.now(), by
            batch.save()
    except ProtectedError as error:
        names = sorted(str(row) for row in error.protected_objects)
        raise NotUndone(
            "Nothing is undone: these were added since and use what it added.", names
        ) from error
    except ValidationError as error:
        raise NotUndone(f"Nothing is undone. {' '.join(error.messages)}") from error
    return batch


def _changed_since(batch: ImportBatch) -> list[str]:
    names = []
    for rows in chunks_of(batch):
        now = records_now(rows)
        names += [row.name for row in rows if tidy(now.get((row.noun, row.key))) != tidy(row.after)]
    return names


def _bring_back(batch: ImportBatch) -> None:
    _each(batch, "company", lambda row: write_company(row.before))
    writer = Writer(Known.with_batch(Batch([], [], [])), publish=False)
    _drop_new(batch, "announcement")
    _each(batch, "announcement", lambda row: writer.write(row.before, exact_links=True))
    writer.link()
    _drop_new(batch, "company")
    Traces(batch.traces).undo()


def _each(batch: ImportBatch, noun: str, restore: Any) -> None:
    for rows in chunks_of(batch):
        for row in rows:
            if row.noun == noun and not row.is_new:
                restore(row)


def _drop_new(batch: ImportBatch, noun: str) -> None:
    for rows in chunks_of(batch):
        keys = [row.key for row in rows if row.noun == noun and row.is_new]
        MODELS[noun].objects.filter(pk__in=keys).delete()
