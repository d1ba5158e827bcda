"""The form that the browser keeps: what the server says was saved, and what it shows once more."""

import pytest
from django.test import Client

from announcements.models import Announcement, Source
from tests import make
from tests.editing import ADD, Page, filled, log_in, page_of

TOKEN = "m3x8k2abc"


@pytest.fixture
def editing(client, db):
    log_in(client)
    return client


def sent(page, button="_save", **more):
    """Send a page as a browser with a script does, and return the answer itself."""
    page.values["kept_as"] = [TOKEN]
    fields = {name: value for name, value in page.values.items() if "__prefix__" not in name}
    return page.client.post(page.address, {**fields, button: "1", **more})


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_publish"])
def test_what_was_saved_is_said_by_a_cookie(editing, button):
    response = sent(filled(Page(editing, ADD)), button)
    cookie = response.cookies[f"saved-{TOKEN}"]
    assert (response.status_code, cookie["path"], cookie["samesite"]) == (302, "/", "Lax")
    assert not cookie["httponly"]


@pytest.mark.parametrize("record", [make.company, make.source, make.draft])
def test_every_record_says_so(editing, record):
    assert f"saved-{TOKEN}" in sent(Page(editing, page_of(record()))).cookies


def test_what_was_refused_is_not_said_to_be_saved(editing):
    record = make.published()
    page = Page(editing, page_of(record)).delete("citations", 0)
    for response in (sent(page), sent(Page(editing, ADD))):
        assert response.status_code == 200
        assert not [name for name in response.cookies if name.startswith("saved-")]


@pytest.mark.parametrize("token", ["", "a b c d e f", "x" * 41, "../../../", "a;b=c\r\nx"])
def test_nonsense_for_a_token_sets_no_cookie(editing, token):
    response = sent(filled(Page(editing, ADD)), kept_as=token)
    assert response.status_code == 302
    assert not [name for name in response.cookies if name.startswith("saved-")]


def test_a_page_that_comes_back_knows_as_what_it_is_kept(editing):
    html = sent(Page(editing, ADD)).content.decode()
    assert f'<input type="hidden" name="kept_as" value="{TOKEN}">' in html


def test_what_is_put_back_is_shown_and_not_saved(editing):
    page = filled(Page(editing, ADD))
    html = sent(page, "_put_back").content.decode()
    assert "What you typed is back." in html
    assert 'value="https://www.axios.com/a?utm_source=x"' in html
    assert not Announcement.objects.exists()
    assert not Source.objects.exists()


def test_what_is_put_back_undoes_nothing_that_others_saved(editing):
    record = make.draft()
    mine = Page(editing, page_of(record)).fill(note="Mine").row("promises", title="Mine")
    Page(editing, page_of(record)).fill(summary="Theirs").row("promises", title="Theirs").send()
    again = Page(editing, page_of(record))
    again.values = {name: text for name, text in mine.values.items() if "__prefix__" not in name}
    again.read(editing.post(again.address, {**again.values, "_put_back": "1"}))
    again.send()
    record.refresh_from_db()
    assert (record.note, record.summary) == ("Mine", "Theirs")
    assert [promise.title for promise in record.promises.all()] == ["Theirs", "Mine"]


def test_what_is_put_back_is_asked_about_where_both_changed_it(editing):
    record = make.draft()
    mine = Page(editing, page_of(record)).fill(title="Mine")
    Page(editing, page_of(record)).fill(title="Theirs").send()
    response = sent(mine, "_put_back")
    assert response.status_code == 409
    assert 'name="choice--title"' in response.content.decode()


def test_a_form_sent_without_a_session_leads_back_to_it_after_the_login(editing):
    draft = make.draft()
    page = Page(editing, page_of(draft)).fill(title="Typed")
    editing.logout()
    response = sent(page)
    assert response["Location"] == f"/admin/login/?next={page_of(draft)}"
    draft.refresh_from_db()
    assert draft.title != "Typed"


def test_putting_back_needs_the_token_of_the_page(editing):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = editing.cookies
    assert careful.post(ADD, {"_put_back": "1"}).status_code == 403


def test_windows_for_choosing_are_not_kept(editing):
    assert 'id="typed"' in editing.get(ADD).content.decode()
    assert 'id="typed"' not in editing.get(f"{ADD}?_popup=1").content.decode()
