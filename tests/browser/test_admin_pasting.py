"""Pasting an address in a real browser: by keyboard alone, and nothing that axe can find."""

import pytest

from tests.browser.test_access import SCREENS, violations
from tests.starter_data import RECORDS

PASTE = "/admin/announcements/announcement/paste/"
KNOWN = RECORDS[0]["sources"][0]["url"]
UNKNOWN = "https://example.org/never-seen"


@pytest.fixture
def browser_context_args(browser_context_args):
    """Colors change at once, so that none is measured half-way."""
    return {**browser_context_args, "reduced_motion": "reduce"}


def paste(page, typed):
    page.goto(PASTE)
    page.get_by_label("Paste the address of a source").focus()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/paste/?url=*")


@pytest.mark.parametrize("typed", [KNOWN, UNKNOWN, f"{KNOWN}/more", "nonsense"])
def test_axe_finds_nothing_on_the_page_of_an_address(desk, typed):
    paste(desk, typed)
    assert [found for screen in SCREENS for found in violations(desk, *screen)] == []


def test_axe_finds_nothing_on_the_front_page_with_the_box(desk):
    desk.goto("/admin/")
    assert desk.get_by_role("search").is_visible()
    assert [found for screen in SCREENS for found in violations(desk, *screen)] == []


def test_a_new_address_begins_a_draft_by_keyboard_alone(desk):
    paste(desk, UNKNOWN)
    desk.get_by_role("link", name="Start a stub with it").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/add/?address=*")
    assert desk.locator("#id_citations-0-address").input_value() == UNKNOWN
