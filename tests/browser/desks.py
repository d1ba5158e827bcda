"""What an editor does in the forms of the admin, in a real browser.

Records are made and changed through the forms alone, and only drafts: other tests read the same database.
"""

from playwright.sync_api import Page

ANNOUNCEMENTS = "/admin/announcements/announcement/"


def begin(page: Page, title: str) -> None:
    """Record a stub of a company of its own, so that nothing is like it, and stay on its page."""
    company = _added(page, "/admin/announcements/company/add/", name=title[:100])
    address = f"https://example.org/{company}"
    form = f"{ANNOUNCEMENTS}add/?company={company}&address={address}"
    _added(page, form, title=title)


def _added(page: Page, form: str, **typed: str) -> str:
    """Fill in a form, and stay on the page of what it added; its key."""
    page.goto(form)
    change(page, **typed)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/**")
    page.goto(page.url.partition("?")[0])
    return page.url.rstrip("/").split("/")[-2]


def change(page: Page, **typed: str) -> None:
    """Type into fields, by their names."""
    for name, text in typed.items():
        page.locator(f"[name={name}]").fill(text)


def save(page: Page) -> None:
    page.locator("[name=_save]").click()
    page.wait_for_load_state("load")


def add_row(page: Page, prefix: str, **typed: str) -> None:
    """Type into the last row of a list, after unfolding it and adding one if there is none that is new."""
    group = page.locator(f"#{prefix}-group")
    group.evaluate("group => group.querySelectorAll('details').forEach(part => part.open = true)")
    if not group.locator(".inline-related:not(.empty-form, .has_original)").count():
        group.locator(".add-row a").click()
    row = group.locator(".inline-related:not(.empty-form)").last
    for name, text in typed.items():
        row.locator(f"[name$=-{name}]").fill(text)


def shown(page: Page, *names: str) -> list[str]:
    """What stands in fields."""
    return [page.locator(f"[name={name}]").input_value() for name in names]


def rows(page: Page, prefix: str, name: str) -> list[str]:
    """What stands in one field of each row of a list that is not empty."""
    fields = page.locator(f"#{prefix}-group .inline-related:not(.empty-form) [name$=-{name}]")
    return [text for field in fields.all() if (text := field.input_value())]


def go_to(page: Page, selector: str) -> None:
    """Press Tab until an element that matches has the focus."""
    for _ in range(200):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not lead to {selector}.")
