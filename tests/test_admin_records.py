"""The pages of everything that an announcement rests on, and who may use them."""

import pytest

from announcements.models import Announcement, Company, Concern, License, Promise, Source
from announcements.roles import ADMINISTRATORS
from tests import make
from tests.editing import Page, log_in, page_of
from tests.truths import assert_readers_see_whole_announcements


@pytest.fixture
def editing(client, db):
    log_in(client, role=ADMINISTRATORS)
    return client


# Deleting


def in_use():
    announcement = make.published(company=make.company("Meta"), initiatives=[make.initiative()])
    make.promise(announcement, license="mit")
    make.concern(announcement, "misuse")
    make.benefit(announcement)
    concern = make.concern(announcement, "other")
    concern.further_types.add(make.concern_type("further"))
    return announcement, concern


IN_USE = {
    "company": lambda announcement, _: announcement.company,
    "source": lambda announcement, _: announcement.citations.get().source,
    "license": lambda announcement, _: announcement.promises.get().license,
    "concern type": lambda *_: make.concern_type("misuse"),
    "further concern type": lambda _, concern: concern.further_types.get(),
    "benefit type": lambda announcement, _: announcement.benefits.get().type,
    "initiative": lambda announcement, _: announcement.initiatives.get(),
}


@pytest.mark.parametrize("kind", IN_USE)
def test_what_is_in_use_is_not_deleted_and_a_sentence_says_why(editing, kind):
    row = IN_USE[kind](*in_use())
    for response in (
        editing.get(page_of(row, "delete")),
        editing.post(page_of(row, "delete"), {"post": "yes"}),
        delete_selected(editing, row),
    ):
        text = response.content.decode()
        assert response.status_code == 200
        assert f"“{row}” is not deleted, because it is used by 1 " in text
        assert "Yes, I’m sure" not in text
        assert "would require deleting" not in text
    row.refresh_from_db()


def delete_selected(client, *rows):
    address = f"/admin/announcements/{rows[0]._meta.model_name}/"
    keys = [row.pk for row in rows]
    sent = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    return client.post(address, sent, follow=True)


def test_a_company_with_many_announcements_names_only_some(editing):
    company = make.company()
    for _ in range(12):
        make.draft(company=company)
    text = editing.get(page_of(company, "delete")).content.decode()
    assert "used by 12 announcements" in text
    assert text.count("Announcement 1") <= 11


def test_what_nobody_uses_is_deleted(editing):
    row = make.company()
    editing.post(page_of(row, "delete"), {"post": "yes"})
    assert not Company.objects.exists()


def test_a_row_that_comes_into_use_while_it_is_deleted_stays(editing, monkeypatch):
    announcement = make.published()
    monkeypatch.setattr(
        "announcements.admin.base.TrackerAdmin.get_deleted_objects", lambda *_: ([], {}, set(), [])
    )
    response = editing.post(page_of(announcement.company, "delete"), {"post": "yes"}, follow=True)
    assert "Not deleted. Other records use it." in response.content.decode()
    response = delete_selected(editing, announcement.company)
    assert "Nothing was changed. Other records use it." in response.content.decode()
    assert_readers_see_whole_announcements()


@pytest.mark.parametrize("at_once", [False, True])
def test_what_readers_need_is_not_deleted(editing, at_once):
    promise = make.published(kind="intent").promises.get()
    if at_once:
        response = delete_selected(editing, promise)
    else:
        response = editing.post(page_of(promise, "delete"), {"post": "yes"}, follow=True)
    assert "An intent needs at least one promise." in response.content.decode()
    assert "uccessfully deleted" not in response.content.decode()
    assert Promise.objects.exists()


# Sources


@pytest.mark.parametrize(
    "spelling", ["https://www.example.org/a/?utm_source=x", "HTTP://example.org/a#top", "Its title"]
)
def test_a_source_is_found_by_any_spelling_of_its_address(editing, spelling):
    make.source("https://example.org/a", title="Its title")
    make.source("https://example.org/b", title="Another")
    rows = editing.get("/admin/announcements/source/", {"q": spelling}).context["cl"].result_list
    assert [row.title for row in rows] == ["Its title"]


def test_a_page_is_not_recorded_twice(editing):
    make.source("https://example.org/a", title="Its title")
    page = Page(editing, "/admin/announcements/source/add/")
    page.fill(url="http://www.example.org/a/").send()
    assert any("This page is recorded already" in text for text in page.errors)
    assert Source.objects.count() == 1


def test_a_paper_that_readers_need_does_not_become_something_else(editing):
    source = make.published(kind="research-publication").citations.get().source
    page = Page(editing, page_of(source)).fill(kind="other", title="After")
    page.send()
    assert "needs a source of kind paper" in page.html
    source.refresh_from_db()
    assert source.kind == "paper"
    assert source.title != "After"


# The rest


def test_a_former_name_is_typed_with_the_company(editing):
    page = Page(editing, "/admin/announcements/company/add/")
    page.fill(name="Meta", legal_name="Meta Platforms, Inc.", country="US", founded="2004-02")
    page.row("former_names", name="Facebook, Inc.", used_until="2021-10").send()
    company = Company.objects.get()
    assert (company.slug, company.former_names.get().name) == ("meta", "Facebook, Inc.")
    assert Company.objects.named("facebook, inc.").get() == company


def test_the_class_of_a_license_warns_and_changes_levels(editing):
    release = make.release(
        make.published(), components=["weights", "inference_code"], license=make.license()
    )
    page = Page(editing, page_of(release.license))
    assert "recomputes the level of openness of every release" in page.html
    page.fill(license_class="use-restricted")
    page.values.pop("osi_approved", None)
    page.send()
    release.refresh_from_db()
    assert (release.level, License.objects.get().license_class) == (
        "restricted-weights",
        "use-restricted",
    )


def test_a_license_that_contradicts_itself_is_an_error(editing):
    page = Page(editing, page_of(make.license())).fill(license_class="unclear")
    page.send()
    assert any("means approved by OSI" in text for text in page.errors)


def test_a_concern_on_its_own_page_has_its_source_cited(editing):
    concern = make.concern(make.published())
    page = Page(editing, page_of(concern)).fill(source=make.source("https://example.org/new"))
    page.send()
    cited = concern.announcement.citations.values_list("source__url", "supports")
    assert ("https://example.org/new", "concern") in cited


def test_a_concern_that_readers_see_keeps_its_holder(editing):
    concern = make.concern(make.published())
    page = Page(editing, page_of(concern)).fill(raised_by="", title="After")
    page.send()
    assert "Say who raised the concern" in page.html
    assert not Concern.objects.filter(title="After").exists()
    assert not Announcement.objects.drafts().exists()


def test_a_benefit_on_its_own_page_has_its_source_cited(editing):
    benefit = make.benefit(make.draft(sources=[]))
    Page(editing, page_of(benefit)).fill(source=make.source()).send()
    assert benefit.announcement.citations.get().supports == "benefit"
