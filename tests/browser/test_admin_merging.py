"""Merging in a real browser: by keyboard alone, undone again, and nothing that axe can find."""

import re

import pytest

from tests.browser.test_access import SCREENS, violations


@pytest.fixture
def browser_context_args(browser_context_args):
    """Colors change at once, so that none is measured half-way."""
    return {**browser_context_args, "reduced_motion": "reduce"}


def found_by_axe(page):
    return [found for screen in SCREENS for found in violations(page, *screen)]


def press(page, role, name):
    page.get_by_role(role, name=name, exact=True).focus()
    page.keyboard.press("Enter")


def which(page, name):
    """From the list to the page that asks which record is the same."""
    page.goto(f"/admin/announcements/company/?q={name}")
    press(page, "link", name)
    page.wait_for_url("**/change/**")
    press(page, "link", "Merge into another…")
    page.wait_for_url("**/merge/")


def test_a_company_is_merged_and_the_merge_undone_by_keyboard_alone(desk):
    which(desk, "Bolt")
    assert found_by_axe(desk) == []
    desk.get_by_label("Search by name").focus()
    desk.keyboard.type("Acme")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/merge/?q=Acme")
    press(desk, "link", "Acme")
    desk.wait_for_url("**/merge/?into=*")
    assert found_by_axe(desk) == []
    desk.get_by_role("radio", name="Legal name: keep Acme, Inc.").focus()
    desk.keyboard.press("ArrowDown")
    assert desk.get_by_role("radio", name="Legal name: take Bolt, Inc.").is_checked()
    press(desk, "button", "Merge into “Acme”")
    desk.wait_for_url(re.compile("/merger/[0-9]+/change/"))
    assert found_by_axe(desk) == []
    press(desk, "button", "Undo this merge")
    desk.get_by_text("“Bolt” is a record of its own again").wait_for()
