"""Parts may be swapped as long as the whole is whole at the end; what cannot stand is undone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CASCADE

from announcements.models import Announcement, Citation, Company, Promise, Source, Update
from announcements.models.base import WatchedModel, WatchedQuerySet
from announcements.models.publishing import checked_at_the_end
from tests import make
from tests.truths import assert_all_is_so

pytestmark = pytest.mark.django_db


def every_kind_of_watched_row(model=WatchedModel):
    for below in model.__subclasses__():
        yield from every_kind_of_watched_row(below)
        if not below._meta.abstract:
            yield below


WATCHED = list(every_kind_of_watched_row())


def test_sources_can_be_swapped_within_a_block():
    shown = make.published()
    with checked_at_the_end():
        shown.citations.all().delete()
        make.citation(shown)
    assert shown.citations.count() == 1


def test_a_block_that_ends_with_a_gap_is_undone():
    shown = make.published()

    def change_and_take_away():
        with checked_at_the_end():
            Announcement.objects.update(summary="Something else.")
            shown.citations.all().delete()

    with pytest.raises(ValidationError, match="Add a source"):
        change_and_take_away()
    assert Announcement.objects.get().summary == shown.summary
    assert shown.citations.count() == 1


def test_the_outer_block_decides():
    shown = make.published()
    with checked_at_the_end():
        with checked_at_the_end():
            shown.citations.all().delete()
        make.citation(shown)
    assert shown.missing() == []


def test_a_block_undone_leaves_the_next_one_alone():
    shown = make.published()
    with pytest.raises(ValidationError):
        shown.citations.get().delete()
    make.citation(shown)
    shown.citations.first().delete()
    assert shown.citations.count() == 1


def test_a_promise_comes_with_its_first_update():
    shown = make.published()
    with checked_at_the_end():
        promise = shown.promises.create(title="The weights")
        make.update(promise)
    promise.refresh_from_db()
    assert promise.status == "announced"


def test_a_promise_goes_with_its_updates():
    shown = make.promise().announcement
    shown.promises.all().delete()
    assert not Update.objects.exists()


@pytest.mark.parametrize("by", ["instance", "queryset"])
def test_an_announcement_goes_whole(by):
    shown = make.published(kind="intent")
    make.promise(shown, superseded_by=shown.promises.get())
    make.release(shown, components=["weights"])
    make.concern(shown)
    make.benefit(shown)
    if by == "instance":
        shown.delete()
    else:
        Announcement.objects.filter(pk=shown.pk).delete()
    assert not Promise.objects.exists()
    assert not Citation.objects.exists()


def test_a_stub_may_lack_everything_but_a_title():
    draft = Announcement.objects.create(title="Something is coming")
    assert {gap.field for gap in draft.missing()} == {
        "company",
        "announced_on",
        "kind",
        "basis",
        "summary",
        "sources",
    }


def test_an_unsaved_announcement_lists_what_it_lacks():
    gaps = [gap.field for gap in Announcement().missing()]
    assert gaps == ["title", "company", "announced_on", "kind", "basis", "summary", "sources"]


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        ("intent", "An intent needs at least one promise."),
        ("model-release", "A model release needs at least one release of that type."),
        ("software-release", "A software release needs at least one release of that type."),
        ("dataset-release", "A dataset release needs at least one release of that type."),
        ("research-publication", "A research publication needs a source of kind paper."),
        ("program", ""),
        (
            "license-change",
            "A license change needs a release with the new license, the old one in its note.",
        ),
        ("governance-change", ""),
        ("progress-update", "Link the earlier announcement that this speaks about."),
        ("withdrawal", "Link what is withdrawn: an announcement, a promise or a release."),
    ],
)
def test_each_kind_needs_what_it_is_about(kind, lacking):
    draft = make.proven()
    draft.kind = kind
    assert [gap.message for gap in draft.missing()] == ([lacking] if lacking else [])


def test_publishing_that_is_refused_changes_nothing():
    draft = make.draft(sources=[], summary="")
    with pytest.raises(ValidationError) as refusal:
        draft.publish()
    assert refusal.value.messages == ["Write a summary.", "Add a source: no fact without one."]
    assert (draft.state, draft.published_at) == ("draft", None)
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("draft", None)


def test_publishing_again_keeps_the_day_it_was_first_shown():
    shown = make.published()
    first = shown.published_at
    shown.unpublish()
    assert not Announcement.objects.published().exists()
    shown.publish(evidence_later=True)
    assert shown.published_at == first


def test_a_new_address_of_a_page_makes_a_new_canonical_one():
    page = make.source("https://example.org/old")
    page.url = "http://www.example.org/new/#top"
    page.save(update_fields=["url"])
    Source.objects.filter(pk=make.source("https://example.org/a").pk).update(
        url="https://example.org/b?utm_source=x"
    )
    forms = list(Source.objects.values_list("canonical_url", flat=True))
    assert forms == ["https://example.org/new", "https://example.org/b"]


@pytest.mark.parametrize("model", WATCHED, ids=lambda model: model.__name__)
def test_django_itself_writes_through_the_watched_door(model):
    assert isinstance(model._base_manager.all(), WatchedQuerySet)


@pytest.mark.parametrize("model", WATCHED, ids=lambda model: model.__name__)
def test_a_row_that_goes_by_cascade_goes_with_all_that_watches_it(model):
    cascades = {
        field.attname
        for field in model._meta.fields
        if field.remote_field and field.remote_field.on_delete is CASCADE
    }
    assert cascades <= set(model.watchers())


def test_many_rows_are_told_some_at_a_time(monkeypatch):
    monkeypatch.setattr("announcements.models.base.CHUNK", 2)
    first, last = make.promise(), make.promise()
    Update.objects.update(status="unverifiable")
    Update.objects.bulk_create(
        Update(
            promise=promise,
            position=place,
            happened_on="2025",
            status="announced",
            text="x",
            note="x",
        )
        for promise in (first, last)
        for place in (1, 2, 3)
    )
    assert_all_is_so()
    assert set(Promise.objects.values_list("status", flat=True)) == {"announced"}


def test_a_failed_write_leaves_the_transaction_usable():
    shown = make.published()
    with transaction.atomic():
        with pytest.raises(ValidationError):
            shown.citations.get().delete()
        assert shown.citations.count() == 1
        Company.objects.update(description="Still here.")
    shown.company.refresh_from_db()
    assert shown.company.description == "Still here."
