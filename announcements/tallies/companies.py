"""Companies and what they run, with what each announced and what its promises came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from announcements import statuses
from announcements.models import Announcement, Company, Initiative, Partner, Promise
from announcements.tallies.ledgers import Ledger


def with_published_counts(initiatives: QuerySet[Initiative]) -> QuerySet[Any]:
    """Initiatives with ``published``: how many published announcements each has."""
    state = Q(announcements__state=Announcement.State.PUBLISHED)
    return initiatives.annotate(published=Count("announcements", filter=state, distinct=True))


def with_announced_counts(
    companies: QuerySet[Company], among: QuerySet[Announcement] | None = None
) -> QuerySet[Any]:
    """Companies with ``published``: what each announced that is published, alone or with others.

    ``among`` counts only these of the published announcements.
    """
    own = Announcement.objects.published().order_by().filter(company=OuterRef("pk"))
    shared = _shared().filter(company=OuterRef("pk"))
    if among is not None:
        own, shared = own.filter(pk__in=among), shared.filter(announcement__in=among)
    counts = [
        Coalesce(Subquery(rows.values("company").annotate(of=Count("pk")).values("of")), 0)
        for rows in (own, shared)
    ]
    return companies.annotate(published=counts[0] + counts[1])


def _shared() -> QuerySet[Partner]:
    """What companies announced with others, each announcement's own company left out."""
    return (
        Partner.objects.order_by()
        .filter(announcement__state=Announcement.State.PUBLISHED)
        .exclude(announcement__company=F("company"))
    )


@dataclass(frozen=True)
class CompanyRow:
    """A company with its announcements, alone or with others, and what their promises came to."""

    company: Company
    announcements: int
    ledger: Ledger


def company_rows(companies: Iterable[Any], today: date) -> list[CompanyRow]:
    """Companies (from ``with_announced_counts``) with counts of their promises, in four queries."""
    companies = list(companies)
    ledgers = {company.pk: Ledger() for company in companies}
    for key, status, made, of in _by_status(list(ledgers)):
        ledger = ledgers[key]
        ledger.by_status[status] = ledger.by_status.get(status, 0) + made
        ledger.announcements[status] = ledger.announcements.get(status, 0) + of
    for key, made, of in _overdue(list(ledgers), today):
        ledgers[key].overdue += made
        ledgers[key].overdue_announcements += of
    return [CompanyRow(row, row.published, ledgers[row.pk]) for row in companies]


def _by_status(companies: list[int]) -> Iterable[tuple[int, str, int, int]]:
    """Company, status, promises and announcements that have them: what it announced alone, then with others."""
    own = Promise.objects.of_published().order_by().filter(announcement__company__in=companies)
    yield from own.values_list("announcement__company", "status").annotate(
        made=Count("pk"), of=Count("announcement", distinct=True)
    )
    shared = _shared().filter(company__in=companies, announcement__promises__isnull=False)
    yield from shared.values_list("company", "announcement__promises__status").annotate(
        made=Count("announcement__promises"), of=Count("announcement", distinct=True)
    )


def _overdue(companies: list[int], today: date) -> Iterable[tuple[int, int, int]]:
    """Company, overdue promises and announcements that have them, in the same two parts."""
    own = Promise.objects.of_published().overdue(today).order_by()
    yield from (
        own.filter(announcement__company__in=companies)
        .values_list("announcement__company")
        .annotate(made=Count("pk"), of=Count("announcement", distinct=True))
    )
    shared = _shared().filter(
        company__in=companies,
        announcement__promises__status__in=sorted(statuses.UNSETTLED),
        announcement__promises__due_latest__lt=today,
    )
    yield from shared.values_list("company").annotate(
        made=Count("announcement__promises"), of=Count("announcement", distinct=True)
    )
