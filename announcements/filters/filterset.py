"""The parameters of the contract, what each takes, and the orders of a list."""

from collections.abc import Callable
from typing import Any

import django_filters

from announcements import postings
from announcements.filters.conditions import conditions
from announcements.filters.fields import (
    OneSlugFilter,
    Options,
    PageFilter,
    PartialDateFilter,
    SlugsFilter,
)
from announcements.models import Announcement, Concern, Release, Update
from announcements.models.announcement import AnnouncementQuerySet
from announcements.search import LONGEST_QUERY

ORDERS = {
    "relevance": ("Best match first", ("-first_day", "-pk")),
    "newest": ("Newest first", ("-first_day", "-pk")),
    "oldest": ("Oldest first", ("first_day", "pk")),
    "updated": ("Last changed first", ("-modified_at", "-pk")),
    "title": ("By title", ("title", "pk")),
    "company": ("By company", ("company__name", "-first_day", "-pk")),
}
DEFAULT_ORDER = "newest"
BY_MATCH = "relevance"
"""The order of a search, unless another one is asked for; without words to find, the default one."""
YES_NO = {"yes": "Overdue", "no": "Not overdue"}


def _values(name: str) -> Callable[[], Options]:
    """The values that a filter has in this database, asked for at each use."""
    return lambda: postings.current().options(name)


class AnnouncementFilter(django_filters.FilterSet):
    """The parameters of the contract. Several values of one mean *or*, different ones mean *and*."""

    q = django_filters.CharFilter(label="Search", max_length=LONGEST_QUERY)
    company = SlugsFilter(label="Company", choices=_values("company"))
    concern = SlugsFilter(label="Concern", choices=_values("concern"))
    concern_status = SlugsFilter(label="Concern status", choices=Concern.Status.choices)
    initiative = SlugsFilter(label="Initiative", choices=_values("initiative"))
    kind = SlugsFilter(label="Kind", choices=Announcement.Kind.choices)
    status = SlugsFilter(label="Promise", choices=Update.Status.choices)
    overdue = OneSlugFilter(label="Overdue", choices=list(YES_NO.items()))
    license = SlugsFilter(label="License", choices=_values("license"))
    openness = SlugsFilter(label="Openness", choices=Release.Level.choices)
    benefit = SlugsFilter(label="Benefit", choices=_values("benefit"))
    country = SlugsFilter(label="Country", choices=_values("country"))
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
        chosen: Any = self.form.cleaned_data
        order = next(iter(chosen["order"]), DEFAULT_ORDER)
        return queryset.filter(*conditions(chosen)).order_by(*ORDERS[order][1])
