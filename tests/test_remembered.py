"""Sums over everything are worked out once for each version of the data and each day."""

from datetime import date, timedelta

import pytest

from announcements.remembered import remembered
from tests import make
from tests.documents import read

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 1)


@pytest.fixture
def worked_out():
    """Counts how often something is worked out."""

    def work_out():
        work_out.times += 1
        return work_out.times

    work_out.times = 0
    return work_out


def test_while_nothing_is_written_it_is_worked_out_once(worked_out):
    make.published()

    assert [remembered("sum", TODAY, worked_out) for _ in range(3)] == [1, 1, 1]
    assert remembered("another", TODAY, worked_out) == 2


def test_a_write_and_a_new_day_each_have_it_worked_out_anew(worked_out):
    announcement = make.published()
    remembered("sum", TODAY, worked_out)
    announcement.save()

    assert remembered("sum", TODAY, worked_out) == 2
    assert remembered("sum", TODAY + timedelta(days=1), worked_out) == 3


def test_before_the_first_write_nothing_is_kept(worked_out):
    assert [remembered("sum", TODAY, worked_out) for _ in range(2)] == [1, 2]


def test_the_overview_and_the_concerns_follow_every_write(client):
    first = make.published(company=make.company("Acme"))
    assert "1 announcement " in read(client, "/").words("main")
    make.concern(first, "misuse")
    assert "/announcements/?company=acme&concern=misuse" in dict(read(client, "/concerns/").links)
    first.unpublish()

    assert "No announcement is published yet" in read(client, "/").words("main")
    assert "Acme" not in read(client, "/concerns/").words("main")
