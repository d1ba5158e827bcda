"""The filter column: each filter's values as a reader may choose them, with what each would give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from announcements.facets.counts import Counts, counts
from announcements.filters import AnnouncementFilter, Selection, SlugsField

FACETS = {
    "status": True,
    "overdue": True,
    "company": True,
    "concern": True,
    "concern_status": False,
    "kind": False,
    "openness": False,
    "license": False,
    "initiative": False,
    "benefit": False,
    "country": False,
}
"""The filters that offer values, in their order in the column, and whether their group starts open."""

BY_COUNT = ("company", "initiative", "license", "country")
"""Lists that grow with the records; the others keep the order of the vocabulary."""

SHOWN = 10
"""Of longer lists the rest folds away; what is chosen never does."""


@dataclass(frozen=True)
class Option:
    """One value of a filter."""

    value: str
    name: str
    is_chosen: bool
    is_known: bool = True
    """Whether the filter has this value; one that was only typed stays in sight, to be taken out."""
    count: int | None = None
    """Announcements it would give under the other active filters; None if the question has errors."""


@dataclass(frozen=True)
class Facet:
    """A filter with its values: those in sight and those folded away."""

    name: str
    label: str
    shown: list[Option]
    rest: list[Option]
    errors: list[str]
    is_open: bool
    takes_one: bool

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.shown)


def facets(selection: Selection, today: date) -> list[Facet]:
    """The groups of the filter column, those with a choice or an error unfolded.

    Long lists begin with the values that most announcements have, whatever is chosen, so that their
    order stays as the counts change.
    """
    found = counts(selection.values, today) if selection.is_valid else {}
    overall = counts({}, today) if selection.chosen else found
    return [
        _facet(selection, name, is_open, found.get(name), overall.get(name))
        for name, is_open in FACETS.items()
    ]


def _facet(
    selection: Selection, name: str, is_open: bool, found: Counts | None, overall: Counts | None
) -> Facet:
    field = selection.filterset.form.fields[name]
    options = list(_options(field, selection.params.getlist(name)))
    if found is not None:
        options = [replace(option, count=found[option.value]) for option in options]
    if overall and len(options) > SHOWN + 1 and name in BY_COUNT:
        options.sort(key=lambda option: -overall[option.value])
    chosen = [option for option in options if option.is_chosen]
    others = [option for option in options if not option.is_chosen]
    fits = len(options) <= SHOWN + 1
    shown = options if fits else chosen + others[: max(SHOWN - len(chosen), 0)]
    errors = selection.errors.get(name, [])
    return Facet(
        name=name,
        label=str(AnnouncementFilter.base_filters[name].label),
        shown=shown,
        rest=[option for option in others if option not in shown],
        errors=errors,
        is_open=is_open or bool(chosen or errors),
        takes_one=name == "overdue",
    )


def _options(field: SlugsField, typed: Iterable[str]) -> Iterator[Option]:
    """The values typed that the filter does not have, then those that it has."""
    chosen = field.to_python(typed)
    known = field.pairs()
    slugs = {slug for slug, _ in known}
    yield from (Option(slug, slug, True, False) for slug in chosen if slug not in slugs)
    yield from (Option(slug, name, slug in chosen) for slug, name in known)
