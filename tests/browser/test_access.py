"""Nothing that axe can find, on every kind of page, in light and dark, on a wide and on a narrow screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.surfaces import CARDS, PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILTERED = "/announcements/?company=meta&concern=misuse"
EMPTY = "/announcements/?company=acme&concern=privacy&kind=withdrawal"
REFUSED = "/announcements/?company=acne&after=20233"
NOWHERE = "/announcements/nothing/"
EVERY_KIND = [
    *PAGES,
    *CARDS,
    FILTERED,
    EMPTY,
    REFUSED,
    NOWHERE,
    "/companies/meta/",
    "/admin/login/",
]
SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)]


@pytest.fixture
def browser_context_args(browser_context_args):
    """Colors change at once, so that none is measured half-way."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def _errors_are_provoked(complaints):
    complaints.expect("status of 400")
    complaints.expect("status of 404")


@pytest.mark.parametrize("address", EVERY_KIND)
def test_axe_finds_nothing(page, address):
    page.goto(address)

    assert [found for screen in SCREENS for found in violations(page, *screen)] == []


def violations(page, scheme, width):
    """What axe finds, as one line each: the rule, the screen, and the first element at fault."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    # Loading style sheets anew serves no rule here, and where one imports another it breaks the policy.
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']} ({scheme}, {width}): {one['nodes'][0]['html']}" for one in found]


def test_axe_finds_nothing_in_filters_that_are_all_unfolded(page):
    page.goto(FILTERED)
    page.evaluate("document.querySelectorAll('details').forEach(group => group.open = true)")

    assert violations(page, "light", 390) + violations(page, "dark", 1280) == []


def test_a_list_that_changed_in_place_is_as_sound_as_before(reader):
    reader.open()
    reader.choose("company", "meta")
    reader.wait_for("?company=meta")

    assert violations(reader.page, "light", 1280) == []
