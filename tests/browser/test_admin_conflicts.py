"""Two editors in two browsers with the same announcement before them: both their changes stand."""

import pytest

from tests.browser.desks import add_row, begin, change, go_to, rows, save, shown


@pytest.fixture(autouse=True)
def _conflicts_are_provoked(complaints):
    complaints.expect("status of 409")


@pytest.fixture
def both(desk, others_desk, request):
    """The same announcement in both browsers."""
    begin(desk, request.node.name)
    others_desk.goto(desk.url)
    return desk, others_desk


def choice(page, label, side):
    return page.get_by_role("group", name=label, exact=True).get_by_role("radio", name=f"{side}:")


def test_the_second_to_save_chooses_and_both_changes_stand(both):
    second, first = both
    page = second.url
    change(first, title="Theirs", note="Only theirs")
    add_row(first, "promises", title="Their promise")
    save(first)
    change(second, title="Mine", summary="Only mine")
    add_row(second, "promises", title="My promise")
    add_row(second, "citations", address="https://example.org/mine")
    save(second)
    assert second.get_by_role("heading", name="Changed meanwhile by bob").is_visible()
    assert "Nothing is saved yet" in second.locator(".errornote + .errorlist").inner_text()
    choice(second, "Title", "Mine").check()
    save(second)

    first.goto(page)
    assert shown(first, "title", "note", "summary") == ["Mine", "Only theirs", "Only mine"]
    assert rows(first, "promises", "title") == ["Their promise", "My promise"]
    assert first.locator("#citations-group .has_original").count() == 2


def test_a_row_that_both_changed_is_chosen_field_by_field(both):
    second, first = both
    page = second.url
    add_row(second, "promises", title="Weights", condition="once it is stable")
    second.get_by_role("button", name="Save and continue editing").click()
    second.wait_for_load_state("load")
    first.goto(page)
    for desk, title in ((first, "Their weights"), (second, "My weights")):
        desk.locator("#promises-group details").first.evaluate("part => part.open = true")
        change(desk, **{"promises-0-title": title})
    save(first)
    save(second)
    choice(second, "Promise “Their weights”: Title", "Theirs").check()
    save(second)
    second.goto(page)
    assert rows(second, "promises", "title") == ["Their weights"]


def test_the_choice_is_made_by_keyboard_alone(both):
    second, first = both
    page = second.url
    change(first, title="Theirs")
    save(first)
    go_to(second, "[name=title]")
    second.keyboard.press("Control+A")
    second.keyboard.type("Mine by keyboard")
    second.keyboard.press("Enter")
    second.locator(".meanwhile legend").first.wait_for()
    go_to(second, "[type=radio]")
    second.keyboard.press("Space")
    assert choice(second, "Title", "Mine").is_checked()
    second.keyboard.press("Enter")
    second.wait_for_url("**/announcement/")
    second.goto(page)
    assert shown(second, "title") == ["Mine by keyboard"]
