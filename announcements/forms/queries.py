"""What readers ask a page by its address: searching companies, choosing some to compare."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from announcements.canonical_urls import is_tracking
from announcements.filters import SlugsField
from announcements.models import Company
from announcements.search import LONGEST_QUERY
from announcements.tallies import MOST


class QueryForm(forms.Form):
    """A form filled in by a query string, in which an unknown parameter is an error, as a wrong value is."""

    SEVERAL: tuple[str, ...] = ()
    """Parameters that may be repeated."""

    @property
    def complaints(self) -> list[tuple[str, list[str]]]:
        """What is wrong, by parameter, with what would be right; empty for a good question."""
        unknown = f"There is no parameter of this name. Allowed: {', '.join(self.fields)}."
        found = {
            name: [unknown]
            for name in self.data
            if name not in self.fields and not is_tracking(name)
        }
        for name, values in self.data.lists():  # type: ignore[attr-defined]
            if (
                name in self.fields
                and name not in self.SEVERAL
                and len(list(filter(None, values))) > 1
            ):
                found[name] = ["Takes one value, once."]
        for name, messages in self.errors.items():
            found.setdefault(name, [str(message) for message in messages])
        return list(found.items())

    def refuse(self, name: str, message: str) -> None:
        """Add an error that only the answer could show, such as a page that does not exist."""
        self.add_error(name, message)


class CompanySearchForm(QueryForm):
    q = forms.CharField(required=False, max_length=LONGEST_QUERY)
    page = forms.IntegerField(required=False, min_value=1)


def _companies() -> list[tuple[str, str]]:
    return list(Company.objects.public().values_list("slug", "name"))


def _former_companies() -> dict[str, str]:
    rows = Company.objects.public().exclude(former_addresses=None).order_by()
    return dict(rows.values_list("former_addresses__slug", "slug"))


class CompareForm(QueryForm):
    """Two to four companies; one or none is a beginning, more is an error."""

    SEVERAL = ("company",)

    company = SlugsField(required=False, choices=_companies)
    company.former = _former_companies

    def clean_company(self) -> list[Company]:
        slugs: list[str] = self.cleaned_data["company"]
        if len(slugs) > MOST:
            raise ValidationError(
                f"{len(slugs)} companies are too many for one table. Allowed: up to {MOST}."
            )
        found = {row.slug: row for row in Company.objects.public().filter(slug__in=slugs)}
        return [found[slug] for slug in slugs]

    @property
    def chosen(self) -> list[Company]:
        """The companies asked for, in their order; none if the question is not understood."""
        return self.cleaned_data.get("company", []) if self.is_valid() else []

    @property
    def places(self) -> list[tuple[int, str]]:
        """The fields to choose with: their numbers, and the slug that each begins with."""
        slugs = [company.slug for company in self.chosen]
        return list(enumerate([*slugs, *[""] * (MOST - len(slugs))], 1))

    @property
    def options(self) -> list[tuple[str, str]]:
        field: Any = self.fields["company"]
        return field.pairs()
