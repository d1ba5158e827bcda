"""A made-up tracker of any size, always the same: companies and initiatives in the proportions of real ones.

Few companies make most announcements, some concern types are common and some rare, and every other
announcement promises something that came, came late or did not come. Rows go in past the models, so
what the models would derive is given here; the search index and the version follow at the end.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from announcements import search
from announcements.models import (
    Announcement,
    Benefit,
    BenefitType,
    Citation,
    Company,
    Concern,
    ConcernType,
    Initiative,
    License,
    Promise,
    Release,
    ReleaseComponent,
    Source,
    Update,
)
from announcements.models.version import raise_version

COMPANIES, INITIATIVES, BATCH = 300, 2000, 5000
COUNTRIES = ("US", "CN", "FR", "GB", "DE", "KR", "IL", "CA", "JP", "AE")
FIRST, LAST = date(2012, 1, 1), date(2026, 10, 31)
SYLLABLES = ("ka", "ro", "mi", "tel", "ban", "su", "ner", "lo", "fi", "dra", "pon", "gu")
KINDS = [kind for kind in Announcement.Kind.values if kind != Announcement.Kind.INTENT]
STATUSES = ("announced", "delayed", "partly-delivered", "delivered", "delivered", "delivered")
LEVELS = ("not-assessed", "restricted-weights", "open-weights", "open-weights", "open-source")


class Maker:
    """Makes the rows; every choice comes from one seeded source of chance."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.chance = Random(7)  # noqa: S311
        self.words = [
            "".join(self.chance.choice(SYLLABLES) for _ in range(self.chance.randint(2, 4)))
            for _ in range(4000)
        ]
        self.word_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def make(self) -> None:
        """Everything, in one transaction."""
        with transaction.atomic():
            self._vocabulary()
            for start in range(0, self.number, BATCH):
                self._batch(range(start, min(start + BATCH, self.number)))
            search.rebuild()
            raise_version(())
        # A database that runs for a while has counted its rows by itself.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _vocabulary(self) -> None:
        self.companies = _add(
            Company(name=f"Company {n}", slug=f"company-{n}", country=self._zipf(COUNTRIES))
            for n in range(1, COMPANIES + 1)
        )
        self.initiatives = _add(
            Initiative(
                name=f"Initiative {n}",
                slug=f"initiative-{n}",
                kind="library",
                company=self._zipf(self.companies),
            )
            for n in range(1, INITIATIVES + 1)
        )
        self.sources = _add(
            Source(
                url=f"https://example.org/{n}",
                canonical_url=f"https://example.org/{n}",
                title=self._text(6),
                publisher="Example",
            )
            for n in range(1, 1 + max(self.number // 10, 10))
        )
        self.types = list(ConcernType.objects.all())
        self.benefits = list(BenefitType.objects.all())
        self.licenses = list(License.objects.all())

    def _batch(self, numbers: range) -> None:
        announcements = _add(self._announcement(number) for number in numbers)
        _add(Citation(announcement=row, source=self._any(self.sources)) for row in announcements)
        links = Announcement.initiatives.through
        _add(
            links(announcement_id=row.pk, initiative_id=initiative.pk)
            for row in announcements
            for initiative in {self._zipf(self.initiatives) for _ in range(self._up_to(2))}
        )
        promises = _add(self._promise(row) for row in announcements if self._up_to(1))
        _add(
            Update(
                promise=row,
                position=0,
                happened_on=row.status_on,
                status=row.status,
                text="It happened.",
                note="Searched the company's site.",
            )
            for row in promises
        )
        releases = _add(self._release(row) for row in announcements if self._up_to(1))
        _add(
            ReleaseComponent(
                release=row,
                component=component,
                availability="published",
                license=self._any([None, row.license]),
            )
            for row in releases
            for component in ("weights", "inference_code", "technical_report")
        )
        _add(self._concern(row) for row in announcements for _ in range(self._up_to(3)))
        _add(
            Benefit(
                announcement=row,
                type=self._zipf(self.benefits),
                text=self._text(12),
                claimed_by="The company",
            )
            for row in announcements
            if self._up_to(1)
        )

    def _announcement(self, number: int) -> Announcement:
        day = FIRST + timedelta(days=self.chance.randint(0, (LAST - FIRST).days))
        return Announcement(
            title=self._text(8),
            slug=f"announcement-{number}",
            company=self._zipf(self.companies),
            announced_on=day,
            kind=self._zipf(KINDS),
            basis="company-statement",
            summary=self._text(60),
            state="published",
            published_at=timezone.now(),
            evidence_due=True,
        )

    def _promise(self, announcement: Announcement) -> Promise:
        said = announcement.announced_on.earliest  # type: ignore[union-attr]
        status = self._any(STATUSES)
        due = said + timedelta(days=self.chance.randint(30, 400)) if self._up_to(1) else None
        came = said + timedelta(days=self.chance.randint(0, 500))
        return Promise(
            announcement=announcement,
            title=self._text(4),
            status=status,
            status_on=came if status != "announced" else said,
            delivered_on=came if status == "delivered" else None,
            due_from=due,
            due_to=due,
            due_latest=due,
        )

    def _release(self, announcement: Announcement) -> Release:
        return Release(
            announcement=announcement,
            name=self._text(2),
            released_on=announcement.announced_on,
            license=self._zipf(self.licenses),
            level=self._any(LEVELS),
        )

    def _concern(self, announcement: Announcement) -> Concern:
        return Concern(
            announcement=announcement,
            type=self._zipf(self.types),
            title=self._text(5),
            text=self._text(15),
            raised_by="A critic",
            source=self._any(self.sources),
            status=self._any(("open", "open", "disputed", "resolved")),
        )

    def _text(self, words: int) -> str:
        chosen = self.chance.choices(self.words, cum_weights=self.word_weights, k=words)
        return " ".join(chosen).capitalize()

    def _zipf(self, values: Any) -> Any:
        """The first value about as often as all but the first few together."""
        return values[int((len(values) + 1) ** self.chance.random()) - 1]

    def _any(self, values: Any) -> Any:
        return self.chance.choice(values)

    def _up_to(self, most: int) -> int:
        return self.chance.randint(0, most)


def _add(rows: Iterator[Any]) -> list[Any]:
    made = list(rows)
    if made:
        models.QuerySet(type(made[0])).bulk_create(made, batch_size=BATCH)
    return made
