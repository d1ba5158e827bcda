"""What an editor does in the forms of the admin, in a real browser.

Records are made and changed through the forms alone, and only drafts: other tests read the same database.
"""

from playwright.sync_api import Page

ANNOUNCEMENTS = "/admin/announcements/announcement/"


def begin(page: Page, title: str) -> None:
    """Record a draft with a title, and stay on its page."""
    page.goto(f"{ANNOUNCEMENTS}add/")
    change(page, title=title)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/")


def change(page: Page, **typed: str) -> None:
    """Type into fields, by their names."""
    for name, text in typed.items():
        page.locator(f"[name={name}]").fill(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state("load")
