"""An import in a real browser: a file given, looked at, carried out and undone, and nothing that axe can find."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_access import RULES, SCREENS

ADD = "/admin/announcements/importbatch/add/"
EXPORT = "/admin/announcements/announcement/export/"
HEADER = "title;kind;releases.1.name;releases.1.type;releases.1.license\n"
GOOD = HEADER + "A new one;program;It;model;Apache 2.0\n"
UNSURE = HEADER + "A new one;program;It;model;CC BY\n"
WRONG = HEADER + "A new one;party;It;model;CC BY\n"


@pytest.fixture
def browser_context_args(browser_context_args):
    """Colors change at once, so that none is measured half-way."""
    return {**browser_context_args, "reduced_motion": "reduce"}


def sound(page) -> bool:
    # Axe would copy the styles that import others into the page, which the policy refuses.
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = []
    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found += Axe().run(page, options=options).response["violations"]
    return found == []


def give(page, text):
    page.goto(ADD)
    file = {"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check the file").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")


@pytest.mark.parametrize("text", [GOOD, UNSURE, WRONG])
def test_axe_finds_nothing_on_what_a_file_would_do(desk, text):
    give(desk, text)
    assert sound(desk)


@pytest.mark.parametrize("address", [ADD, EXPORT, "/admin/announcements/importbatch/"])
def test_axe_finds_nothing_before_and_after(desk, address):
    desk.goto(address)
    assert sound(desk)


def test_an_import_is_carried_out_and_undone_by_keyboard_alone(desk):
    give(desk, UNSURE)
    desk.get_by_label("“CC BY” (once)").select_option("cc-by-4.0")
    for button, words in (
        ("Check with these licenses", "cc-by-4.0"),
        ("Import", "Imported: 1 new, 0 changed."),
        ("Undo this import", "Undone: 1 removed, 0 as before."),
    ):
        desk.get_by_role("button", name=button, exact=True).focus()
        desk.keyboard.press("Enter")
        desk.get_by_text(words).first.wait_for()
    assert sound(desk)
