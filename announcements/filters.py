"""Which announcements a query string means. Every list, count, file and feed asks here.

A question that is not understood selects nothing and says so; it never shows everything.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django_countries import countries

from announcements.models import (
    Announcement,
    Benefit,
    BenefitType,
    Company,
    Concern,
    ConcernType,
    Initiative,
    License,
    Promise,
    Release,
    Update,
)
from announcements.models.announcement import AnnouncementQuerySet, announced_by
from announcements.models.fields import PartialDateFormField
from announcements.search import LONGEST_QUERY, matching

Options = list[tuple[str, str]]
SHORT_LIST = 20
"""Up to so many allowed values are named in full; of longer lists, the nearest spellings."""

ORDERS = {
    "newest": ("Newest first", ("-first_day", "-pk")),
    "oldest": ("Oldest first", ("first_day", "pk")),
    "updated": ("Last changed first", ("-modified_at", "-pk")),
    "title": ("By title", ("title", "pk")),
    "company": ("By company", ("company__name", "-first_day", "-pk")),
}
DEFAULT_ORDER = "newest"
YES_NO = {"yes": "Overdue", "no": "Not overdue"}
SPELLINGS = {"1": "yes", "true": "yes", "on": "yes", "0": "no", "false": "no", "off": "no"}


def _named(rows: Callable[[], QuerySet[Any]]) -> Callable[[], Options]:
    return lambda: list(rows().values_list("slug", "name"))


def _countries() -> Options:
    codes = (
        Company.objects.public().exclude(country="").values_list("country", flat=True).distinct()
    )
    return sorted(
        ((code.lower(), countries.name(code)) for code in codes.order_by()),
        key=lambda pair: pair[1],
    )


class SlugsField(forms.MultipleChoiceField):
    """Slugs of a list; an unknown one is an error that names those it could have been."""

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        known = [slug for slug, _ in self.pairs()] if value else []
        for slug in value:
            if slug not in known:
                raise ValidationError(_not_one_of(slug, known), code="invalid_choice")

    def pairs(self) -> Options:
        """Slug and name of every value."""
        choices: Any = self.choices
        return [(slug, str(name)) for slug, name in choices]

    def to_python(self, value: Any) -> list[str]:
        texts = super().to_python([text for text in value or [] if text])
        return list(dict.fromkeys(text.lower() for text in texts))


def _not_one_of(slug: str, known: list[str]) -> str:
    if len(known) <= SHORT_LIST:
        return f"“{slug}” is not one of the values. Allowed: {', '.join(known)}."
    near = get_close_matches(slug, known, n=5, cutoff=0.5)
    hint = f"Near it: {', '.join(near)}." if near else f"For example: {', '.join(known[:5])}."
    return f"“{slug}” is not one of the {len(known)} values. {hint}"


class SlugsFilter(django_filters.MultipleChoiceFilter):
    field_class = SlugsField


class OneSlugField(SlugsField):
    """A list of slugs that takes one."""

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > 1:
            raise ValidationError("Takes one value.", code="several")

    def to_python(self, value: Any) -> list[str]:
        return [SPELLINGS.get(slug, slug) for slug in super().to_python(value)]


class OneSlugFilter(django_filters.MultipleChoiceFilter):
    field_class = OneSlugField


class PartialDateFilter(django_filters.Filter):
    field_class = PartialDateFormField


class PageFilter(django_filters.Filter):
    field_class = forms.IntegerField


class AnnouncementFilter(django_filters.FilterSet):
    """The parameters of the contract. Several values of one mean *or*, different ones mean *and*."""

    q = django_filters.CharFilter(label="Search", max_length=LONGEST_QUERY)
    company = SlugsFilter(label="Company", choices=_named(Company.objects.public))
    concern = SlugsFilter(label="Concern", choices=_named(ConcernType.objects.all))
    concern_status = SlugsFilter(label="Concern status", choices=Concern.Status.choices)
    initiative = SlugsFilter(label="Initiative", choices=_named(Initiative.objects.public))
    kind = SlugsFilter(label="Kind", choices=Announcement.Kind.choices)
    status = SlugsFilter(label="Promise", choices=Update.Status.choices)
    overdue = OneSlugFilter(label="Overdue", choices=list(YES_NO.items()))
    license = SlugsFilter(label="License", choices=_named(License.objects.all))
    openness = SlugsFilter(label="Openness", choices=Release.Level.choices)
    benefit = SlugsFilter(label="Benefit", choices=_named(BenefitType.objects.all))
    country = SlugsFilter(label="Country", choices=_countries)
    after = PartialDateFilter(label="From")
    before = PartialDateFilter(label="Until")
    order = OneSlugFilter(
        label="Order", choices=[(slug, words) for slug, (words, _) in ORDERS.items()]
    )
    page = PageFilter(label="Page", min_value=1)

    class Meta:
        model = Announcement
        fields: list[str] = []

    def filter_queryset(self, queryset: AnnouncementQuerySet) -> AnnouncementQuerySet:
        chosen = self.form.cleaned_data
        order = next(iter(chosen["order"]), DEFAULT_ORDER)
        return queryset.filter(*conditions(chosen)).order_by(*ORDERS[order][1])


SINGLE = ("q", "overdue", "after", "before", "order", "page")
NOT_A_FILTER = ("order", "page")


def conditions(chosen: Mapping[str, Any], today: date | None = None) -> list[Q | Exists]:
    """What an announcement must meet, from cleaned values; leave a key out to ask without that filter."""
    return [
        condition
        for condition in _conditions(chosen, today or timezone.localdate())
        if condition is not None
    ]


def _conditions(chosen: Mapping[str, Any], today: date) -> Iterator[Q | Exists | None]:
    yield matching(chosen["q"]) if chosen.get("q") else None
    yield Q(kind__in=chosen["kind"]) if chosen.get("kind") else None
    yield Q(first_day__gte=chosen["after"].earliest) if chosen.get("after") else None
    yield Q(first_day__lte=chosen["before"].latest) if chosen.get("before") else None
    if slugs := chosen.get("company"):
        yield announced_by(Company.objects.filter(slug__in=slugs))
    if codes := chosen.get("country"):
        yield announced_by(Company.objects.filter(country__in=[code.upper() for code in codes]))
    if slugs := chosen.get("initiative"):
        yield Exists(Initiative.objects.filter(slug__in=slugs, announcements=OuterRef("pk")))
    if slugs := chosen.get("license"):
        yield _has(Release.objects.under(License.objects.filter(slug__in=slugs)))
    if levels := chosen.get("openness"):
        yield _has(Release.objects.filter(level__in=levels))
    if slugs := chosen.get("benefit"):
        yield _has(Benefit.objects.filter(type__slug__in=slugs))
    yield from _concerns(chosen)
    yield from _promises(chosen, today)


def _has(rows: Any) -> Exists:
    return Exists(rows.filter(announcement=OuterRef("pk")))


def _concerns(chosen: Mapping[str, Any]) -> Iterator[Exists]:
    """Type and status speak of the same concern."""
    types, states = chosen.get("concern"), chosen.get("concern_status")
    if types or states:
        concerns = Concern.objects.of_types(types) if types else Concern.objects.all()
        yield _has(concerns.filter(status__in=states) if states else concerns)


def _promises(chosen: Mapping[str, Any], today: date) -> Iterator[Exists | Q]:
    """Status and overdue speak of the same promise; not overdue means that none is."""
    states, overdue = chosen.get("status"), chosen.get("overdue")
    promises = Promise.objects.filter(status__in=states) if states else Promise.objects.all()
    if overdue == ["yes"]:
        yield _has(promises.overdue(today))
    elif states:
        yield _has(promises)
    if overdue == ["no"]:
        yield ~Q(_has(Promise.objects.overdue(today)))


@dataclass(frozen=True)
class Chosen:
    """One value of an active filter, and the query string without it."""

    name: str
    label: str
    value: str
    words: str
    without: str


@dataclass
class Selection:
    """The announcements that a query string means, or what is wrong with it."""

    params: QueryDict
    among: AnnouncementQuerySet | None = None

    @cached_property
    def filterset(self) -> AnnouncementFilter:
        among = Announcement.objects.published() if self.among is None else self.among
        return AnnouncementFilter(self.params, queryset=among)

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by parameter, with the values that would be right; empty for a good question."""
        names = list(AnnouncementFilter.base_filters)
        errors = {
            name: [f"There is no filter of this name. Allowed: {', '.join(names)}."]
            for name in self.params
            if name not in names
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
        """The announcements in their order; none if the question was not understood."""
        return self.filterset.qs if self.is_valid else Announcement.objects.none()

    @cached_property
    def total(self) -> int:
        return self.queryset.order_by().count() if self.is_valid else 0

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

    def _field(self, name: str) -> forms.Field:
        return self.filterset.form.fields[name]

    def _values_in_words(self, name: str) -> Iterable[tuple[str, str]]:
        value = self.values.get(name)
        if isinstance(value, list):
            names = dict(self._field(name).choices) if value else {}  # type: ignore[attr-defined]
            return [(slug, str(names[slug])) for slug in value]
        return [(str(value), getattr(value, "words", f"“{value}”"))] if value else []

    def without(self, name: str, value: str = "") -> str:
        """The query string without one value of a filter, or without the filter; always from page one."""
        params = self.params.copy()
        kept = [other for other in params.getlist(name) if value and other.lower() != value]
        params.setlist(name, kept if name not in SINGLE else [])
        params.pop("page", None)
        return params.urlencode()

    @property
    def order(self) -> str:
        return next(iter(self.values.get("order") or []), DEFAULT_ORDER)
