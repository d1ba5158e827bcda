"""What every test of doors to publishing shares: a small world, and that a door is shut."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, NotSupportedError, transaction
from django.db.models import ProtectedError

from announcements.models import Announcement
from tests import make
from tests.truths import (
    assert_newest_versions_are_the_rows,
    assert_readers_see_whole_announcements,
)

REFUSED = (ValidationError, IntegrityError, NotSupportedError, ProtectedError)


def small_world() -> SimpleNamespace:
    """An intent, a model release and a paper that readers see, and a draft without a source."""
    intent = make.published(kind="intent")
    model = make.published(kind="model-release")
    return SimpleNamespace(
        company=make.company(),
        draft=make.draft(sources=[]),
        intent=intent,
        paper=make.published(kind="research-publication"),
        model=model,
        citation=intent.citations.get(),
        promise=intent.promises.get(),
        release=model.releases.get(),
        concern=make.concern(intent),
    )


def assert_shut(door, world) -> None:
    before = list(Announcement.objects.published())
    with pytest.raises(REFUSED), transaction.atomic():
        door(world)
    assert list(Announcement.objects.published()) == before
    assert_readers_see_whole_announcements()
    assert_newest_versions_are_the_rows()
