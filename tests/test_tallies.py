"""Counts: each is what its link lists."""

from datetime import date

import pytest

from announcements.cross_tables import concern_table
from announcements.models import Announcement, Company, Promise, Release
from announcements.tallies import (
    concern_types_raised,
    label_gaps,
    ledger,
    licenses_by_class,
    licenses_used,
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
    assert record.is_small


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
    assert published(licenses_used(Announcement.objects.published())) == counted


def test_concern_types_count_main_and_further_ones_the_most_frequent_first():
    first, second = make.concern(type="misuse"), make.concern(type="privacy")
    make.concern(first.announcement, type="misuse")
    second.further_types.add(make.concern_type("misuse"))
    raised = concern_types_raised(Announcement.objects.published())

    assert [(row.slug, row.published) for row in raised] == [("misuse", 2), ("privacy", 1)]


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
