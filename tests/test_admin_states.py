"""From an address to readers: the buttons, the steps and the list of what is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from announcements.forms.titles import words_of
from announcements.models import Announcement
from tests import make
from tests.editing import ADD, Page, filled, log_in, page_of

LIST = "/admin/announcements/announcement/"
WAY = {
    "stub": {"_save", "_draft", "_publish"},
    "draft": {"_save", "_ready", "_publish"},
    "ready": {"_save", "_publish", "_unpublish"},
    "published": {"_save", "_unpublish"},
}
MOVES = {"stub": "stub", "draft": "draft", "ready": "ready", "published": "publish"}


@pytest.fixture
def editing(client, db):
    log_in(client)
    return client


def whole(state: str) -> Announcement:
    announcement = make.proven()
    getattr(announcement, MOVES[state])()
    return announcement


@pytest.mark.parametrize("state", WAY)
def test_each_state_has_the_buttons_of_its_next_steps(editing, state):
    page = Page(editing, page_of(whole(state)))
    assert WAY[state] == {"_save", "_draft", "_ready", "_publish", "_unpublish"} & {
        *page.form.buttons
    }
    assert page.html.count('aria-current="step"') == 1


@pytest.mark.parametrize(
    ("state", "button", "reached"),
    [
        ("stub", "_save", "stub"),
        ("stub", "_draft", "draft"),
        ("stub", "_publish", "published"),
        ("draft", "_save", "draft"),
        ("draft", "_ready", "ready"),
        ("draft", "_publish", "published"),
        ("ready", "_save", "ready"),
        ("ready", "_publish", "published"),
        ("ready", "_unpublish", "draft"),
        ("published", "_save", "published"),
        ("published", "_unpublish", "draft"),
    ],
)
def test_a_button_saves_and_moves(editing, state, button, reached):
    announcement = whole(state)
    Page(editing, page_of(announcement)).fill(summary="Changed.").send(button)
    announcement.refresh_from_db()
    assert (announcement.state, announcement.summary) == (reached, "Changed.")


def test_a_stub_becomes_a_draft_once_it_has_what_a_draft_needs(editing):
    page = Page(editing, ADD).fill(company=make.company())
    page.row("citations", address="https://example.org/opens-a-model").send("_draft")
    assert "It stays a stub" in page.messages[0]
    assert "Missing for a draft" in page.html
    page = Page(editing, page.response.redirect_chain[-1][0])
    page.fill(announced_on="2024-05", kind="program").send("_draft")
    assert Announcement.objects.get().state == "draft"


def test_a_gap_leads_to_its_field_or_to_its_row(editing):
    draft = make.proven(basis="unnamed-report", summary="")
    make.concern(draft)
    make.concern(draft, raised_by="")
    page = Page(editing, page_of(draft))
    for anchor in ("id_summary", "concerns-1"):
        assert f'href="#{anchor}"' in page.html
        assert anchor in page.form.anchors


@pytest.mark.parametrize("field", ["title", "company", "announced_on", "kind"])
def test_a_draft_does_not_lose_what_it_needs(editing, field):
    draft = make.draft(summary="Before.")
    page = Page(editing, page_of(draft)).fill(**{"summary": "After.", field: ""})
    page.send()
    draft.refresh_from_db()
    assert draft.summary == "Before."
    assert page.values["summary"] == ["After."]


def test_what_is_ready_does_not_lose_its_evidence(editing):
    ready = whole("ready")
    page = Page(editing, page_of(ready))
    for index in range(3):
        page.delete("citations", index)
    page.send()
    assert "Nothing is saved: it is marked as ready, and it would lack this." in page.html
    assert ready.citations.count() == 3


def test_what_came_from_a_file_shows_the_evidence_that_is_due(editing):
    page = Page(editing, page_of(make.published()))
    assert "because it came from a file" in page.html
    assert page.fill(summary="Changed.").send("_save").status_code == 200
    assert Announcement.objects.get().summary == "Changed."


def test_selected_announcements_are_marked_as_ready(editing):
    drafts = [make.proven(), make.draft()]
    asked = {"action": "ready_selected", "_selected_action": [row.pk for row in drafts]}
    editing.post(LIST, asked)
    states = Announcement.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["ready", "draft"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "https://www.example.org/2026/04/06/meta-opens-models/",
            "Meta opens models (example.org)",
        ),
        ("https://github.com/meta/llama", "Llama (github.com)"),
        ("https://example.org/news/a_b.html?x=1", "A b (example.org)"),
        ("https://example.org/2026/04/", "example.org"),
        ("https://example.org/", "example.org"),
        ("https://example.org/%E3%81%82%E3%81%84", "あい (example.org)"),
    ],
)
def test_an_address_is_put_into_words(address, words):
    assert words_of(address) == words


# A set time


def test_what_is_ready_can_wait_for_its_time(editing):
    draft = make.proven()
    page = Page(editing, page_of(draft)).fill(publish_at="2099-01-01 09:00")
    page.send("_ready")
    draft.refresh_from_db()
    assert (draft.state, str(draft.publish_at)) == ("ready", "2099-01-01 09:00:00+00:00")
    assert "published by itself at 2099-01-01 09:00" in page.messages[0]
    Page(editing, page_of(draft)).fill(publish_at="").send()
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == ("ready", None)


@pytest.mark.parametrize(
    ("button", "when", "words"),
    [
        ("_ready", "2020-01-01 09:00", "This time has passed"),
        ("_ready", "soon", "Enter a valid date/time"),
        ("_save", "2099-01-01 09:00", "Only what is ready waits for a time"),
        ("_publish", "2099-01-01 09:00", "Only what is ready waits for a time"),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_all_that_was_typed(editing, button, when, words):
    draft = make.proven()
    page = Page(editing, page_of(draft)).fill(publish_at=when)
    page.send(button)
    assert words in page.html
    assert page.values["publish_at"] == [when]
    draft.refresh_from_db()
    assert (draft.state, draft.publish_at) == ("draft", None)


def test_publishing_at_once_forgets_the_time(editing):
    ready = make.proven()
    ready.ready(publish_at=timezone.now() + timedelta(days=1))
    Page(editing, page_of(ready)).send("_publish")
    ready.refresh_from_db()
    assert (ready.state, ready.publish_at) == ("published", None)


def test_a_refused_step_with_a_time_says_the_time_again(editing):
    draft = make.draft()
    page = Page(editing, page_of(draft)).fill(publish_at="2099-01-01 09:00")
    page.send("_ready")
    assert "give the time once more: 2099-01-01 09:00" in page.messages[0]


# Who may publish


def test_who_may_not_publish_has_neither_the_button_nor_the_door(editing, monkeypatch):
    door = "announcements.admin.states.StatesDoor.has_publish_permission"
    monkeypatch.setattr(door, lambda *_: False)
    draft = make.proven()
    page = Page(editing, page_of(draft))
    assert {"_publish", "publish_at"}.isdisjoint({*page.form.buttons, *page.values})
    page.form.buttons["_publish"] = "Save and publish"
    assert page.client.post(page.address, {**page.values, "_publish": "x"}).status_code == 403
    asked = {"action": "publish_selected", "_selected_action": [draft.pk]}
    editing.post(LIST, asked)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_whole_record_is_published_in_one_act(editing):
    page = filled(Page(editing, ADD))
    page.send("_publish")
    assert Announcement.objects.published().exists(), page.errors
