"""Counts: each is what its link lists."""

from datetime import date

import pytest

from announcements.models import Announcement, Company, Concern, Promise, Release
from announcements.tallies import (
    by_company,
    by_status,
    by_year,
    company_rows,
    concern_statuses,
    concern_table,
    label_gaps,
    ledger,
    license_use,
    licenses_by_class,
    with_announced_counts,
)
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2024, 12, 31)
LATE = [("2024-01-01", "announced"), ("2024-03-11", "delivered")]


def published(rows) -> dict[str, int]:
    return {row.slug: row.published for row in rows}


def test_a_ledger_counts_promises_and_the_announcements_that_have_them():
    announcement = make.published()
    due = {"due_from": "2024-01-01", "due_to": "2024-03-01"}
    for _ in range(2):
        make.promise(announcement, **due)
    make.promise(announcement, story=LATE, **due)
    make.promise(make.draft(), **due)
    record = ledger(Promise.objects.of_published(), TODAY)

    assert record.by_status == {"announced": 2, "delivered": 1}
    assert record.announcements == {"announced": 1, "delivered": 1}
    assert (record.made, record.delivered) == (3, 1)
    assert (record.overdue, record.overdue_announcements) == (2, 1)
    assert (record.late, record.dated, record.median_delay) == (1, 1, 10)
    assert (record.awaited, record.is_small) == (2, True)


@pytest.mark.parametrize(
    ("delivered", "median"),
    [
        ([], None),
        (["2024-03-01"], None),
        (["2024-03-02"], 1),
        (["2024-03-02", "2024-03-05"], 2.5),
        (["2024-03-31", "2024-03-02", "2024-03-05"], 4),
        (["2024-04", "2024-02-28"], 31),
        (["2025"], 306),
        (["2024"], None),
    ],
)
def test_the_median_delay_is_that_of_the_promises_that_certainly_came_late(delivered, median):
    announcement = make.published()
    for day in delivered:
        make.promise(
            announcement,
            story=[(day, "delivered")],
            due_from="2024-01-01",
            due_to="2024-03-01",
        )
    record = ledger(Promise.objects.all(), TODAY)
    days = [promise.days_late() for promise in Promise.objects.all() if promise.days_late()]

    assert record.median_delay == median
    assert record.late == len(days)
    assert {row.delay.days for row in Promise.objects.late()} == set(days)


def test_without_a_late_delivery_there_is_no_median():
    assert ledger(Promise.objects.all(), TODAY).median_delay is None


def test_a_company_counts_what_it_announced_alone_and_with_others():
    acme, bolt = make.company("Acme"), make.company("Bolt")
    make.published(company=acme, partners=[bolt])
    make.published(company=acme)
    make.draft(company=bolt, partners=[acme])

    assert published(with_announced_counts(Company.objects.all())) == {"acme": 2, "bolt": 1}


def test_licenses_count_releases_and_their_parts_once_per_announcement():
    release = make.release(license="mit", components=["weights"])
    make.component(release, "inference_code", license="apache-2.0")
    make.release(release.announcement, license="mit")
    make.release(make.draft(), license="mit")
    counted = {row.slug: row.published for _, _, rows in licenses_by_class() for row in rows}

    assert counted == {"mit": 1, "apache-2.0": 1}
    uses = license_use(Announcement.objects.published())
    assert {use.license.slug: use.found for use in uses} == counted


def test_licenses_that_promises_name_stand_beside_those_found():
    release = make.release(license="mit")
    for _ in range(2):
        make.promise(release.announcement, license="apache-2.0")
    uses = license_use(Announcement.objects.published())

    assert [(use.license.slug, use.named, use.found) for use in uses] == [
        ("mit", 0, 1),
        ("apache-2.0", 1, 0),
    ]


def test_concerns_are_counted_by_type_and_status_once_per_announcement():
    first, second = make.concern(type="misuse"), make.concern(type="privacy")
    for status in ("open", "disputed"):
        make.concern(first.announcement, type="misuse", status=status)
    for concern in (second, make.concern(first.announcement, type="privacy")):
        concern.further_types.add(make.concern_type("misuse"))
    rows = concern_statuses(Announcement.objects.published())

    assert [(row.type.slug, row.announcements) for row in rows] == [("misuse", 2), ("privacy", 2)]
    assert {cell.column: cell.count for cell in rows[0].cells if cell.count} == {
        "open": 2,
        "disputed": 1,
    }


