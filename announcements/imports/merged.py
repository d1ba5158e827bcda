"""Records that speak of what was merged since: they mean the record that was kept."""

from collections.abc import Iterable
from dataclasses import replace

from announcements.imports.reading import Batch
from announcements.models import Company, FormerName, Merger
from announcements.records import Record


def set_apart(batch: Batch) -> tuple[Batch, list[Record]]:
    """The batch without the records of companies that went into another one, and these records.

    A file that was written before the merge would make them anew. Their names lead to the company that
    was kept, as all of its former names do.
    """
    merged = went_into_others(str(record.get("name")) for record in batch.companies)
    apart = [record for record in batch.companies if str(record.get("name")) in merged]
    kept = [record for record in batch.companies if str(record.get("name")) not in merged]
    return replace(batch, companies=kept), apart


def went_into_others(companies: Iterable[str]) -> set[str]:
    """Those of these names whose company was merged into another one."""
    names = list(companies)
    gone = Merger.objects.filter(
        kind=Merger.Kind.COMPANY, undone_at=None, absorbed_name__in=names
    ).values_list("absorbed_name", flat=True)
    return set(gone) - set(Company.objects.filter(name__in=names).values_list("name", flat=True))


def with_names_left(record: Record, company: Company) -> Record:
    """The record of a company with the former names that merges left with it, in their stored order.

    A file that was written before knows nothing of them, and does not mean that they were not borne.
    """
    told = record.get("former_names", [])
    stored = [former.name for former in company.former_names.all()]
    left = _names_left(company)
    kept = [name for name in stored if name in told or name in left]
    if not left.intersection(stored):
        return record
    return {**record, "former_names": [*kept, *(name for name in told if name not in kept)]}


def _names_left(company: Company) -> set[str]:
    merges = Merger.objects.filter(
        kind=Merger.Kind.COMPANY, kept_key=company.pk, undone_at=None
    ).values_list("steps", flat=True)
    steps = [step for some in merges for step in some if step["model"] == "formername"]
    moved = [key for step in steps if step["do"] == "move" for key in step["keys"]]
    added = {step["row"]["name"] for step in steps if step["do"] == "add"}
    return added.union(FormerName.objects.filter(pk__in=moved).values_list("name", flat=True))
