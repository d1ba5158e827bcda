"""Nothing that axe can find on the pages of the admin, in light and dark, on a wide and on a narrow screen.

A new page of the admin is one more line of ``ADDRESSES``.
"""

import pytest

from tests.browser.desks import ANNOUNCEMENTS, begin, change, save
from tests.browser.test_access import SCREENS, violations

ADMIN = "/admin/announcements"
ADDRESSES = [
    "/admin/",
    "/admin/announcements/",
    "/admin/password_change/",
    f"{ANNOUNCEMENTS}",
    f"{ANNOUNCEMENTS}?q=nothing",
    f"{ANNOUNCEMENTS}?state__exact=draft&first_day__year=2024",
    f"{ANNOUNCEMENTS}add/",
    f"{ADMIN}/benefittype/add/",
    f"{ADMIN}/company/",
    f"{ADMIN}/company/add/",
    f"{ADMIN}/concern/add/",
    f"{ADMIN}/initiative/add/",
    f"{ADMIN}/license/add/",
    f"{ADMIN}/nearmatch/",
    f"{ADMIN}/nearmatch/add/",
    f"{ADMIN}/promise/add/",
    f"{ADMIN}/release/add/",
    f"{ADMIN}/source/",
    f"{ADMIN}/source/add/",
]
RECORDS = [
    (ANNOUNCEMENTS, "Acme opens the Anvil models"),
    (f"{ADMIN}/company/", "Acme"),
    (f"{ADMIN}/concern/", "Concern"),
    (f"{ADMIN}/license/", "Apache License 2.0"),
    (f"{ADMIN}/promise/", "Anvil code"),
    (f"{ADMIN}/release/", "Anvil 1"),
    (f"{ADMIN}/source/", "What critics say"),
]
"""A list, and words of the name of one of its rows."""


@pytest.fixture
def browser_context_args(browser_context_args):
    """Colors change at once, so that none is measured half-way."""
    return {**browser_context_args, "reduced_motion": "reduce"}


def found_on(page):
    page.wait_for_load_state("load")
    return [found for screen in SCREENS for found in violations(page, *screen)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(desk, address):
    desk.goto(address)
    assert found_on(desk) == []


@pytest.mark.parametrize(("rows", "words"), RECORDS)
def test_axe_finds_nothing_on_the_pages_of_a_record(desk, rows, words):
    desk.goto(f"{rows}?q={words}")
    desk.locator("#result_list a", has_text=words).first.click()
    desk.wait_for_url("**/change/**")
    page = desk.url
    desk.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert found_on(desk) == []
    for beside in ("history", "delete"):
        desk.goto(page.partition("change/")[0] + f"{beside}/")
        assert found_on(desk) == []


@pytest.mark.parametrize("label", ["Company", "Initiatives"])
def test_axe_finds_nothing_while_one_chooses(desk, label):
    desk.goto(f"{ANNOUNCEMENTS}add/")
    desk.get_by_role("combobox", name=label).first.click()
    desk.locator(".select2-results__option").first.wait_for()
    assert violations(desk, "light", 1280) + violations(desk, "dark", 1280) == []


def test_axe_finds_nothing_in_a_row_that_was_added(desk):
    desk.goto(f"{ANNOUNCEMENTS}add/")
    desk.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    for link in desk.locator(".add-row a").all():
        link.click()
    assert violations(desk, "light", 1280) + violations(desk, "light", 390) == []


def test_axe_finds_nothing_where_something_is_wrong(desk):
    desk.goto(f"{ANNOUNCEMENTS}add/")
    change(desk, announced_on="soon", **{"citations-0-address": "nonsense"})
    save(desk)
    desk.locator(".errornote").wait_for()
    assert found_on(desk) == []


def test_axe_finds_nothing_where_two_editors_choose(desk, complaints):
    complaints.expect("status of 409")
    begin(desk, "Both change it")
    other = desk.context.new_page()
    other.goto(desk.url)
    change(other, title="Theirs", note="Theirs")
    save(other)
    change(desk, title="Mine", note="Mine")
    save(desk)
    desk.locator(".meanwhile legend").first.wait_for()
    assert found_on(desk) == []


def test_axe_finds_nothing_where_near_matches_are_asked_about(desk, complaints):
    complaints.expect("status of 409")
    desk.goto(f"{ANNOUNCEMENTS}add/")
    typed = {"title": "Acme opens the Anvil models today", "announced_on": "2023-10"}
    change(desk, **typed, **{"citations-0-address": "https://example.org/again"})
    desk.get_by_role("combobox", name="Company").click()
    desk.keyboard.type("Acme")
    desk.locator(".select2-results__option--highlighted", has_text="Acme").wait_for()
    desk.keyboard.press("Enter")
    save(desk)
    desk.locator(".near").first.wait_for()
    assert found_on(desk) == []


def test_axe_finds_nothing_where_what_was_typed_is_offered_and_put_back(desk):
    for _ in range(2):
        desk.goto(f"{ANNOUNCEMENTS}add/")
        change(desk, title="Typed and left")
    desk.get_by_role("region", name="Not saved").wait_for()
    assert found_on(desk) == []
    desk.get_by_role("button", name="Put it back").click()
    desk.locator(".errornote").wait_for()
    assert found_on(desk) == []
