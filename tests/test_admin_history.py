"""The story of a record in the admin: who changed what, any version brought back, deletions undone."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.history import story
from announcements.models import (
    Announcement,
    Citation,
    Company,
    Initiative,
    Promise,
    Source,
    Update,
)
from announcements.models.publishing import checked_at_the_end
from announcements.roles import ADMINISTRATORS
from tests import make
from tests.editing import Page, log_in, page_of
from tests.test_admin_pages import one_of_everything
from tests.truths import assert_all_is_so

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    return log_in(client, role=ADMINISTRATORS)


def history_of(client, row) -> str:
    return client.get(page_of(row, "history")).content.decode()


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def restore(client, row, step) -> str:
    """Bring back the version that a step led to, through the page that asks first."""
    address = f"{page_of(row, 'restore')}?at={step.moment.isoformat().replace('+', '%2B')}"
    page = client.get(address)
    assert page.status_code == 200
    answer = client.post(page_of(row, "restore"), {"at": page.context["at"]}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def undelete(client, model, key) -> str:
    listed = client.get(f"/admin/announcements/{model._meta.model_name}/deleted/")
    address = next(
        row["restore"] for row in listed.context["deletions"] if row["deletion"].key == key
    )
    at = parse_qs(urlparse(address).query)["at"][0]
    assert client.get(address).status_code == 200
    answer = client.post(urlparse(address).path, {"at": at}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def steps(row) -> list:
    return story(type(row), row.pk).steps


# Reading it


def test_each_save_is_told_field_by_field(client, editor):
    company = make.company("Acme")
    Page(client, page_of(company)).fill(country="US", website="https://acme.example/").send()
    words = text(history_of(client, company))
    assert "· editor" in words
    assert "Country - United States" in words
    assert "Website - https://acme.example/" in words


def test_parts_are_told_with_the_record_they_belong_to(client, editor):
    shown = make.published(kind="intent")
    promise = shown.promises.get()
    make.update(promise, "delayed", happened_on="2024-09", text="It will take longer.")
    words = text(history_of(client, shown))
    assert "Step “September 2024: Delayed” added" in words
    assert "It will take longer." in words


def test_choices_links_dates_and_names_are_words(client, editor):
    shown = make.published()
    with checked_at_the_end():
        shown.kind, shown.announced_on = "governance-change", "2023-10"
        shown.save()
        shown.initiatives.add(make.initiative("PyTorch"))
    words = text(history_of(client, shown))
    assert "Kind Program or funding Governance change" in words
    assert "Announced on 8 May 2024 October 2023" in words
    assert "Initiatives - PyTorch" in words


def test_what_is_gone_keeps_its_name(client, editor):
    shown = make.published(initiatives=[make.initiative("PyTorch")])
    Initiative.objects.get().delete()
    assert "Initiatives PyTorch -" in text(history_of(client, shown))


def test_of_a_text_the_words_that_changed_are_marked(client, editor):
    shown = make.published(summary="It opened the old thing.")
    Announcement.objects.update(summary="It opened the new thing.")
    html = history_of(client, shown)
    assert "It opened the <del>old</del><ins>new</ins> thing." in html


def test_what_is_computed_is_not_told(client, editor):
    promise = make.promise(status="delivered")
    fields = [
        field.name
        for version in client.get(page_of(promise.announcement, "history")).context["versions"]
        for row in version["rows"]
        for field in row.fields
    ]
    assert "first_day" not in fields
    assert "due_latest" not in fields


def test_publishing_is_told(client, editor):
    shown = make.published()
    assert "State Draft Published" in text(history_of(client, shown))


def test_long_histories_come_in_pages(client, editor):
    company = make.company()
    for number in range(45):
        Company.objects.update(description=f"Text {number}.")
    page = client.get(f"{page_of(company, 'history')}?p=3")
    assert len(page.context["versions"]) == 6
    assert client.get(f"{page_of(company, 'history')}?p=nine").status_code == 200


def test_the_history_asks_as_often_for_many_changes_as_for_few(client, editor, monkeypatch):
    monkeypatch.setattr("announcements.admin.history.PER_PAGE", 1000)
    shown = one_of_everything()

    def change() -> None:
        make.promise(shown, license="mit")
        make.concern(shown).further_types.add(make.concern_type("privacy"))
        make.release(shown, components=["weights"])
        shown.related.add(make.published())

    change()
    with CaptureQueriesContext(connection) as few:
        history_of(client, shown)
    for _ in range(4):
        change()
    with CaptureQueriesContext(connection) as many:
        history_of(client, shown)
    assert len(many) == len(few)


# Bringing versions back


def test_a_version_comes_back_with_its_parts_as_they_were(client, editor):
    shown = one_of_everything()
    then = steps(shown)[-1]
    before = story(Announcement, shown.pk).now
    with checked_at_the_end():
        shown.title = "Another"
        shown.save()
        shown.promises.first().delete()
        shown.concerns.update(title="Another")
        shown.initiatives.clear()
        make.benefit(shown)
        make.citation(shown)
    assert "Restored as of" in restore(client, shown, then)
    assert story(Announcement, shown.pk).now == before
    assert_all_is_so()


def test_a_restore_is_a_new_version_and_can_be_taken_back(client, editor):
    company = make.company(description="First.")
    Company.objects.update(description="Second.")
    first, second = steps(company)
    restore(client, company, first)
    restored = steps(company)[-1]
    assert (restored.user_id, restored.reason[:14]) == (editor.pk, "Restored as of")
    restore(client, company, second)
    company.refresh_from_db()
    assert company.description == "Second."


def test_steps_that_changed_places_change_back(client, editor):
    promise = make.promise(story=[("2024-05", "announced"), ("2024-08", "delayed")])
    then = steps(promise)[-1]
    first, last = promise.updates.all()
    with checked_at_the_end():
        Update.objects.filter(pk=last.pk).update(position=9)
        Update.objects.filter(pk=first.pk).update(position=1)
        Update.objects.filter(pk=last.pk).update(position=0)
    restore(client, promise, then)
    assert list(promise.updates.values_list("pk", "position")) == [(first.pk, 0), (last.pk, 1)]
    assert promise.updates.first().recorded_at == first.recorded_at


def test_readers_keep_seeing_what_is_published(client, editor):
    draft = make.draft(title="Before")
    then = steps(draft)[-1]
    draft.title = "After"
    draft.publish(evidence_later=True)
    restore(client, draft, then)
    draft.refresh_from_db()
    assert (draft.title, draft.state) == ("Before", "published")


def test_a_version_that_readers_would_miss_something_in_is_refused(client, editor):
    draft = make.draft(summary="")
    then = steps(draft)[-1]
    draft.summary = "It happened."
    draft.save()
    draft.publish(evidence_later=True)
    words = restore(client, draft, then)
    assert "Nothing is restored." in words
    assert "Write a summary." in words
    draft.refresh_from_db()
    assert draft.summary == "It happened."


def test_a_version_that_names_what_is_gone_is_refused_with_its_name(client, editor):
    page = make.source(title="The report")
    key = page.pk
    shown = make.published(sources=[page, make.source()])
    then = steps(shown)[-1]
    shown.citations.get(source=page).delete()
    page.delete()
    words = restore(client, shown, then)
    assert (
        "It names what was deleted since: source “Example: The report”. Restore that first."
        in words
    )
    assert "Restored" in undelete(client, Source, key)
    assert "Restored as of" in restore(client, shown, then)
    assert Citation.objects.filter(source=key).exists()


def test_a_link_to_what_is_gone_is_left_out_and_said(client, editor):
    shown = make.published(initiatives=[make.initiative("PyTorch")])
    then = steps(shown)[-1]
    Initiative.objects.get().delete()
    assert "Left out, because it is gone: initiative “PyTorch”." in restore(client, shown, then)


@pytest.mark.parametrize(
    "at", ["", "yesterday", "1999-01-01", "2999-13-01", "0001-01-01", "9999-12-31T23:59:59"]
)
def test_a_time_without_a_version_is_no_error(client, editor, at):
    company = make.company()
    assert client.get(page_of(company, "restore"), {"at": at}).status_code == 404
    assert client.post(page_of(company, "restore"), {"at": at}).status_code in (302, 404)


def test_asking_changes_nothing(client, editor):
    company = make.company(description="First.")
    Company.objects.update(description="Second.")
    client.get(page_of(company, "restore"), {"at": steps(company)[0].moment.isoformat()})
    assert Company.objects.get().description == "Second."


def test_who_may_not_change_cannot_restore(client, django_user_model):
    company = make.company()
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)
    at = {"at": steps(company)[0].moment.isoformat()}
    for page in ("restore", "history"):
        assert client.get(page_of(company, page), at).status_code == 403
    assert client.post(page_of(company, "restore"), at).status_code == 403
    assert client.get("/admin/announcements/company/deleted/").status_code == 403


# Deletions


def test_a_deleted_announcement_comes_back_whole_at_its_address(client, editor):
    shown = one_of_everything()
    key, address = shown.pk, shown.get_absolute_url()
    created, before = shown.created_at, story(Announcement, key).now
    Page(client, page_of(shown, "delete")).client.post(page_of(shown, "delete"), {"post": "yes"})
    assert client.get(address).status_code == 404
    assert "Restored after it was deleted." in undelete(client, Announcement, key)
    assert client.get(address).status_code == 200
    assert story(Announcement, key).now == before
    assert Announcement.objects.get(pk=key).created_at == created
    assert_all_is_so()


def test_promises_that_name_each_other_come_back(client, editor):
    shown = make.published(kind="intent")
    later = make.promise(shown)
    first = shown.promises.order_by("pk").first()
    first.superseded_by = later
    first.save()
    key = shown.pk
    shown.delete()
    undelete(client, Announcement, key)
    assert Promise.objects.get(pk=first.pk).superseded_by == later


def test_deleted_records_are_listed_with_who_and_when(client, editor):
    company = make.company("Gone, Inc.")
    key = company.pk
    client.post(page_of(company, "delete"), {"post": "yes"})
    words = text(client.get("/admin/announcements/company/deleted/").content.decode())
    assert "Gone, Inc." in words
    assert "editor" in words
    undelete(client, Company, key)
    assert "Gone, Inc." not in text(
        client.get("/admin/announcements/company/deleted/").content.decode()
    )


def test_what_took_the_place_of_the_deleted_stands_in_its_way(client, editor):
    old = make.company("Acme", legal_name="")
    key = old.pk
    old.delete()
    make.company("Acme", legal_name="")
    assert "Nothing is restored. Company with this" in undelete(client, Company, key)
    assert Company.objects.count() == 1


def test_deleted_records_are_listed_at_the_same_cost(client, editor):
    def delete(number: int) -> None:
        for _ in range(number):
            make.company().delete()

    delete(1)
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/announcements/company/deleted/")
    delete(5)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/announcements/company/deleted/")
    assert len(many) == len(few)
