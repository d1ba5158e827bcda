"""Companies and what they run, with what each announced and what its promises came to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from announcements.models import Announcement, Company, Initiative, Partner, Promise
from announcements.tallies.ledgers import Ledger


def with_published_counts(initiatives: QuerySet[Initiative]) -> QuerySet[Any]:
    """Initiatives with ``published``: how many published announcements each has."""
    state = Q(announcements__state=Announcement.State.PUBLISHED)
    return initiatives.annotate(published=Count("announcements", filter=state, distinct=True))


def with_announced_counts(companies: QuerySet[Company]) -> QuerySet[Any]:
    """Companies with ``published``: what each announced that is published, alone or with others."""
    own = Announcement.objects.published().order_by().filter(company=OuterRef("pk"))
    shared = (
        Partner.objects.order_by()
        .filter(company=OuterRef("pk"), announcement__state=Announcement.State.PUBLISHED)
        .exclude(announcement__company=OuterRef("pk"))
    )
    counts = [
        Coalesce(Subquery(rows.values("company").annotate(of=Count("pk")).values("of")), 0)
        for rows in (own, shared)
    ]
    return companies.annotate(published=counts[0] + counts[1])


@dataclass(frozen=True)
class CompanyRow:
    """A company with its announcements, alone or with others, and what their promises came to."""

    company: Company
    announcements: int
    ledger: Ledger


def company_rows(today: date) -> list[CompanyRow]:
    """All companies by name, in a number of queries that does not grow with them."""
    announced: dict[int, set[int]] = {}
    for path in ("company", "partners__company"):
        rows = Announcement.objects.published().order_by().exclude(**{path: None})
        for company, announcement in rows.values_list(path, "pk"):
            announced.setdefault(company, set()).add(announcement)
    promises: dict[int, list[tuple[str, bool]]] = {}
    overdue = set(Promise.objects.overdue(today).values_list("pk", flat=True))
    for key, announcement, status in Promise.objects.of_published().values_list(
        "pk", "announcement", "status"
    ):
        promises.setdefault(announcement, []).append((status, key in overdue))
    return [
        CompanyRow(
            company,
            len(keys),
            _plain_ledger([row for key in keys for row in promises.get(key, [])]),
        )
        for company in Company.objects.public()
        for keys in [announced.get(company.pk, set())]
    ]


def _plain_ledger(promises: list[tuple[str, bool]]) -> Ledger:
    counts = Counter(status for status, _ in promises)
    return Ledger(by_status=dict(counts), overdue=sum(late for _, late in promises))
