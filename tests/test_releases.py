"""Releases: what could be obtained, and how open it is."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_a_label_gap_is_not_claimed_over_a_license_that_nobody_read():
    parts = ["weights", "inference_code"]
    unread = make.release(type="model", called="open-source", components=parts)
    read = make.release(called="open-source", components=parts, license="cc-by-nc-4.0")
    assert (unread.level, unread.label_gap) == ("restricted-weights", False)
    assert (read.level, read.label_gap) == ("restricted-weights", True)
