"""The announcement's page: everything in one form, saved whole or not at all."""

import pytest
from django.contrib.admin.models import LogEntry

from announcements.models import Announcement, Source, Update
from tests import make
from tests.editing import ADD, Page, filled, log_in, page_of
from tests.truths import assert_readers_see_whole_announcements


@pytest.fixture
def editor(client, db):
    return log_in(client)


@pytest.fixture
def editing(client, editor):
    return client


@pytest.fixture
def blank(editing) -> Page:
    return Page(editing, ADD)


def test_an_address_and_a_company_are_enough_for_a_stub(blank):
    address = "https://www.axios.com/2026/04/06/meta-open-source-ai-models?utm_source=x"
    blank.fill(company=make.company()).row("citations", address=address).send()
    announcement = Announcement.objects.get()
    assert announcement.title == "Meta open source ai models (axios.com)"
    assert (announcement.state, announcement.slug) == (
        "stub",
        "meta-open-source-ai-models-axioscom",
    )


def test_a_stub_has_the_title_of_its_source(blank):
    source = make.source("https://example.org/a", title="As published")
    blank.fill(company=make.company()).row("citations", address="example.org/a#top").send()
    assert Announcement.objects.get().title == source.title


def test_without_an_address_or_a_company_nothing_is_begun(blank):
    blank.fill(title="Something").send()
    assert not Announcement.objects.exists()
    assert "Name the company that announced." in blank.html
    assert "Paste the address of a source" in blank.html
    assert blank.values["title"] == ["Something"]


def test_an_announcement_keeps_who_began_it(blank, editor):
    filled(blank, title="Something").send()
    log_in(blank.client, "second")
    Page(blank.client, page_of(Announcement.objects.get())).fill(title="Something else").send()
    announcement = Announcement.objects.get()
    assert (announcement.title, announcement.created_by) == ("Something else", editor)


def test_a_whole_record_is_typed_in_one_page_and_published(blank, editor):
    license, concern_type, benefit_type = make.license(), make.concern_type(), make.benefit_type()
    filled(blank, kind="intent", initiatives=[make.initiative()])
    blank.row("citations", address="https://example.org/2", kind="press-named")
    blank.row("promises", title="Weights", step_text="It was promised.", step_source="1")
    blank.row("releases", name="Model", license=license, **{"available-weights": "published"})
    blank.row("concerns", type=concern_type, title="Fakes", text="Of people.", raised_by="A critic")
    blank.row("concerns", 0, source_reference="2")
    blank.row("benefits", type=benefit_type, text="Speed.", claimed_by="Meta", source_reference="2")
    blank.row("partners", company=make.company())
    blank.send("_publish")
    announcement = Announcement.objects.get()
    assert announcement.is_published, blank.errors
    step = Update.objects.get()
    assert (step.recorded_by, step.source.canonical_url) == (editor, "https://axios.com/a")
    assert (str(step.happened_on), step.status) == ("2023-10", "announced")
    assert announcement.concerns.get().source == announcement.benefits.get().source
    assert announcement.releases.get().components.get().component == "weights"
    assert [citation.position for citation in announcement.citations.all()] == [0, 1]
    assert announcement.partners.count() == announcement.initiatives.count() == 1
    assert_readers_see_whole_announcements()


def test_a_page_sent_back_as_it_came_changes_nothing(editing):
    announcement = make.published(kind="model-release", partners=[make.company()])
    make.promise(announcement, story=[("2024-05", "announced"), ("2024-06", "delivered")])
    make.concern(announcement)
    make.benefit(announcement)
    Page(editing, page_of(announcement)).send()
    page = Page(editing, page_of(announcement))
    before = Page(editing, page_of(announcement)).values
    page.send()
    assert page.errors == []
    changed = {"csrfmiddlewaretoken", "initial-modified_at", "started_from"}
    after = Page(editing, page_of(announcement)).values
    assert {name: value for name, value in after.items() if name not in changed} == {
        name: value for name, value in before.items() if name not in changed
    }


# Publishing


def test_a_refused_publication_saves_a_stub_and_lists_what_is_missing(blank):
    blank.fill(company=make.company(), kind="intent").row("promises", title="Weights")
    blank.row("citations", address="https://example.org/1")
    blank.send("_publish")
    announcement = Announcement.objects.get()
    assert (announcement.state, announcement.promises.get().title) == ("stub", "Weights")
    assert "It is not published" in blank.messages[0]
    assert blank.response.redirect_chain[-1][0] == page_of(announcement)
    for anchor in (
        "id_announced_on",
        "id_summary",
        "promises-0",
    ):
        assert f'href="#{anchor}"' in blank.html
        assert anchor in blank.form.anchors


def test_a_draft_shows_what_is_missing_and_a_whole_one_does_not(editing):
    assert "Missing before readers" in Page(editing, page_of(make.draft(company=None))).html
    assert "Missing before readers" not in Page(editing, page_of(make.proven())).html


