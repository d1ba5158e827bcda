"""Promises, releases, concerns and partners as rows of the announcement's page."""

import pytest

from announcements.models import Promise, Release
from tests import make
from tests.editing import ADD, Page, filled, log_in, page_of


@pytest.fixture
def editor(client, db):
    return log_in(client)


@pytest.fixture
def editing(client, editor):
    return client


@pytest.fixture
def blank(editing) -> Page:
    return Page(editing, ADD)


# Promises


def test_a_step_moves_a_promise_on(editing, editor):
    announcement = make.published()
    promise = make.promise(announcement, story=[("2024-05", "announced")])
    page = Page(editing, page_of(announcement))
    page.row("promises", 0, step_on="2024-06-01", step_status="delivered", step_text="It came.")
    page.row("promises", 0, step_source="1").send()
    promise.refresh_from_db()
    assert (promise.status, str(promise.delivered_on)) == ("delivered", "2024-06-01")
    assert promise.updates.last().recorded_by == editor


def test_a_step_goes_where_its_date_belongs(editing):
    announcement = make.published()
    promise = make.promise(announcement, story=[("2024-05", "announced"), ("2024-08", "delivered")])
    page = Page(editing, page_of(announcement))
    page.row("promises", 0, step_on="2024-06", step_status="delayed", step_text="Later.")
    page.row("promises", 0, step_note="Searched.").send()
    story = promise.updates.values_list("position", "status")
    assert list(story) == [(0, "announced"), (1, "delayed"), (2, "delivered")]
    assert Promise.objects.get(pk=promise.pk).status == "delivered"


def test_a_step_may_keep_the_status(editing):
    announcement = make.published()
    promise = make.promise(announcement)
    page = Page(editing, page_of(announcement))
    page.row("promises", 0, step_on="2025", step_status="announced", step_text="Said again.")
    page.row("promises", 0, step_source="1").send()
    assert promise.updates.count() == 2


def test_a_change_that_the_rules_do_not_know_needs_a_reason(editing):
    announcement = make.published()
    promise = make.promise(announcement, story=[("2024-05", "delivered")])
    page = Page(editing, page_of(announcement))
    page.row("promises", 0, step_on="2025", step_status="announced", step_text="It was not.")
    page.row("promises", 0, step_source="1").send()
    assert any("“delivered” cannot become “announced”" in error for error in page.errors)
    page.row("promises", 0, step_reason="The first verdict was wrong.").send()
    promise.refresh_from_db()
    assert promise.status == "announced"
    assert promise.updates.last().is_correction


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"step_text": ""}, "This field cannot be blank."),
        ({"step_on": "yesterday"}, "is not a date"),
        ({"step_on": ""}, "This field cannot be"),
        ({"step_source": ""}, "Name the source, or write a search note"),
        ({"step_status": "finished"}, "Select a valid choice"),
        ({"step_status": ""}, "This field cannot be blank."),
        ({"step_due_from": "2025-01-01"}, "Give both the first and the last day"),
        ({"step_due_from": "2025-02-01", "step_due_to": "2025-01-01"}, "Give both the first"),
        ({"step_due_from": "soon"}, "Enter a valid date."),
        ({"step_due_words": "x" * 121}, "at most 120"),
    ],
)
def test_a_step_that_cannot_be_is_an_error_beside_it(editing, typed, error):
    announcement = make.published()
    promise = make.promise(announcement)
    step = {"step_on": "2025", "step_status": "delayed", "step_text": "Later.", "step_source": "1"}
    page = Page(editing, page_of(announcement)).row("promises", 0, **step | typed)
    page.send()
    assert any(error in text for text in page.errors), page.errors
    assert promise.updates.count() == 1


def test_the_story_so_far_is_shown_with_the_way_to_its_page(editing):
    promise = make.promise(make.draft(), story=[("2024-05", "announced"), ("2024-08", "delayed")])
    page = Page(editing, page_of(promise.announcement))
    assert "May 2024: <strong>Announced</strong>" in page.html
    assert f"/admin/announcements/promise/{promise.pk}/change/" in page.html


def test_statuses_offered_begin_with_those_the_rules_allow(editing):
    promise = make.promise(make.draft(), story=[("2024-05", "announced")])
    html = Page(editing, page_of(promise.announcement)).html
    allowed, rest = html.split('<optgroup label="The rules allow">')[1].split("<optgroup")[:2]
    assert "Delayed: company names a later or open date" in allowed
    assert "Superseded" not in rest or "superseded" in allowed


# Releases


def test_components_are_recorded_and_the_level_computed(editing):
    announcement = make.published()
    page = Page(editing, page_of(announcement))
    both = {"available-weights": "published", "available-inference_code": "published"}
    page.row("releases", name="Model", license=make.license(), **both).send()
    release = Release.objects.get()
    assert release.level == "open-weights"
    page = Page(editing, page_of(announcement))
    assert "At least open weights" in page.html
    page.row("releases", 0, **{"available-weights": "unknown", "available-inference_code": "none"})
    page.send()
    release.refresh_from_db()
    assert list(release.components.values_list("component", "availability")) == [
        ("inference_code", "none")
    ]


def test_a_component_with_details_is_kept_when_it_is_unchecked(editing):
    release = make.release(make.published())
    make.component(release, "weights", note="On the hub.")
    page = Page(editing, page_of(release.announcement))
    page.row("releases", 0, **{"available-weights": "unknown"}).send()
    assert release.components.get().availability == "unknown"


def test_components_of_another_type_are_refused_with_those_that_apply(editing):
    announcement = make.published()
    page = Page(editing, page_of(announcement))
    page.row("releases", name="Code", type="software", **{"available-weights": "published"}).send()
    (error,) = [text for text in page.errors if "no model weights" in text]
    assert "What applies: technical report or paper, source code." in error
    assert not announcement.releases.exists()


@pytest.mark.parametrize(
    "typed", [{"available-weights": "plenty"}, {"type": "hardware"}, {"url": "x y"}]
)
def test_a_release_that_cannot_be_is_an_error_beside_it(editing, typed):
    announcement = make.published()
    page = Page(editing, page_of(announcement)).row("releases", name="Model", **typed)
    page.send()
    assert page.errors
    assert not announcement.releases.exists()


# Concerns and partners


def test_a_concern_has_at_most_two_further_types_and_none_twice(editing):
    types = [make.concern_type(slug) for slug in ("misuse", "a", "b", "c")]
    page = Page(editing, page_of(make.draft()))
    page.row("concerns", type=types[0], title="Fakes", text="Of people.", further_types=types[1:])
    page.send()
    assert "Up to two more types may be added to the main one." in page.errors
    page.row("concerns", 0, further_types=types[:1]).send()
    assert "The main type need not be named again." in page.errors


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"status": "answered"}, "An answered concern shows the company's answer."),
        ({"type": ""}, "If no type fits, say in a note why."),
        ({"title": ""}, "This field is required."),
        ({"raised_on": "2024-99"}, "not a day"),
    ],
)
def test_a_concern_that_cannot_be_is_an_error_beside_it(editing, typed, error):
    page = Page(editing, page_of(make.draft()))
    known = {"type": make.concern_type(), "title": "Fakes", "text": "Of people."}
    page.row("concerns", **known | typed).send()
    assert error in " ".join(page.errors)


def test_the_company_is_not_its_own_partner(blank):
    company = make.company()
    filled(blank, company=company).row("partners", company=company).send()
    assert "This company is the announcement's own already." in blank.errors
