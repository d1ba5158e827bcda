"""The queue of what readers tell: accept opens the record with it, reject keeps the reason."""

import pytest
from django.contrib.auth.models import User

from announcements.models import Announcement, Source
from tests import make
from tests.editing import Page, log_in, page_of

pytestmark = pytest.mark.django_db

QUEUE = "/admin/announcements/suggestion/"


@pytest.fixture
def editor(client) -> User:
    return log_in(client)


def accepted(client, suggestion) -> Page:
    """The page that accepting a suggestion leads to."""
    page = Page(client, page_of(suggestion))
    page.send("_accept")
    page.address = page.response.redirect_chain[-1][0]
    return page


def test_the_queue_shows_open_ones_the_oldest_first(client, editor):
    first, second, decided = (make.suggestion() for _ in range(3))
    decided.reject(editor, "Spam.")
    assert list(client.get(QUEUE).context["cl"].result_list) == [first, second]
    assert list(client.get(QUEUE, {"state": "rejected"}).context["cl"].result_list) == [decided]
    assert len(client.get(QUEUE, {"state": "all"}).context["cl"].result_list) == 3


def test_accepting_a_missing_one_begins_a_draft_with_its_source(client, editor):
    company, known = make.company("Acme"), make.source("https://example.org/anvil")
    spelling = "http://Example.org/anvil/?utm_source=x"
    suggestion = make.suggestion(about="new", title="Anvil", company="acme", source=spelling)
    page = accepted(client, suggestion)
    draft = Announcement.objects.get()
    assert (draft.title, draft.company, draft.created_by) == ("Anvil", company, editor)
    assert draft.citations.get().source == known
    assert Source.objects.count() == 1
    assert page.address.startswith(page_of(draft))
    suggestion.refresh_from_db()
    assert (suggestion.announcement, suggestion.state) == (draft, "accepted")
    assert suggestion.decided_by == editor


def test_accepting_a_correction_shows_it_beside_the_field(client, editor):
    announcement = make.published(announced_on="2024")
    page = accepted(client, make.suggestion(announcement, text="It was <b>in May</b>."))
    assert "Suggested: It was &lt;b&gt;in May&lt;/b&gt;." in page.html
    assert 'href="#id_announced_on"' in page.html
    page.fill(announced_on="2024-05").send()
    announcement.refresh_from_db()
    assert str(announcement.announced_on) == "2024-05"


@pytest.mark.parametrize("status", ["delivered", "withdrawn"])
def test_accepting_what_became_of_a_promise_begins_its_next_step(client, editor, status):
    announcement = make.published()
    others = make.promise(announcement)
    promise = make.promise(announcement)
    told = make.suggestion(announcement, status, promise=promise, text="The weights are there.")
    page = accepted(client, told)
    page.fill(**{"promises-1-step_on": "2024-09-01"}).send()
    assert page.errors == []
    step = promise.updates.last()
    assert (step.status, step.text) == (status, "The weights are there.")
    assert step.source.url == "https://example.org/says"
    assert others.updates.count() == 1


def test_the_page_as_it_was_opened_is_what_is_compared(client, editor):
    """What is filled in from a suggestion was typed by this editor, and is no change of another's."""
    announcement = make.published()
    promise = make.promise(announcement)
    page = accepted(client, make.suggestion(announcement, "delivered", promise=promise))
    announcement.summary = "Somebody else was here."
    announcement.save()
    page.fill(**{"promises-0-step_on": "2024-09-01"}).send()
    assert promise.updates.count() == 2
    announcement.refresh_from_db()
    assert announcement.summary == "Somebody else was here."


def test_rejecting_asks_for_a_reason_and_keeps_it(client, editor):
    suggestion = make.suggestion()
    page = Page(client, page_of(suggestion))
    page.send("_reject")
    assert "Say why, for the other editors." in page.errors
    page.fill(reason="The page says otherwise.").send("_reject")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("rejected", "The page says otherwise.")
    assert suggestion.decided_by == editor
    assert "The page says otherwise." in client.get(page_of(suggestion)).content.decode()


def test_what_somebody_decided_meanwhile_is_not_decided_again(client, editor):
    suggestion = make.suggestion()
    page = Page(client, page_of(suggestion))
    suggestion.reject(User.objects.create_user("bob"), "Spam.")
    page.send("_accept")
    assert "bob decided this already." in " ".join(page.errors)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("rejected", "Spam.")


def test_a_decided_one_has_no_buttons(client, editor):
    suggestion = make.suggestion()
    suggestion.accept(editor)
    buttons = Page(client, page_of(suggestion)).form.buttons
    assert not {"_accept", "_reject", "_save"} & set(buttons)


def test_nothing_a_reader_wrote_is_changed_by_the_page(client, editor):
    suggestion = make.suggestion(text="As typed.")
    sent = {"_accept": "x", "text": "Other", "state": "rejected", "source": "https://evil.example"}
    client.post(page_of(suggestion), sent)
    suggestion.refresh_from_db()
    assert (suggestion.text, suggestion.state) == ("As typed.", "accepted")
    assert suggestion.source == "https://example.org/says"


def test_a_suggestion_of_another_announcement_is_not_shown(client, editor):
    strange = make.suggestion(text="Xylophagous")
    announcement = make.published()
    for key in (strange.pk, "x", "9" * 40, "\0"):
        response = client.get(page_of(announcement), {"suggestion": key})
        assert response.status_code == 200
        assert "Xylophagous" not in response.content.decode()
