"""Nothing unfit is shown: each function is one door to an announcement or its sources."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from announcements.models import Announcement, Citation, Source
from tests import make
from tests.doors import assert_shut, small_world

pytestmark = pytest.mark.django_db

SHOWN = {"state": "published", "published_at": timezone.now()}
WHOLE = {
    "title": "A title",
    "announced_on": "2024",
    "kind": "program",
    "basis": "named-person",
    "summary": "x",
}
DOORS: list[Callable[[SimpleNamespace], Any]] = []


@DOORS.append
def create_it_published(world):
    Announcement.objects.create(**WHOLE, **SHOWN, company=world.company)


@DOORS.append
def bulk_create_it_published(world):
    Announcement.objects.bulk_create(
        [Announcement(**WHOLE, **SHOWN, slug="a", company=world.company)]
    )


@DOORS.append
def bulk_create_it_published_ignoring_conflicts(world):
    Announcement.objects.bulk_create(
        [Announcement(**WHOLE, **SHOWN, slug="a", company=world.company)], ignore_conflicts=True
    )


@DOORS.append
def bulk_create_it_over_a_draft(world):
    Announcement.objects.bulk_create(
        [Announcement(**WHOLE, **SHOWN, slug=world.draft.slug, company=world.company)],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["state", "published_at"],
    )


@DOORS.append
def set_the_state_of_a_draft(world):
    world.draft.state, world.draft.published_at = "published", timezone.now()
    world.draft.save()


@DOORS.append
def save_only_the_state_of_a_draft(world):
    world.draft.state, world.draft.published_at = "published", timezone.now()
    world.draft.save(update_fields=["state", "published_at"])


@DOORS.append
def publish_a_draft(world):
    world.draft.publish()


@DOORS.append
def update_drafts(world):
    Announcement.objects.drafts().update(**SHOWN)


@DOORS.append
def update_drafts_of_a_company(world):
    world.draft.company.announcements.update(**SHOWN)


@DOORS.append
def bulk_update_drafts(world):
    world.draft.state, world.draft.published_at = "published", timezone.now()
    Announcement.objects.bulk_update([world.draft], ["state", "published_at"])


@DOORS.append
def update_or_create_a_draft(world):
    Announcement.objects.update_or_create(slug=world.draft.slug, defaults=SHOWN)


@DOORS.append
def empty_the_summary(world):
    world.intent.summary = ""
    world.intent.save()


@DOORS.append
def save_only_an_empty_title(world):
    world.intent.title = ""
    world.intent.save(update_fields=["title"])


@DOORS.append
def update_the_date_away(world):
    Announcement.objects.update(announced_on=None, first_day=None)


@DOORS.append
def take_the_company_away(world):
    world.intent.company.announcements.clear()


@DOORS.append
def take_it_from_its_company(world):
    world.intent.company.announcements.remove(world.intent)


@DOORS.append
def delete_the_company(world):
    world.intent.company.delete()


@DOORS.append
def change_the_kind_to_one_that_needs_a_release(world):
    world.intent.kind = "model-release"
    world.intent.save()


@DOORS.append
def save_the_kind_of_one_loaded_in_part(world):
    intent = Announcement.objects.only("kind").get(pk=world.intent.pk)
    intent.kind = "model-release"
    intent.save()


@DOORS.append
def update_the_kind(world):
    Announcement.objects.update(kind="software-release")


@DOORS.append
def bulk_update_the_kind(world):
    world.paper.kind = "intent"
    Announcement.objects.bulk_update([world.paper], ["kind"])


# Its sources.


@DOORS.append
def delete_the_last_source_of_it(world):
    world.citation.delete()


@DOORS.append
def delete_all_sources_of_it(world):
    world.intent.citations.all().delete()


@DOORS.append
def delete_the_page_itself(world):
    world.citation.source.delete()


@DOORS.append
def move_its_source(world):
    world.citation.announcement = world.draft
    world.citation.save()


@DOORS.append
def move_its_source_never_loaded(world):
    citation = make.citation(world.draft)
    citation.announcement = world.intent
    citation.save()
    world.citation.delete()
    citation.announcement = world.draft
    citation.save()


@DOORS.append
def move_its_sources_by_update(world):
    world.intent.citations.update(announcement=world.draft)


@DOORS.append
def move_its_sources_by_bulk_update(world):
    world.citation.announcement = world.draft
    Citation.objects.bulk_update([world.citation], ["announcement"])


@DOORS.append
def add_its_source_to_another(world):
    world.draft.citations.add(world.citation)


@DOORS.append
def set_its_sources_on_another(world):
    world.draft.citations.set(world.intent.citations.all())


@DOORS.append
def cite_another_page_than_the_paper(world):
    cited = world.paper.citations.get()
    cited.source = world.citation.source
    cited.save()


@DOORS.append
def add_the_papers_citation_to_another_page(world):
    world.citation.source.citations.add(world.paper.citations.get())


@DOORS.append
def save_the_paper_as_another_kind_of_page(world):
    page = world.paper.citations.get().source
    page.kind = "press-named"
    page.save()


@DOORS.append
def update_the_kinds_of_pages(world):
    Source.objects.update(kind="press-named")


@DOORS.append
def bulk_update_the_kinds_of_pages(world):
    page = world.paper.citations.get().source
    page.kind = "other"
    Source.objects.bulk_update([page], ["kind"])


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_door_lets_a_needed_part_get_lost(door):
    assert_shut(door, small_world())