def test_a_type_is_counted_by_company_year_and_status():
    acme, bolt = make.company("Acme"), make.company("Bolt")
    both = make.published(company=acme, partners=[bolt], announced_on="2021")
    old = make.published(company=acme, announced_on="2019-12-31")
    for announcement, status in ((both, "open"), (both, "open"), (old, "withdrawn")):
        make.concern(announcement, "misuse", status=status)
    met = Announcement.objects.published()

    assert [(row.value, row.count) for row in by_company(met, 5)] == [("acme", 2), ("bolt", 1)]
    assert len(by_company(met, 1)) == 1
    assert [(row.value, row.count) for row in by_year(met)] == [
        ("2019", 1),
        ("2020", 0),
        ("2021", 1),
    ]
    assert [row.percent for row in by_year(met)] == [100, 0, 100]
    counted = by_status(Concern.objects.all())
    assert {row.value: row.count for row in counted if row.count} == {"open": 1, "withdrawn": 1}
    assert by_year(Announcement.objects.none()) == []


def test_companies_are_counted_with_their_promises_alone_and_with_others():
    acme, bolt = make.company("Acme"), make.company("Bolt")
    both = make.published(company=acme, partners=[bolt])
    for _ in range(2):
        make.promise(both, due_from="2024-01-01", due_to="2024-01-31")
    make.promise(make.published(company=acme), status="delivered")
    make.promise(make.draft(company=bolt, partners=[acme]))
    rows = {
        row.company.slug: row
        for row in company_rows(with_announced_counts(Company.objects.all()), TODAY)
    }

    assert (rows["acme"].announcements, rows["bolt"].announcements) == (2, 1)
    assert rows["acme"].ledger.by_status == {"announced": 2, "delivered": 1}
    assert rows["bolt"].ledger.by_status == {"announced": 2}
    for slug in rows:
        assert (rows[slug].ledger.overdue, rows[slug].ledger.overdue_announcements) == (2, 1)


def test_the_concern_table_counts_announcements_for_each_of_their_companies():
    acme, bolt = make.company("Acme"), make.company("Bolt")
    both = make.published(company=acme, partners=[bolt])
    for kind in ("misuse", "misuse", "privacy"):
        make.concern(both, kind)
    make.concern(make.published(company=acme), "misuse")
    table = concern_table()
    cells = {(row.slug, cell.column): cell.count for row in table.rows for cell in row.cells}

    assert cells == {
        ("acme", "misuse"): 2,
        ("acme", "privacy"): 1,
        ("bolt", "misuse"): 1,
        ("bolt", "privacy"): 1,
    }
    assert [(row.name, row.total) for row in table.rows] == [("Acme", 2), ("Bolt", 1)]
    assert {cell.column: cell.count for cell in table.totals} == {"misuse": 2, "privacy": 1}
    assert {row.name for row in concern_table(1).rows} == {"Acme"}


def test_an_announcement_counts_once_per_type_and_company_however_it_came_by_them():
    acme = make.company("Acme")
    announcement = make.published(company=acme, partners=[acme])
    for kind in ("misuse", None):
        make.concern(announcement, kind).further_types.add(make.concern_type("misuse"))
    make.concern(make.published(company=make.company("Bolt")), None)
    table = concern_table()

    assert [(row.slug, [cell.count for cell in row.cells], row.total) for row in table.rows] == [
        ("acme", [1], 1)
    ]
    assert [cell.count for cell in table.totals] == [1]


def test_a_label_is_kept_broken_or_undecided():
    closed = {"weights": "limited", "inference_code": "none"}
    make.release(called="open-source", license="mit", components=closed)
    make.release(called="open-source", license="mit", components=["source_code"], type="software")
    make.release(called="open-source", license="mit", components=["weights"])
    make.release(called="open-weights", components=closed)
    gaps = label_gaps(Release.objects.all())

    assert (gaps.called, gaps.gaps, gaps.kept, gaps.undecided) == (3, 1, 1, 1)
