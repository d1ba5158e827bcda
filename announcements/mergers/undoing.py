"""A merge taken back: every step from the last to the first, or none of them."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from announcements.mergers.fields import Values, stored
from announcements.mergers.journal import Step, announcements_in, model_of
from announcements.mergers.merging import Refused, lock_keys
from announcements.models import Announcement, Merger
from announcements.models.publishing import checked_at_the_end

MOST_NAMED = 5


def undo(merger: Merger, by: Any = None) -> None:
    """Have everything as it was before a merge, in one transaction.

    Raises Refused with the sentences that say what stands in the way; then nothing is undone.
    """
    with checked_at_the_end():
        merger = Merger.objects.select_for_update().get(pk=merger.pk)
        lock_keys(Announcement, announcements_in(merger.steps))
        lock_keys(merger.model, [merger.kept_key])
        if in_the_way := obstacles(merger):
            raise Refused(in_the_way)
        try:
            with transaction.atomic():
                for step in reversed(merger.steps):
                    UNDO[step["do"]](step)
        except IntegrityError as error:
            raise Refused(
                "Something that was entered since has a name or an address that belongs to "
                f"“{merger.absorbed_name}”. Rename it first."
            ) from error
        merger.undone_at, merger.undone_by = timezone.now(), by
        merger.save(update_fields=["undone_at", "undone_by"])


def obstacles(merger: Merger) -> list[str]:
    """Sentences that say why a merge cannot be undone; empty if it can."""
    if merger.undone_at:
        return ["This merge was undone already."]
    if not merger.model.objects.filter(pk=merger.kept_key).exists():
        return [_why_it_is_gone(merger)]
    return [words for step in reversed(merger.steps) for words in _obstacles(step, merger)]


def _why_it_is_gone(merger: Merger) -> str:
    later = Merger.objects.filter(
        kind=merger.kind, absorbed_key=merger.kept_key, undone_at=None
    ).first()
    if later:
        return f"“{merger.kept_name}” was itself merged into “{later.kept_name}”: undo that first."
    return f"“{merger.kept_name}” was deleted since."


def _obstacles(step: Step, merger: Merger) -> Iterator[str]:
    model = model_of(step)
    noun = str(model._meta.verbose_name)
    match step["do"]:
        case "move":
            rows = model.objects.in_bulk(step["keys"])
            yield from _not_there(noun, merger, [key for key in step["keys"] if key not in rows])
            elsewhere = [row for row in rows.values() if getattr(row, _column(step)) != step["to"]]
            yield from _each(f"{noun} “{{}}” belongs to another record now.", elsewhere)
        case "relink":
            yield from _unlinked(step, merger)
        case "drop":
            yield from _cannot_come_back(step, merger)
        case "add":
            key = step["row"][model._meta.pk.attname]
            yield from _no_longer_so(model, key, step["row"], merger)
        case "change":
            yield from _no_longer_so(model, step["key"], step["after"], merger)


def _column(step: Step) -> str:
    return str(model_of(step)._meta.get_field(step["column"]).attname)


def _not_there(noun: str, merger: Merger, keys: list[int]) -> Iterator[str]:
    if keys:
        number = "One row" if len(keys) == 1 else f"{len(keys)} rows"
        yield f"{number} of kind {noun} moved to “{merger.kept_name}” and deleted since."


def _each(words: str, rows: list[Any]) -> Iterator[str]:
    for row in rows[:MOST_NAMED]:
        text = words.format(row)
        yield text[0].upper() + text[1:]
    if len(rows) > MOST_NAMED:
        yield f"And {len(rows) - MOST_NAMED} more like it."


def _unlinked(step: Step, merger: Merger) -> Iterator[str]:
    kept = model_of(step)(pk=step["to"])
    linked = set(getattr(kept, step["accessor"]).order_by().values_list("pk", flat=True))
    keys = [key for key in (*step["moved"], *step["shared"]) if key not in linked]
    rows = Announcement.objects.in_bulk(keys)
    yield from _not_there("announcement", merger, [key for key in keys if key not in rows])
    words = f"announcement “{{}}” is not about “{merger.kept_name}” any more."
    yield from _each(words, list(rows.values()))


def _cannot_come_back(step: Step, merger: Merger) -> Iterator[str]:
    """What a deleted row refers to must be there, and what only it may have must be free."""
    model, row = model_of(step), step["row"]
    noun = model._meta.verbose_name
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        if isinstance(field, models.ForeignKey) and value is not None:
            target: Any = field.related_model
            there = target._base_manager.filter(pk=value).exists()
            if not there and (target._meta.model_name, value) not in _coming_back(merger):
                yield f"The {target._meta.verbose_name} of a {noun} was deleted since."
        elif field.unique and not field.primary_key:
            others = model.objects.filter(**{field.attname: value})
            for other in others.exclude(pk__in=_changing_back(merger, model)):
                yield f"The {noun} “{other}” has the {field.verbose_name} “{value}” now."


def _coming_back(merger: Merger) -> set[tuple[str, Any]]:
    return {
        (step["model"], step["row"][model_of(step)._meta.pk.attname])
        for step in merger.steps
        if step["do"] == "drop"
    }


def _changing_back(merger: Merger, model: Any) -> list[Any]:
    name = model._meta.model_name
    return [s["key"] for s in merger.steps if s["do"] == "change" and s["model"] == name]


def _no_longer_so(model: Any, key: Any, wanted: Values, merger: Merger) -> Iterator[str]:
    noun, row = model._meta.verbose_name, model.objects.filter(pk=key).first()
    if row is None:
        name = next((wanted[c] for c in ("name", "slug", "canonical_url") if wanted.get(c)), noun)
        yield f"The {noun} “{name}” that the merge left with “{merger.kept_name}” was deleted since."
        return
    has = stored(row)
    for column, value in wanted.items():
        if _as_text(has[column]) != _as_text(value):
            label = row._meta.get_field(column).verbose_name
            yield f"The {label} of the {noun} “{row}” was changed since."


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _move_back(step: Step) -> None:
    rows = model_of(step).objects.filter(pk__in=step["keys"])
    rows.update(**{step["column"]: step["from"]})


def _relink_back(step: Step) -> None:
    model = model_of(step)
    kept, absorbed = (model.objects.get(pk=step[end]) for end in ("to", "from"))
    getattr(kept, step["accessor"]).remove(*step["moved"])
    getattr(absorbed, step["accessor"]).add(*step["moved"], *step["shared"])


def _put_back(step: Step) -> None:
    model_of(step)(**step["row"]).save(force_insert=True)


def _take_out(step: Step) -> None:
    model = model_of(step)
    model.objects.filter(pk=step["row"][model._meta.pk.attname]).delete()


def _change_back(step: Step) -> None:
    model_of(step).objects.filter(pk=step["key"]).update(**step["before"])


UNDO: dict[str, Callable[[Step], None]] = {
    "move": _move_back,
    "relink": _relink_back,
    "drop": _put_back,
    "add": _take_out,
    "change": _change_back,
}
