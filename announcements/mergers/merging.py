"""One record goes into another: everything that hangs on it moves, and its address leads there."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from announcements.mergers.fields import chosen
from announcements.mergers.journal import Journal
from announcements.mergers.rules import RULES, Absorbs, Links, Moves, Rule
from announcements.models import (
    Announcement,
    Company,
    FormerInitiativeName,
    FormerName,
    Merger,
    Partner,
    Source,
)
from announcements.models.publishing import checked_at_the_end


class Refused(ValidationError):
    """Two records that are not merged; the message says why."""


def merge(absorbed: Any, kept: Any, choices: Mapping[str, str], by: Any = None) -> Merger:
    """Put a record into another one of its kind, in one transaction.

    ``choices`` says by field's name "theirs" where the kept record takes the other's value; what it
    lacks it takes anyhow. Raises Refused, or what the database raises if the values do not go together.
    """
    if absorbed.pk == kept.pk:
        raise Refused("A record cannot be merged into itself: choose another one.")
    with checked_at_the_end():
        absorbed, kept = _locked_pair(absorbed, kept)
        journal = Journal()
        facts = {"kept_name": str(kept)[:500], "absorbed_name": str(absorbed)[:500]}
        keys = {"kept_key": kept.pk, "absorbed_key": absorbed.pk}
        _merge(journal, absorbed, kept, choices)
        return Merger.objects.create(
            kind=kept._meta.model_name, steps=journal.steps, merged_by=by, **facts, **keys
        )


def _locked_pair(absorbed: Any, kept: Any) -> list[Any]:
    """Both as they stand once nobody else writes them; the announcements they are in come first.

    Everybody locks announcements before what those name, and rows of one kind by key: two who lock in
    two orders would wait for each other.
    """
    lock_keys(Announcement, _announcements(absorbed, kept))
    keys = [absorbed.pk, kept.pk]
    rows = {row.pk: row for row in _locked(type(kept), keys)}
    for record in (absorbed, kept):
        if record.pk not in rows:
            raise Refused(f"Somebody else merged or deleted “{record}” meanwhile.")
    return [rows[key] for key in keys]


def lock_keys(model: Any, keys: Iterable[int]) -> None:
    list(_locked(model, keys).values_list("pk"))


def _locked(model: Any, keys: Iterable[int]) -> Any:
    return model._base_manager.filter(pk__in=list(keys)).order_by("pk").select_for_update()


def _announcements(absorbed: Any, kept: Any) -> set[int]:
    """The keys of those that the merge writes to, or to parts of which it does."""
    found: set[int] = set()
    for rule in RULES[type(kept)]:
        if isinstance(rule, Links):
            links = getattr(absorbed, rule.accessor).order_by()
            found.update(links.values_list("pk", flat=True))
        elif isinstance(rule, Absorbs):
            for row, other in alike(rule, absorbed, kept):
                found |= _announcements(other, row)
        elif rule.announcement:
            found.update(rows_of(rule, absorbed).values_list(rule.announcement, flat=True))
    return found


def rows_of(rule: Moves | Absorbs, record: Any) -> Any:
    """The rows of a relation that name a record."""
    return rule.model.objects.filter(**{rule.column: record.pk}).order_by("pk")


def _merge(journal: Journal, absorbed: Any, kept: Any, choices: Mapping[str, str]) -> None:
    model = type(kept)
    values = chosen(kept, absorbed, choices)
    if model is Source:
        _retell_nothing_in_circles(journal, absorbed, kept, values)
    if model is Company:
        _announce_once(journal, absorbed, kept)
    for rule in RULES[model]:
        _move(journal, rule, absorbed, kept)
    journal.drop(absorbed)
    journal.change(kept, values)
    kept_before, kept = kept, model.objects.get(pk=kept.pk)
    for before in (kept_before, absorbed):
        _keep_names(journal, before, kept)
        _keep_address(journal, before, kept)


def _move(journal: Journal, rule: Rule, absorbed: Any, kept: Any) -> None:
    if isinstance(rule, Links):
        journal.relink(rule.accessor, absorbed, kept)
        return
    if rule.alike:
        for row, other in alike(rule, absorbed, kept):
            _join(journal, rule, row, other)
    journal.move(rule.model, rule.column, kept, rows_of(rule, absorbed))


def alike(rule: Moves | Absorbs, absorbed: Any, kept: Any) -> list[tuple[Any, Any]]:
    """Pairs of a row of the kept record and one of the other, of which only one can stay."""
    mine = {getattr(row, rule.alike): row for row in rows_of(rule, kept)}
    return [
        (mine[value], row)
        for row in rows_of(rule, absorbed)
        if (value := getattr(row, rule.alike)) in mine
    ]


def _join(journal: Journal, rule: Moves | Absorbs, row: Any, other: Any) -> None:
    if isinstance(rule, Absorbs):
        other, row = _locked_pair(other, row)
        _merge(journal, other, row, {})
        return
    values = rule.join(row, other) if rule.join else {}
    journal.drop(other)
    journal.change(
        row,
        {
            field.attname: field.get_prep_value(values[field.name])
            for field in row._meta.concrete_fields
            if field.name in values
        },
    )


# What only one of the models needs


def _announce_once(journal: Journal, *same: Company) -> None:
    """A company that announced is not named once more among those that announced with it."""
    for partner in Partner.objects.filter(company__in=same, announcement__company__in=same):
        journal.drop(partner)


def _retell_nothing_in_circles(
    journal: Journal, absorbed: Source, kept: Source, values: dict[str, Any]
) -> None:
    """Nothing that the kept source retells retells it, however many steps away."""
    same = {absorbed.pk, kept.pk}
    origins = (values.pop("derived_from_id", None), kept.derived_from_id)
    origin = next((key for key in origins if key and not _leads_to(key, same)), None)
    journal.change(kept, {"derived_from_id": origin})
    kept.derived_from_id = origin


def _leads_to(key: int | None, ends: set[int]) -> bool:
    seen: set[int] = set()
    while key is not None and key not in seen:
        if key in ends:
            return True
        seen.add(key)
        key = Source.objects.filter(pk=key).values_list("derived_from_id", flat=True).first()
    return False


def _keep_names(journal: Journal, before: Any, kept: Any) -> None:
    """The names that a record had and the kept one has not are former names of that one."""
    if isinstance(kept, Source):
        return
    model, column = (
        (FormerName, "company")
        if isinstance(kept, Company)
        else (FormerInitiativeName, "initiative")
    )
    known = {kept.name, getattr(kept, "legal_name", ""), ""}
    known.update(kept.former_names.values_list("name", flat=True))
    for name in dict.fromkeys((before.name, getattr(before, "legal_name", ""))):
        if name not in known:
            journal.add(model, **{column: kept, "name": name})


def _keep_address(journal: Journal, before: Any, kept: Any) -> None:
    """The address that a record had leads to the kept one."""
    addresses = kept.former_addresses
    attribute = addresses.model.ATTRIBUTE
    had, has = getattr(before, attribute), getattr(kept, attribute)
    if had != has and not addresses.filter(**{attribute: had}).exists():
        journal.add(addresses.model, record=kept, **{attribute: had})
