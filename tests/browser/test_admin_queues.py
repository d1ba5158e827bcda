"""Going through a queue in a real browser: by keyboard alone, and nothing that axe can find."""

import pytest

from tests.browser.test_access import SCREENS, violations

QUEUE = "/admin/announcements/announcement/queues/sources-to-check/"


@pytest.fixture
def browser_context_args(browser_context_args):
    """Colors change at once, so that none is measured half-way."""
    return {**browser_context_args, "reduced_motion": "reduce"}


def test_axe_finds_nothing_on_the_page_of_a_queue(desk):
    desk.goto(QUEUE)
    assert [found for screen in SCREENS for found in violations(desk, *screen)] == []


def test_enter_in_a_line_of_text_saves_and_opens_the_next(desk):
    desk.goto(QUEUE)
    rows = desk.locator("tbody a")
    first, second = (rows.nth(place).get_attribute("href") for place in (0, 1))
    desk.get_by_role("link", name="Begin with the first").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{first}")
    desk.get_by_label("Publisher").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{second}")
    assert "was changed successfully" in desk.locator(".messagelist").inner_text()
