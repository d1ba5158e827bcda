"""What is typed is kept in the browser: when the session ends, the connection drops, the page is left."""

import pytest

from tests.browser.conftest import PASSWORD
from tests.browser.desks import ANNOUNCEMENTS, add_row, begin, change, go_to, rows, save, shown

ADD = f"{ANNOUNCEMENTS}add/"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('typed ')).length"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('nothing is kept') }"


@pytest.fixture(autouse=True)
def _errors_are_provoked(complaints):
    complaints.expect("status of 409")
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    complaints.expect("nothing is kept")


def band(page):
    return page.get_by_role("region", name="Not saved")


def put_back(page):
    band(page).get_by_role("button", name="Put it back").click()
    page.locator(".errornote").wait_for()


def until_kept(page):
    page.wait_for_function(f"() => {KEPT} > 0")


def test_what_was_typed_comes_back_with_rows_choices_and_boxes(desk):
    desk.goto(ADD)
    change(desk, title="Kept with everything", summary="Two\nlines")
    desk.locator("[name=kind]").select_option("program")
    desk.get_by_role("combobox", name="Company").click()
    desk.keyboard.type("Acme")
    desk.locator(".select2-results__option--highlighted", has_text="Acme").wait_for()
    desk.keyboard.press("Enter")
    add_row(desk, "citations", address="https://example.org/kept")
    add_row(desk, "promises", title="First")
    desk.locator("#promises-group .add-row a").click()
    add_row(desk, "promises", title="Second")
    desk.locator("[name=promises-1-parts][value=weights]").evaluate("box => box.click()")
    until_kept(desk)
    desk.goto("/admin/")
    desk.goto(ADD)
    put_back(desk)
    assert shown(desk, "title", "summary", "kind") == [
        "Kept with everything",
        "Two\nlines",
        "program",
    ]
    assert desk.get_by_role("combobox", name="Company").inner_text().endswith("Acme")
    assert rows(desk, "promises", "title") == ["First", "Second"]
    assert desk.locator("[name=promises-1-parts][value=weights]").is_checked()
    save(desk)
    assert "was added successfully" in desk.locator(".messagelist").inner_text()
    assert desk.evaluate(KEPT) == 0
    desk.goto(ADD)
    assert band(desk).is_hidden()


def test_a_session_that_ends_leads_through_the_login_back_to_what_was_typed(desk):
    begin(desk, "Before the session ends")
    page = desk.url
    change(desk, note="Typed before the session ended")
    desk.context.clear_cookies(name="sessionid")
    save(desk)
    go_to(desk, "#id_username")
    desk.keyboard.type("root")
    go_to(desk, "#id_password")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    desk.wait_for_url(page)
    go_to(desk, "#typed button")
    desk.keyboard.press("Enter")
    desk.locator(".errornote").wait_for()
    assert shown(desk, "note") == ["Typed before the session ended"]
    save(desk)
    desk.goto(page)
    assert shown(desk, "note") == ["Typed before the session ended"]
    assert desk.evaluate(KEPT) == 0


def test_a_connection_that_drops_loses_nothing(desk):
    begin(desk, "Before the connection drops")
    page = desk.url
    change(desk, note="Typed before it dropped")
    desk.context.set_offline(True)
    desk.locator("[name=_save]").click()
    desk.wait_for_url("chrome-error://**")
    desk.context.set_offline(False)
    desk.goto(page)
    assert shown(desk, "note") == [""]
    put_back(desk)
    save(desk)
    desk.goto(page)
    assert shown(desk, "note") == ["Typed before it dropped"]


def test_what_is_put_back_leaves_what_another_saved_meanwhile(desk, others_desk):
    begin(desk, "Kept while another saves")
    page = desk.url
    change(desk, title="Mine", note="Mine")
    until_kept(desk)
    desk.goto("/admin/")
    others_desk.goto(page)
    change(others_desk, title="Theirs", summary="Theirs")
    add_row(others_desk, "promises", title="Their promise")
    save(others_desk)
    desk.goto(page)
    put_back(desk)
    desk.get_by_role("radio", name="Mine:").check()
    save(desk)
    desk.goto(page)
    assert shown(desk, "title", "note", "summary") == ["Mine", "Mine", "Theirs"]
    assert rows(desk, "promises", "title") == ["Their promise"]


def test_what_is_forgotten_is_not_offered_again(desk):
    desk.goto(ADD)
    change(desk, title="Never mind")
    until_kept(desk)
    desk.goto(ADD)
    band(desk).get_by_role("button", name="Forget it").click()
    assert band(desk).is_hidden()
    desk.goto(ADD)
    assert band(desk).is_hidden()
    assert desk.evaluate(KEPT) == 0


def test_a_form_that_nobody_typed_into_is_not_kept(desk):
    desk.goto(ADD)
    change(desk, title="Typed")
    until_kept(desk)
    change(desk, title="")
    desk.goto("/admin/")
    assert desk.evaluate(KEPT) == 0


def test_logging_out_forgets(desk):
    desk.goto(ADD)
    change(desk, title="Nobody else's")
    until_kept(desk)
    desk.evaluate(
        "localStorage.setItem('typed 0 /admin/ another', JSON.stringify({at: Date.now(), entries: []}))"
    )
    # The form alone: logging out would end the session that other tests use.
    desk.evaluate("document.getElementById('logout-form').dispatchEvent(new Event('submit'))")
    assert desk.evaluate(KEPT) == 1


@pytest.mark.parametrize(("days", "there"), [(13, True), (15, False)])
def test_after_fourteen_days_it_is_gone(desk, days, there):
    desk.goto("/admin/")
    user = desk.locator("script[data-user]").get_attribute("data-user")
    record = "JSON.stringify({at: Date.now() - days * 864e5, entries: [['title', 'Old']]})"
    write = f"([user, days]) => localStorage.setItem(`typed ${{user}} {ADD} older`, {record})"
    desk.evaluate(write, [user, days])
    desk.goto(ADD)
    assert band(desk).is_visible() == there


def test_another_editor_in_the_same_browser_is_offered_nothing(desk):
    desk.goto("/admin/")
    write = f"localStorage.setItem('typed 0 {ADD} another', JSON.stringify({{at: Date.now(), entries: []}}))"
    desk.evaluate(write)
    desk.goto(ADD)
    assert band(desk).is_hidden()


@pytest.mark.parametrize(("typed", "asked"), [("Not kept", ["beforeunload"]), ("", [])])
def test_a_browser_that_keeps_nothing_warns_before_leaving(desk, typed, asked):
    desk.add_init_script(FULL)
    dialogs = []

    def leave(dialog):
        dialogs.append(dialog.type)
        dialog.accept()

    desk.on("dialog", leave)
    desk.goto(ADD)
    desk.locator("[name=title]").press_sequentially(typed)
    desk.locator("[name=title]").click()
    desk.goto("/admin/")
    assert dialogs == asked
