"""With the keyboard alone: from the overview to a source, and through the filters."""

import re

from playwright.sync_api import expect

ELSEWHERE = re.compile(r"^https://")

SHOWN = """
    () => {
        const element = document.activeElement;
        const { top, bottom, width } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        return element === document.body || (ring && width > 0 && bottom > 0 && top < innerHeight);
    }
"""


def tab_to(page, selector, stops=200):
    """Press Tab until the focus is there; at every stop it can be seen."""
    for _ in range(stops):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert page.evaluate(SHOWN), f"The focus cannot be seen at {focused}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{stops} times Tab, and no {selector}")


def follow(page, selector):
    tab_to(page, selector)
    page.keyboard.press("Enter")


def test_the_way_from_the_overview_to_a_source(page):
    page.route(ELSEWHERE, lambda route: route.fulfill(body="the source"))
    page.goto("/")
    follow(page, ".site-nav a[href='/announcements/']")
    page.wait_for_url("**/announcements/")
    follow(page, "a[href='#main']")
    follow(page, "a[href='#results']")
    follow(page, ".entry-title a")
    page.wait_for_url("**/announcements/*/")
    follow(page, "a[href='#main']")
    follow(page, ".sources a[href^='https://']")

    page.wait_for_url(ELSEWHERE)
    assert page.text_content("body") == "the source"


def test_a_filter_is_chosen_and_taken_back_where_the_focus_is(page):
    page.goto("/announcements/")
    tab_to(page, "#id_company-meta")
    page.keyboard.press("Space")
    expect(page).to_have_url("/announcements/?company=meta")
    expect(page.locator("#id_company-meta")).to_be_focused()

    tab_to(page, ".chip-remove")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/announcements/")
    expect(page.locator("#results")).to_be_focused()


def test_a_long_list_unfolds_with_the_keyboard(page):
    page.goto("/announcements/")
    follow(page, "#more-company > summary")
    tab_to(page, "#more-company input", stops=1)
    value = page.evaluate("document.activeElement.value")
    page.keyboard.press("Space")

    expect(page).to_have_url(f"/announcements/?company={value}")
    expect(page.locator(f"#id_company-{value}")).to_be_focused()


def test_escape_from_the_filters_leads_to_the_results_at_once(page):
    page.goto("/announcements/")
    follow(page, "a[href='#results']")
    tab_to(page, "#results a", stops=1)
