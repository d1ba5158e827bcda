"""Pages fit their medium: a phone, a doubled font, paper, colors of the reader's own."""

import pytest

from tests.browser.test_access import EVERY_KIND

PHONE, ZOOMED = 360, 640
"""CSS pixels: the narrowest phone meant, and a screen of 1280 at 200 %."""


@pytest.fixture(autouse=True)
def _errors_are_provoked(complaints):
    complaints.expect("status of 400")
    complaints.expect("status of 404")


@pytest.mark.parametrize("address", EVERY_KIND)
def test_no_page_is_wider_than_its_screen(page, address):
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(group => group.open = true)")
    for width in (PHONE, ZOOMED):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ["/", "/announcements/", "/announcements/public/"])
def test_paper_has_the_record_without_the_tool_around_it(page, address):
    page.goto(address)
    page.emulate_media(media="print")

    for tool in (".site-nav", ".site-search", ".filters", ".pages"):
        assert not page.locator(tool).is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("main a:visible").first.inner_text()


def test_paper_names_the_addresses_of_the_sources(page):
    page.goto("/announcements/public/")
    page.emulate_media(media="print")
    link = page.locator(".sources a[href^='http']").first

    written = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert link.get_attribute("href") in written or "attr(href)" in written


def test_colors_of_the_readers_own_keep_what_is_chosen_in_sight(page):
    page.goto("/announcements/")
    page.emulate_media(forced_colors="active")
    current = page.locator(".site-nav [aria-current]")

    assert current.evaluate("link => parseFloat(getComputedStyle(link).borderBottomWidth)") >= 2


def test_who_wants_no_motion_gets_none(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto("/announcements/?company=meta")

    assert (
        page.evaluate("""
        [...document.querySelectorAll("*")].filter(element =>
            parseFloat(getComputedStyle(element).transitionDuration) > 0).length
    """)
        == 0
    )