def test_a_draft_is_published_and_taken_back(editing):
    announcement = make.proven()
    page = Page(editing, page_of(announcement))
    assert "_unpublish" not in page.form.buttons
    page.send("_publish")
    announcement.refresh_from_db()
    assert announcement.is_published
    page = Page(editing, page_of(announcement))
    assert "_publish" not in page.form.buttons
    page.fill(summary="Changed as well.").send("_unpublish")
    announcement.refresh_from_db()
    assert (announcement.state, announcement.summary) == ("draft", "Changed as well.")
    told = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert told == ["Changed state: published.", "Changed Summary. Changed state: draft."]


def test_what_is_taken_back_may_lack_what_it_had(editing):
    announcement = make.published()
    Page(editing, page_of(announcement)).fill(summary="").delete("citations", 0).send("_unpublish")
    announcement.refresh_from_db()
    assert (announcement.state, announcement.summary) == ("draft", "")
    assert not announcement.citations.exists()


@pytest.mark.parametrize("field", ["company", "announced_on", "kind", "basis", "summary"])
def test_readers_do_not_lose_a_needed_word(editing, field):
    announcement = make.published(title="Before")
    page = Page(editing, page_of(announcement)).fill(**{"title": "After", field: ""})
    page.send()
    announcement.refresh_from_db()
    assert announcement.title == "Before"
    assert page.values["title"] == ["After"]
    assert page.response.context["adminform"].form.errors[field]


def test_readers_do_not_lose_a_needed_part_and_nothing_typed_is_lost(editing):
    announcement = make.published(kind="intent", title="Before")
    page = Page(editing, page_of(announcement)).fill(title="After", note="Typed.")
    page.delete("promises", 0).row("citations", 1, address="https://example.org/new")
    page.send()
    announcement.refresh_from_db()
    assert (announcement.title, announcement.promises.count()) == ("Before", 1)
    assert page.values["title"] == ["After"]
    assert page.values["citations-1-address"] == ["https://example.org/new"]
    assert Source.objects.at("https://example.org/new") is None
    assert "An intent needs at least one promise." in page.html
    assert 'href="#promises-group"' in page.html
    assert "Nothing is saved: readers see this announcement" in page.html
    assert not any("success" in message for message in page.messages)
    assert_readers_see_whole_announcements()


def test_a_needed_part_may_be_replaced_in_one_go(editing):
    announcement = make.published(kind="model-release")
    page = Page(editing, page_of(announcement)).fill(kind="software-release")
    page.delete("releases", 0).row("releases", name="Code", type="software")
    page.send()
    assert page.errors == []
    assert announcement.releases.get().type == "software"


def test_a_promise_without_a_step_is_refused_where_readers_look(editing):
    announcement = make.published()
    page = Page(editing, page_of(announcement)).row("promises", title="Weights")
    page.send()
    assert "it has no update yet" in page.html
    assert page.values["promises-0-title"] == ["Weights"]
    assert not announcement.promises.exists()


def test_a_title_that_another_one_has_gets_an_address_of_its_own(blank):
    make.published(title="Meta opens a thing", slug="meta-opens-a-thing", company=make.company("X"))
    filled(blank, slug="meta-opens-a-thing").send()

    assert not blank.errors
    assert sorted(Announcement.objects.values_list("slug", flat=True)) == [
        "meta-opens-a-thing",
        "meta-opens-a-thing-2",
    ]


def test_two_editors_who_take_the_same_slug_get_a_sentence(blank, editing, monkeypatch):
    filled(blank, slug="taken")
    monkeypatch.setattr(Announcement, "validate_unique", lambda *_, **__: None)
    make.draft(slug="taken")
    blank.send()
    assert Announcement.objects.count() == 1
    assert "perhaps somebody else saved at the same moment" in blank.html
    assert blank.values["title"] == ["Meta opens a thing"]


def test_a_source_added_in_a_small_window_is_handed_back_to_the_page(editing):
    page = Page(editing, "/admin/announcements/source/add/?_popup=1")
    page.fill(url="https://example.org/new").send()
    assert Source.objects.get().url in page.html
    assert "popup_response.js" in page.html


# What no editor would send


def test_a_mangled_form_is_an_error_and_not_a_fault(editing):
    announcement = make.published(kind="intent")
    for name, value in [
        ("citations-TOTAL_FORMS", "x"),
        ("promises-INITIAL_FORMS", "-"),
        ("promises-0-id", "999999"),
        ("promises-0-id", "x"),
        ("promises-0-id", "9" * 30),
        ("promises-0-license", "9" * 30),
        ("promises-0-superseded_by", "x"),
        ("promises-0-announcement", "999999"),
        ("citations-0-source", "9" * 30),
        ("related", "x"),
        ("company", "\x00"),
        ("title", "\x00"),
        ("slug", "no slug!"),
        ("kind", "rumor"),
    ]:
        page = Page(editing, page_of(announcement))
        page.values[name] = [value]
        assert page.send().status_code == 200
        assert page.errors or "errornote" in page.html, name
    announcement.refresh_from_db()
    assert announcement.is_published


def test_an_empty_form_is_an_error_and_not_a_fault(editing):
    assert editing.post(ADD, {}).status_code == 200
    assert editing.post(page_of(make.published()), {"_publish": "x"}).status_code == 200
    assert Announcement.objects.count() == 1
