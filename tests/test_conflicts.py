"""Two editors with the same record before them: nothing that either typed is lost."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from announcements.models import Announcement, Company, Promise, Source
from tests import make
from tests.editing import Page, page_of

pytestmark = pytest.mark.django_db


def desk_of(name):
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


@pytest.fixture
def ann():
    return desk_of("ann")


@pytest.fixture
def bob():
    return desk_of("bob")


@pytest.fixture
def opened(ann, bob):
    """The pages that both have before them."""
    return lambda record: (Page(ann, page_of(record)), Page(bob, page_of(record)))


def choose(page, choice, *where):
    """Choose for a question, or for every one."""
    for name in questions(page):
        if not where or name == f"choice-{'-'.join(where)}":
            page.values[name] = [choice]
    return page


def questions(page):
    return sorted({name for name in page.form.ids.values() if name.startswith("choice-")})


# Fields


def test_the_second_to_save_chooses_between_mine_and_theirs(opened):
    record = make.published()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    response = second.fill(title="Mine", note="Kept.").send()
    assert response.status_code == 409
    assert "Nothing is saved yet" in second.errors[0]
    assert "Changed meanwhile by ann" in second.html
    assert questions(second) == ["choice--title"]
    assert (second.values["title"], second.values["note"]) == (["Mine"], ["Kept."])
    record.refresh_from_db()
    assert (record.title, record.note) == ("Theirs", "")


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_saving_again_applies_the_choice(opened, choice, title):
    record = make.published()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    second.fill(title="Mine", note="Kept.").send()
    response = choose(second, choice).send()
    assert response.status_code == 200
    record.refresh_from_db()
    assert (record.title, record.note) == (title, "Kept.")


def test_without_a_choice_the_question_stays(opened):
    record = make.published()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    second.fill(title="Mine").send()
    assert second.send().status_code == 409
    assert questions(second) == ["choice--title"]
    record.refresh_from_db()
    assert record.title == "Theirs"


def test_what_only_the_other_changed_is_taken_and_said(opened):
    record = make.published()
    first, second = opened(record)
    first.fill(note="Theirs").send()
    response = second.fill(title="Mine").send()
    assert response.status_code == 200
    assert any("Kept as ann (" in text and "note" in text for text in second.messages)
    record.refresh_from_db()
    assert (record.title, record.note) == ("Mine", "Theirs")


def test_a_third_editor_in_between_is_asked_about_too(opened, ann):
    record = make.published()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    second.fill(title="Mine").send()
    Page(ann, page_of(record)).fill(title="Third").send()
    assert choose(second, "mine").send().status_code == 409
    assert "Third" in second.html
    choose(second, "theirs").send()
    record.refresh_from_db()
    assert record.title == "Third"


def test_relations_that_another_page_made_stay(opened, ann):
    record, other = make.published(), make.published()
    _, second = opened(record)
    Page(ann, page_of(other)).fill(related=[record]).send()
    second.fill(title="Mine").send()
    assert list(record.related.all()) == [other]


def test_a_company_that_is_renamed_is_no_conflict(opened):
    record = make.published()
    _, second = opened(record)
    Company.objects.get(pk=record.company_id).save()
    record.company.name = "Another name"
    record.company.save()
    assert second.fill(title="Mine").send().status_code == 200
    assert not any("meanwhile" in text for text in second.messages)


def test_publishing_waits_for_the_choice(opened):
    record = make.proven()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    assert second.fill(title="Mine").send("_publish").status_code == 409
    record.refresh_from_db()
    assert not record.is_published
    choose(second, "mine").send("_publish")
    record.refresh_from_db()
    assert (record.is_published, record.title) == (True, "Mine")


def test_a_form_that_says_not_where_it_started_is_asked_about_every_difference(opened):
    record = make.published()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    second.values["started_from"] = ["forged"]
    assert second.send().status_code == 409
    assert questions(second) == ["choice--title"]
    choose(second, "theirs").send()
    record.refresh_from_db()
    assert record.title == "Theirs"


def test_the_start_of_one_record_is_none_for_another(opened, ann):
    record = make.published()
    first, second = opened(record)
    other = Page(ann, page_of(make.published()))
    first.fill(title="Theirs").send()
    second.values["started_from"] = other.values["started_from"]
    assert second.fill(title="Mine").send().status_code == 409


@pytest.mark.parametrize(
    ("record", "field", "texts"),
    [
        (make.company, "name", ("Theirs", "Mine")),
        (make.license, "name", ("Theirs", "Mine")),
        (make.source, "title", ("Theirs", "Mine")),
        (make.initiative, "name", ("Theirs", "Mine")),
        (make.concern_type, "definition", ("Theirs", "Mine")),
        (make.benefit_type, "definition", ("Theirs", "Mine")),
        (lambda: make.concern(make.draft()), "title", ("Theirs", "Mine")),
        (lambda: make.benefit(make.draft()), "text", ("Theirs", "Mine")),
        (lambda: make.release(make.draft()), "name", ("Theirs", "Mine")),
        (lambda: make.promise(make.draft()), "title", ("Theirs", "Mine")),
    ],
)
def test_every_record_is_guarded(opened, record, field, texts):
    row = record()
    first, second = opened(row)
    first.fill(**{field: texts[0]}).send()
    assert second.fill(**{field: texts[1]}).send().status_code == 409
    choose(second, "mine").send()
    row.refresh_from_db()
    assert getattr(row, field) == texts[1]


def test_a_deleted_record_comes_back_as_a_new_one_to_save(opened):
    record = make.draft()
    make.promise(record, title="Weights", story=[("2024-05", "announced")])
    _, second = opened(record)
    record.delete()
    response = second.fill(title="Mine").send()
    assert response.status_code == 409
    assert "Somebody else deleted this record" in second.errors[0]
    assert 'action="/admin/announcements/announcement/add/"' in second.html
    second.address = "/admin/announcements/announcement/add/"
    second.send()
    assert second.errors == []
    again = Announcement.objects.get()
    assert (again.title, again.promises.get().title) == ("Mine", "Weights")
    assert again.citations.count() == 1


# Rows


def test_rows_that_each_of_two_adds_are_both_there(opened):
    record = make.published()
    first, second = opened(record)
    first.row("citations", 1, address="https://e.org/theirs").send()
    response = second.row("citations", 1, address="https://e.org/mine").send()
    assert response.status_code == 200
    assert any("source" in text and "added" in text for text in second.messages)
    urls = [row.source.url for row in record.citations.all()]
    assert urls[1:] == ["https://e.org/theirs", "https://e.org/mine"]


def test_the_same_row_changed_by_both_is_asked_about_by_field(opened):
    promise = make.promise(make.draft(), title="Weights")
    first, second = opened(promise.announcement)
    first.row("promises", 0, title="Theirs", condition="Theirs").send()
    second.row("promises", 0, title="Mine").send()
    assert questions(second) == [f"choice-promises/{promise.pk}-title"]
    assert "Promise “Theirs”: Title" in second.html
    choose(second, "mine").send()
    promise.refresh_from_db()
    assert (promise.title, promise.condition) == ("Mine", "Theirs")


@pytest.mark.parametrize(("choice", "titles"), [("mine", ["Mine"]), ("theirs", [])])
def test_a_row_that_the_other_removed_can_be_put_back(opened, choice, titles):
    promise = make.promise(make.draft(), title="Weights")
    record = promise.announcement
    first, second = opened(record)
    first.delete("promises", 0).send()
    second.row("promises", 0, title="Mine").fill(note="Kept.").send()
    assert second.response.status_code == 409
    assert "keep it, with Title: Mine" in second.html
    assert second.send().status_code == 409
    choose(second, choice).send()
    assert second.errors == []
    record.refresh_from_db()
    assert ([row.title for row in record.promises.all()], record.note) == (titles, "Kept.")


def test_a_row_that_the_other_removed_goes_when_nothing_was_typed_into_it(opened):
    promise = make.promise(make.draft())
    first, second = opened(promise.announcement)
    first.delete("promises", 0).send()
    assert second.fill(note="Mine").send().status_code == 200
    assert any("promise removed" in text for text in second.messages)
    assert not Promise.objects.exists()


@pytest.mark.parametrize(("choice", "titles"), [("mine", []), ("theirs", ["Theirs"])])
def test_a_row_to_be_removed_that_the_other_changed_is_asked_about(opened, choice, titles):
    promise = make.promise(make.draft(), title="Weights")
    first, second = opened(promise.announcement)
    first.row("promises", 0, title="Theirs").send()
    assert second.delete("promises", 0).send().status_code == 409
    assert second.values["promises-0-DELETE"] == ["on"]
    assert second.send().status_code == 409
    choose(second, choice).send()
    assert [row.title for row in Promise.objects.all()] == titles


def test_numbers_of_sources_mean_what_the_page_showed(opened):
    record = make.draft(sources=[make.source("https://e.org/1"), make.source("https://e.org/2")])
    first, second = opened(record)
    first.row("citations", 2, address="https://e.org/0", place="1").send()
    second.row("concerns", type=make.concern_type(), title="Use", text="It may.", raised_by="EFF")
    second.row("concerns", 0, source_reference="2").send()
    assert second.errors == []
    assert record.concerns.get().source.url == "https://e.org/2"
    assert [row.source.url[-1] for row in record.citations.all()] == ["0", "1", "2"]


def test_numbers_of_sources_mean_the_same_on_the_page_of_a_promise(opened, ann):
    record = make.draft(sources=[make.source("https://e.org/1")])
    source = Source.objects.get()
    promise = make.promise(record, story=[("2024-05", "announced")])
    promise.updates.update(source=source)
    _, second = opened(promise)
    page = Page(ann, page_of(record))
    page.row("citations", 1, address="https://e.org/0", place="1").send()
    second.row("updates", 0, text="Mine.").send()
    assert promise.updates.get().source == source


def test_a_number_that_meant_no_source_is_refused_whatever_the_list_has_become(opened):
    record = make.draft()
    first, second = opened(record)
    first.row("citations", 1, address="https://e.org/theirs").send()
    second.row("concerns", type=make.concern_type(), title="Use", text="It may.", raised_by="EFF")
    second.row("concerns", 0, source_reference="2").send()
    assert second.values["concerns-0-source_reference"] == ["2?"]
    assert not record.concerns.exists()


def test_steps_that_two_add_to_one_promise_are_both_told(opened):
    promise = make.promise(make.draft(), story=[("2024-05", "announced")])
    first, second = opened(promise.announcement)
    step = {
        "step_on": "2024-06",
        "step_status": "delayed",
        "step_text": "Late.",
        "step_note": "Read.",
    }
    first.row("promises", 0, **step).send()
    second.row("promises", 0, **{**step, "step_on": "2024-07", "step_status": "delivered"}).send()
    assert second.errors == []
    promise.refresh_from_db()
    assert (promise.updates.count(), promise.status) == (3, "delivered")


def test_components_of_a_release_are_compared_like_fields(opened):
    release = make.release(make.draft(), components=["weights"])
    first, second = opened(release.announcement)
    first.fill(**{"releases-0-available-inference_code": "published"}).send()
    second.row("releases", 0, name="Mine").send()
    assert second.errors == []
    release.refresh_from_db()
    assert (release.name, release.components.count()) == ("Mine", 2)


# The page


def test_every_question_has_words_for_who_cannot_see_it(opened):
    record = make.published()
    first, second = opened(record)
    first.fill(title="Theirs").send()
    second.fill(title="<b>Mine").send()
    assert "<legend>Title</legend>" in second.html
    assert "&lt;b&gt;Mine" in second.html
    assert " style=" not in second.html


def queries_of_saving(page, title):
    page.fill(title=title)
    with CaptureQueriesContext(connection) as asked:
        page.send()
    assert page.errors
    return len(asked)


def what_a_conflict_costs(ann, bob, rows):
    """Queries beyond those of a page that comes back because its title is missing."""
    record = make.draft(sources=[make.source() for _ in range(rows)])
    for _ in range(rows):
        make.promise(record, story=[("2024-05", "announced")])
    refused, second = Page(bob, page_of(record)), Page(bob, page_of(record))
    usual = queries_of_saving(refused, "")
    Page(ann, page_of(record)).fill(title="Theirs").send()
    return queries_of_saving(second, "Mine") - usual


def test_a_conflict_costs_the_same_for_many_rows_as_for_few(ann, bob):
    what_a_conflict_costs(ann, bob, 1)
    assert what_a_conflict_costs(ann, bob, 2) == what_a_conflict_costs(ann, bob, 8)
