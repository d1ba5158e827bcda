"""Promises with their steps and releases with their components, on pages of their own."""

import pytest

from announcements.models import Promise, Update
from tests import make
from tests.editing import Page, log_in, page_of


@pytest.fixture
def editor(client, db):
    return log_in(client)


@pytest.fixture
def editing(client, editor):
    return client


# A promise and its story


def test_steps_are_added_on_the_page_of_the_promise(editing, editor):
    promise = make.promise(make.published(), story=[("2024-05", "announced")])
    page = Page(editing, page_of(promise))
    page.row("updates", happened_on="2024-08", status="delivered", text="It came.")
    page.row("updates", 1, source_reference="1").send()
    promise.refresh_from_db()
    assert (promise.status, promise.updates.last().recorded_by) == ("delivered", editor)
    assert promise.updates.last().source == promise.announcement.citations.get().source


def test_a_source_named_on_the_page_of_the_promise_joins_the_list(editing):
    promise = make.promise(make.draft(sources=[]), story=[("2024-05", "announced")])
    page = Page(editing, page_of(promise)).row("updates", 0, source_reference="https://e.org/1")
    page.send()
    assert promise.announcement.citations.get().source.url == "https://e.org/1"
    assert Page(editing, page_of(promise)).values["updates-0-source_reference"] == ["1"]


def test_a_new_promise_is_told_with_its_story(editing):
    announcement = make.published()
    page = Page(editing, "/admin/announcements/promise/add/")
    page.fill(announcement=announcement, title="Weights", parts=["weights"])
    page.row("updates", happened_on="2024", status="announced", text="Said.", source_reference="1")
    page.row("updates", happened_on="2025", status="lapsed", text="Not.", note="Searched.").send()
    assert (Promise.objects.get().status, Promise.objects.get().parts) == ("lapsed", ["weights"])


@pytest.mark.parametrize(
    ("steps", "typed", "order"),
    [
        ([("2024-05-08", "announced"), ("2024-05", "delayed")], {1: "1"}, ["delayed", "announced"]),
        ([("2024", "announced"), ("2024", "delayed")], {}, ["announced", "delayed"]),
        ([("2024", "announced"), ("2024", "delayed")], {0: ""}, ["delayed", "announced"]),
    ],
)
def test_places_order_steps_that_dates_leave_open(editing, steps, typed, order):
    promise = make.promise(make.draft(), story=steps)
    promise.updates.update(reason="Any order will do here.")
    page = Page(editing, page_of(promise))
    for index, place in typed.items():
        page.row("updates", index, place=place)
    page.send()
    assert list(promise.updates.values_list("status", flat=True)) == order
    promise.refresh_from_db()
    assert promise.status == order[-1]


def test_a_step_whose_date_is_corrected_moves_when_its_place_is_emptied(editing):
    promise = make.promise(
        make.draft(),
        story=[("2024-01", "announced"), ("2024-02", "delayed"), ("2024-03", "delayed")],
    )
    page = Page(editing, page_of(promise)).row("updates", 2, happened_on="2024-01-20")
    page.send()
    assert any("stands behind the step of 2024-02, which is later" in text for text in page.errors)
    page.row("updates", 2, place="").send()
    assert page.errors == []
    assert [str(step.happened_on) for step in promise.updates.all()] == [
        "2024-01",
        "2024-01-20",
        "2024-02",
    ]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"status": "delayed"}, "A story cannot begin with “delayed”"),
        ({"happened_on": "soon"}, "is not a date"),
        ({"text": ""}, "This field is required."),
        ({"note": ""}, "Name the source, or write a search note"),
        ({"source_reference": "7"}, "There is no source 7"),
        ({"due_from": "2025-01-01"}, "Give both the first and the last day"),
        ({"place": "-1"}, "greater than or equal to 1"),
    ],
)
def test_a_story_that_cannot_be_is_an_error(editing, typed, error):
    promise = make.promise(make.draft(), story=[("2024-05", "announced")])
    page = Page(editing, page_of(promise)).row("updates", 0, **typed)
    page.send()
    assert any(error in text for text in page.errors), page.errors
    assert Update.objects.get().status == "announced"


def test_a_promise_that_readers_see_keeps_a_step(editing):
    promise = make.promise(make.published(), story=[("2024-05", "announced")])
    page = Page(editing, page_of(promise)).fill(title="After").delete("updates", 0)
    page.send()
    promise.refresh_from_db()
    assert promise.status == "announced"
    assert promise.title != "After"
    assert page.values["title"] == ["After"]
    assert "it has no update yet" in page.html


# A release and its components


def test_details_of_components_are_typed_on_the_page_of_the_release(editing):
    release = make.release(make.published())
    page = Page(editing, page_of(release))
    page.row("components", component="weights", availability="published", license=make.license())
    page.row("components", component="inference_code", availability="published")
    page.fill(license=make.license()).send()
    release.refresh_from_db()
    assert release.level == "open-weights"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"component": "source_code"}, "A release of type model has no source code."),
        ({"component": "weights"}, "Please correct the duplicate data for component."),
        ({"component": "model_card", "url": "x y"}, "Enter a valid URL."),
        ({"component": "model_card", "checked_on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_component_that_cannot_be_is_an_error_beside_it(editing, typed, error):
    release = make.release(make.published(), components=["weights"])
    page = Page(editing, page_of(release)).row("components", availability="none", **typed)
    page.send()
    assert any(error in text for text in page.errors), page.errors


def test_a_release_does_not_become_a_type_that_its_components_have_not(editing):
    release = make.release(make.published(), components=["weights"])
    page = Page(editing, page_of(release)).fill(type="software")
    page.send()
    assert any("A release of type software has no model weights" in text for text in page.errors)
