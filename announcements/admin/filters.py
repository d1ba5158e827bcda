"""Filters of the list of announcements: they ask with EXISTS, so that no row comes twice."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef

from announcements.models import Concern, ConcernType, Promise, Update


class PromiseStatusFilter(SimpleListFilter):
    title = "status of a promise"
    parameter_name = "promise"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return [*Update.Status.choices, ("overdue", "Overdue"), ("none", "Without a step")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if not (value := self.value()):
            return queryset
        of_this = Promise.objects.filter(announcement=OuterRef("pk"))
        if value not in dict(self.lookup_choices):
            return queryset.none()
        if value == "overdue":
            return queryset.filter(Exists(of_this.overdue()))
        return queryset.filter(Exists(of_this.filter(status="" if value == "none" else value)))


class ConcernTypeFilter(SimpleListFilter):
    title = "type of concern"
    parameter_name = "concern"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return [*ConcernType.objects.values_list("slug", "name"), ("none", "Without a type")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if not (value := self.value()):
            return queryset
        if value not in dict(self.lookup_choices):
            return queryset.none()
        concerns = Concern.objects.filter(announcement=OuterRef("pk"))
        untyped = concerns.filter(type=None)
        return queryset.filter(Exists(untyped if value == "none" else concerns.of_types([value])))
