"""The filter column: each filter's values as a reader may choose them, with what each would give."""

from collections.abc import Iterator
from dataclasses import dataclass

from announcements.filters import AnnouncementFilter, Options, Selection

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

FOLDED = 200
"""Of still longer lists the rest is a page of its own, or every list would weigh what they weigh."""


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
    elsewhere: int
    """How many more values only the filter's own page has."""
    errors: list[str]
    is_open: bool
    takes_one: bool

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.shown)


def facets(selection: Selection) -> list[Facet]:
    """The groups of the filter column, those with a choice or an error unfolded."""
    return [_facet(selection, name, is_open) for name, is_open in FACETS.items()]


def options(selection: Selection, name: str) -> list[Option]:
    """Every value of a filter, in the order of the names or of the vocabulary."""
    return _counted(selection, name, selection.options(name))


def _facet(selection: Selection, name: str, is_open: bool) -> Facet:
    pairs = _in_order(selection, name)
    typed = selection.typed(name)
    if len(pairs) <= SHOWN + 1:
        first, others = pairs, []
    else:
        chosen = [pair for pair in pairs if pair[0] in typed]
        others = [pair for pair in pairs if pair[0] not in typed]
        room = max(SHOWN - len(chosen), 0)
        first, others = chosen + others[:room], others[room:]
    folded = others if len(others) <= FOLDED else []
    errors = selection.errors.get(name, [])
    return Facet(
        name=name,
        label=str(AnnouncementFilter.base_filters[name].label),
        shown=[*_unknown(typed, pairs), *_counted(selection, name, first)],
        rest=_counted(selection, name, folded),
        elsewhere=len(others) - len(folded),
        errors=errors,
        is_open=is_open or bool(typed or errors),
        takes_one=name == "overdue",
    )


def _in_order(selection: Selection, name: str) -> Options:
    """Long lists begin with what most announcements have, whatever is chosen: so their order stays."""
    values = selection.postings.by_count.get(name, [])
    if name in BY_COUNT and len(values) > SHOWN + 1:
        return [(value.slug, value.name) for value in values]
    return selection.options(name)


def _counted(selection: Selection, name: str, pairs: Options) -> list[Option]:
    typed = selection.typed(name)
    found: dict[str, int] = {}
    if selection.is_valid:
        found = selection.sets.counts(name, [slug for slug, _ in pairs])
    return [Option(slug, words, slug in typed, True, found.get(slug)) for slug, words in pairs]


def _unknown(typed: list[str], pairs: Options) -> Iterator[Option]:
    known = {slug for slug, _ in pairs}
    yield from (Option(slug, slug, True, False) for slug in typed if slug not in known)
