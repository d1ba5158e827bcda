"""Twenty editors save the same record at the same moment: each is done, and none undoes another."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from announcements.models import Promise
from tests import make
from tests.at_once import at_once
from tests.editing import Page, page_of

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TRIES = 5


@pytest.fixture
def desks():
    """SQLite locks the database as a whole, so that fewer show the same."""
    number = 20 if connection.vendor == "postgresql" else 4
    desks = [Client() for _ in range(number)]
    for index, desk in enumerate(desks):
        desk.force_login(User.objects.create_superuser(f"editor-{index}"))
    return desks


def saved(page):
    """Send until it is saved; who is asked stays with what they typed. The number of times sent."""
    for tries in range(1, MOST_TRIES + 1):
        if page.send().status_code == 200:
            assert page.errors == []
            return tries
        for name in {name for name in page.form.ids.values() if name.startswith("choice-")}:
            page.values[name] = ["mine"]
    raise AssertionError("Asked again and again.")


def test_steps_of_one_promise_are_all_told_and_the_last_is_its_status(desks):
    promise = make.promise(make.draft(), story=[("2024-01", "announced")])
    pages = [Page(desk, page_of(promise.announcement)) for desk in desks]
    for day, page in enumerate(pages, start=1):
        step = {
            "step_on": f"2024-02-{day:02}",
            "step_status": "delayed",
            "step_text": f"Day {day}.",
        }
        page.row("promises", 0, **step, step_note="Searched.")
    assert at_once(*(lambda page=page: saved(page) for page in pages)) == [1] * len(pages)
    promise.refresh_from_db()
    days = [str(step.happened_on) for step in promise.updates.all()]
    assert days == ["2024-01", *(f"2024-02-{day:02}" for day in range(1, len(desks) + 1))]
    assert (promise.status, str(promise.status_on)) == ("delayed", days[-1])


def test_steps_typed_on_the_page_of_the_promise_are_all_told(desks):
    promise = make.promise(make.draft(), story=[("2024-01", "announced")])
    pages = [Page(desk, page_of(promise)) for desk in desks]
    for day, page in enumerate(pages, start=1):
        typed = {"happened_on": f"2024-02-{day:02}", "status": "delayed", "text": f"Day {day}."}
        page.row("updates", **typed, note="Searched.")
    assert at_once(*(lambda page=page: saved(page) for page in pages)) == [1] * len(pages)
    promise.refresh_from_db()
    assert promise.updates.count() == len(desks) + 1
    assert promise.status == promise.updates.last().status == "delayed"


def test_each_writes_into_a_row_of_their_own_and_all_is_there(desks):
    record = make.draft()
    for index in range(len(desks)):
        make.promise(record, title=f"Promise {index}")
    pages = [Page(desk, page_of(record)) for desk in desks]
    for index, page in enumerate(pages):
        page.row("promises", index, title=f"Written by {index}")
    assert at_once(*(lambda page=page: saved(page) for page in pages)) == [1] * len(pages)
    assert {row.title for row in Promise.objects.all()} == {
        f"Written by {index}" for index in range(len(desks))
    }


def test_of_all_who_write_one_field_one_is_not_asked(desks):
    record = make.draft()
    pages = [Page(desk, page_of(record)) for desk in desks]
    for index, page in enumerate(pages):
        page.fill(title=f"Title {index}").row("citations", 1, address=f"https://e.org/{index}")
    answers = at_once(*(lambda page=page: page.send().status_code for page in pages))
    assert sorted(answers) == [200] + [409] * (len(desks) - 1)
    asked = [page for page, answer in zip(pages, answers, strict=True) if answer == 409]
    assert all(
        page.values["title"] == [f"Title {index}"]
        for index, page in enumerate(pages)
        if page in asked
    )
    assert [saved_alone(page) for page in asked] == [True] * len(asked)
    assert record.citations.count() == len(desks) + 1


def saved_alone(page):
    page.values["choice--title"] = ["mine"]
    return saved(page) <= MOST_TRIES
