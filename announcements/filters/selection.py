"""A query string with the announcements it means, or with what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, overload
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone
from pyroaring import BitMap

from announcements import postings
from announcements.canonical_urls import is_tracking
from announcements.filters.conditions import promises_meant
from announcements.filters.fields import Options, SlugsField
from announcements.filters.filterset import BY_MATCH, DEFAULT_ORDER, ORDERS, AnnouncementFilter
from announcements.filters.sets import Sets
from announcements.history import Past
from announcements.models import Announcement, Promise
from announcements.models.announcement import AnnouncementQuerySet
from announcements.models.promise import PromiseQuerySet
from announcements.postings import Postings

SINGLE = ("q", "overdue", "after", "before", "order", "page")
NOT_A_FILTER = ("order", "page")
DATES = ("after", "before")
AS_OF = "as_of"
BY_SETS = (BY_MATCH, "newest", "oldest")
"""Orders that the sets have by themselves; the others are queries."""


@dataclass(frozen=True)
class Chosen:
    """One value of an active filter, and the query string without it."""

    name: str
    label: str
    value: str
    words: str
    without: str

    @property
    def alone(self) -> str:
        """Words that say what is meant where the label does not stand beside them."""
        return f"{self.label.lower()} {self.words}" if self.name in DATES else self.words


@dataclass(frozen=True)
class Keys(Sequence[int]):
    """The keys of the announcements of a selection, in its order, read as far as they are asked for.

    What a slice costs does not grow with where it is.
    """

    selection: "Selection"

    def __len__(self) -> int:
        return self.selection.total

    @overload
    def __getitem__(self, part: int) -> int: ...

    @overload
    def __getitem__(self, part: slice) -> list[int]: ...

    def __getitem__(self, part: int | slice) -> int | list[int]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop, _ = part.indices(len(self))
        if self.selection.order not in BY_SETS:
            return list(self.selection.queryset.values_list("pk", flat=True)[start:stop])
        sets, places = self.selection.sets, self.selection.postings.places
        if self.selection.order == "oldest":
            return places.keys(sets.selected[start:stop])
        tiers = sets.tiers if self.selection.order == BY_MATCH else [sets.selected]
        return [key for some in _parts(tiers, start, stop) for key in places.keys(some)[::-1]]


def _parts(tiers: Iterable[BitMap], start: int, stop: int) -> Iterator[BitMap]:
    """What of each tier stands between two places of a list in which each is read from its end."""
    for tier in tiers:
        size = len(tier)
        if start < size and stop > 0:
            yield tier[size - min(stop, size) : size - max(start, 0)]
        start, stop = start - size, stop - size


@dataclass
class Selection:
    """The announcements that a query string means, or what is wrong with it."""

    params: QueryDict
    today: date = field(default_factory=lambda: timezone.localdate())
    past: Past | None = None
    """Set by ``filters.past`` where the query string asks how things stood."""

    @cached_property
    def postings(self) -> Postings:
        """The state of the data that everything said of this selection comes from."""
        return postings.current()

    @cached_property
    def filterset(self) -> AnnouncementFilter:
        filterset = AnnouncementFilter(self.params, queryset=Announcement.objects.published())
        for name in self.postings.values:
            filterset.form.fields[name].choices = partial(self.postings.options, name)
            filterset.form.fields[name].former = partial(self.postings.former.get, name, {})
        return filterset

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by parameter, with the values that would be right; empty for a good question."""
        names = list(AnnouncementFilter.base_filters)
        errors = {
            name: [f"There is no filter of this name. Allowed: {', '.join(names)}."]
            for name in self.params
            # Who shares a link has a name of theirs added to it, by no choice of the reader.
            if not (name in names or is_tracking(name) or (self.past and name == AS_OF))
        }
        for name in SINGLE:
            if len([value for value in self.params.getlist(name) if value]) > 1:
                errors[name] = ["Takes one value, once."]
        if not self.filterset.form.is_valid():
            for name, messages in self.filterset.form.errors.items():
                errors.setdefault(name, list(messages))
        return errors

    @property
    def is_valid(self) -> bool:
        return not self.errors

    def refuse(self, name: str, message: str) -> None:
        """Add an error that only the answer could show, such as a page that does not exist."""
        self.errors.setdefault(name, []).append(message)
        self.filterset.form.add_error(name, message)

    @cached_property
    def queryset(self) -> AnnouncementQuerySet:
        """The announcements in their order, as a query; none if the question was not understood."""
        return self.filterset.qs if self.is_valid else Announcement.objects.none()

    @cached_property
    def promises(self) -> PromiseQuerySet:
        """Of the announcements selected, the promises that status and overdue speak of, as a query."""
        if not self.is_valid:
            return Promise.objects.none()
        promises = promises_meant(self.values, self.today)
        if not self.chosen:
            return promises.of_published()
        return promises.filter(announcement__in=self.queryset)

    @cached_property
    def sets(self) -> Sets:
        return Sets(self.postings, self.values, self.today)

    @cached_property
    def total(self) -> int:
        return len(self.sets.selected) if self.is_valid else 0

    @property
    def keys(self) -> Keys:
        return Keys(self)

    @property
    def values(self) -> Mapping[str, Any]:
        """The cleaned values, by parameter."""
        return self.filterset.form.cleaned_data if self.is_valid else {}

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Every value of every active filter, in the order of the filters."""
        return [
            Chosen(name, str(self._field(name).label), value, words, self.without(name, value))
            for name in AnnouncementFilter.base_filters
            if name not in NOT_A_FILTER
            for value, words in self._values_in_words(name)
        ]

    @property
    def query(self) -> str:
        """The query string by which this page of the list is known: no empty value, and no page one."""
        return self._query("page", "1")

    @property
    def whole(self) -> str:
        """The query string of all its pages, by which it can be taken away in any form."""
        return self._query("page")

    def _query(self, left_out: str, value: str = "") -> str:
        pairs = [
            (name, given)
            for name in AnnouncementFilter.base_filters
            for given in self.params.getlist(name)
            if given and not (name == left_out and value in ("", given))
        ]
        return urlencode(pairs) if self.is_valid else ""

    def _field(self, name: str) -> forms.Field:
        return self.filterset.form.fields[name]

    def options(self, name: str) -> Options:
        """Slug and name of every value of a filter that offers some."""
        if name in self.postings.values:
            return self.postings.options(name)
        return self._slugs(name).pairs()

    def typed(self, name: str) -> list[str]:
        """The slugs given for a filter that offers values, whether it has them or not."""
        return self._slugs(name).to_python(self.params.getlist(name))

    def _slugs(self, name: str) -> SlugsField:
        field = self._field(name)
        assert isinstance(field, SlugsField)  # noqa: S101
        return field

    def _values_in_words(self, name: str) -> Iterable[tuple[str, str]]:
        value = self.values.get(name)
        if isinstance(value, list):
            names = dict(self.options(name)) if value else {}
            return [(slug, names[slug]) for slug in value]
        return [(str(value), getattr(value, "words", f"“{value}”"))] if value else []

    def without(self, name: str, value: str = "") -> str:
        """The query string without one value of a filter, or without the filter; always from page one."""
        params = self.params.copy()
        others = [] if name in SINGLE or not value else params.getlist(name)
        params.setlist(name, [o for o in others if self._slugs(name).to_python([o]) != [value]])
        params.pop("page", None)
        return params.urlencode()

    def toggled(self, name: str, value: str) -> str:
        """The query string with one value of a filter more, or less if it is chosen; from page one."""
        if value in self.typed(name):
            return self.without(name, value)
        params = self.params.copy()
        params.pop("page", None)
        if name in SINGLE:
            params[name] = value
        else:
            params.appendlist(name, value)
        return params.urlencode()

    @property
    def order(self) -> str:
        """The slug of the order that the list has."""
        default = BY_MATCH if self.values.get("q") else DEFAULT_ORDER
        asked = next(iter(self.values.get("order") or []), default)
        return default if asked == BY_MATCH else asked

    @property
    def orders(self) -> list[tuple[str, str]]:
        """Slug and words of every order that this list can have."""
        has_words = bool(self.values.get("q"))
        return [
            (slug, words) for slug, (words, _) in ORDERS.items() if has_words or slug != BY_MATCH
        ]
