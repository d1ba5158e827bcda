"""A step of a promise's story: what may follow, what each change needs, and what is a correction."""

import re

import pytest

from announcements import statuses
from tests import make
from tests.editing import Page, log_in, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editing(client, db):
    log_in(client)
    return client


def offered(page: Page, name: str) -> dict[str, list[str]]:
    """The statuses of one select, by the heading of their group."""
    select = re.search(rf'<select name="{name}".*?</select>', page.html, re.DOTALL)
    assert select
    groups = re.findall(r'<optgroup label="(.*?)">(.*?)</optgroup>', select[0], re.DOTALL)
    return {label: re.findall(r'value="(.*?)"', options) for label, options in groups}


@pytest.mark.parametrize("status", statuses.ALL)
def test_a_step_is_offered_what_may_follow_and_the_rest_as_a_correction(editing, status):
    promise = make.promise(make.draft(), status=status)
    allowed = list(statuses.allowed_after(status))
    rest = [slug for slug in statuses.ALL if slug not in allowed]
    groups = {"The rules allow": allowed, "Correction (needs a reason)": rest}
    row = offered(Page(editing, page_of(promise.announcement)), "promises-0-step_status")
    added = offered(Page(editing, page_of(promise)), f"updates-{promise.updates.count()}-status")
    assert (row, added) == (groups, groups)


def test_each_change_says_the_evidence_it_needs(editing):
    promise = make.promise(make.draft(), status="announced")
    for page in (page_of(promise.announcement), page_of(promise)):
        html = Page(editing, page).html
        assert "Announced: no change" in html
        assert (
            "Lapsed: time rule met and search note; "
            "search note: places searched, date, last company statement"
        ) in html


def test_a_saved_step_is_offered_what_may_follow_the_one_before_it(editing):
    story = [("2024-05-08", "announced"), ("2024-08-01", "delivered")]
    page = Page(editing, page_of(make.promise(make.draft(), story=story)))
    first, second = (offered(page, f"updates-{n}-status")["The rules allow"] for n in (0, 1))
    assert first == list(statuses.FIRST)
    assert second == list(statuses.allowed_after("announced"))


def test_a_change_that_the_rules_do_not_know_needs_a_reason(editing):
    promise = make.promise(make.draft(), status="delivered")
    page = Page(editing, page_of(promise.announcement))
    page.row("promises", 0, step_on="2025", step_status="announced", step_text="It was not.")
    page.row("promises", 0, step_source="1").send()
    assert "If it is a correction, give its reason here." in page.html
    assert page.values["promises-0-step_text"] == ["It was not."]
    page.row("promises", 0, step_reason="The page was misread.").send()
    promise.refresh_from_db()
    assert (promise.status, promise.updates.last().reason) == (
        "announced",
        "The page was misread.",
    )


def test_on_the_promises_page_too(editing):
    promise = make.promise(make.draft(), status="delivered")
    page = Page(editing, page_of(promise))
    page.row("updates", happened_on="2025", status="announced", text="It was not.", note="Looked.")
    page.send()
    assert "Anything else is a correction and needs a reason." in page.html
    promise.refresh_from_db()
    assert promise.status == "delivered"
