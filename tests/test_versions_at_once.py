"""Writers of one record at the same moment: the last version has what all of them wrote."""

import pytest

from announcements.models import Announcement
from tests import make
from tests.at_once import at_once
from tests.truths import assert_newest_versions_are_the_rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_links_that_come_at_once_are_all_in_the_last_version():
    shown = make.published()
    initiatives = [make.initiative() for _ in range(6)]
    others = [make.published() for _ in range(4)]
    done = at_once(
        *(lambda one=one: one.announcements.add(shown) for one in initiatives),
        *(lambda other=other: other.related.add(shown) for other in others),
    )
    assert done == [None] * 10
    assert_newest_versions_are_the_rows()
    last = Announcement.history.model.objects.filter(id=shown.pk).first()
    assert (last.initiatives.count(), last.related.count()) == (6, 4)


def test_parts_that_come_at_once_each_have_their_version():
    shown = make.published()
    at_once(*(lambda: make.benefit(shown, source=None) for _ in range(6)))
    assert_newest_versions_are_the_rows()
