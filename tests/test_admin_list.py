"""The list of announcements, its filters and its actions."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.models import Announcement, Concern, Promise
from tests import make

LIST = "/admin/announcements/announcement/"


@pytest.fixture
def editing(admin_client):
    return admin_client


def titles(client, query="") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200, response.status_code
    return [row.title for row in response.context["cl"].result_list]


def test_the_list_tells_what_stands(editing):
    announcement = make.published(title="One", announced_on="2023-10")
    make.promise(announcement)
    make.promise(announcement, status="delivered")
    make.concern(announcement)
    html = editing.get(LIST).content.decode()
    for words in ("October 2023", "1 announced, 1 delivered", "Program or funding", "Published"):
        assert words in html


def test_the_newest_comes_first_after_what_has_no_date_yet(editing):
    for title, day in (("b", "2023-10"), ("a", "2023"), ("c", "2023-10-18"), ("d", None)):
        make.draft(title=title, announced_on=day)
    assert titles(editing) == ["d", "c", "b", "a"]


def test_the_date_can_be_turned_round(editing):
    for title, day in (("b", "2023-10"), ("a", "2023"), ("c", "2023-10-18")):
        make.draft(title=title, announced_on=day)
    assert titles(editing, "o=3") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state__exact=draft", ["draft"]),
        ("state__exact=published", ["late", "worry"]),
        ("kind__exact=withdrawal", ["draft"]),
        ("basis__exact=unnamed-report", ["draft"]),
        ("promise=delivered", ["worry"]),
        ("promise=overdue", ["late"]),
        ("promise=none", ["draft"]),
        ("concern=misuse", ["worry"]),
        ("concern=none", ["late"]),
        ("q=formerly", ["worry"]),
        ("q=pytorch", ["late"]),
        ("q=worry", ["worry"]),
        ("first_day__year=2021", ["draft"]),
        ("q=nothing+like+it", []),
        ("promise=nonsense", []),
        ("concern=nonsense", []),
    ],
)
def test_filters_and_search_find_what_they_say(editing, query, expected):
    draft = make.draft(
        title="draft", kind="withdrawal", basis="unnamed-report", announced_on="2021"
    )
    Promise.objects.create(announcement=draft, title="Without a step")
    company = make.company("Meta")
    company.former_names.create(name="Formerly")
    worry = make.published(title="worry", company=company)
    make.promise(worry, status="delivered")
    make.promise(worry, status="delivered")
    make.concern(worry)
    late = make.published(title="late", initiatives=[make.initiative("PyTorch")])
    make.promise(late, due_from="2024-01-01", due_to="2024-02-01")
    make.concern(late, type=None)
    assert sorted(titles(editing, query)) == expected


def test_only_companies_that_announced_are_offered_as_a_filter(editing):
    make.company("Silent")
    make.draft(company=make.company("Speaking"))
    html = editing.get(LIST).content.decode()
    assert "Speaking" in html
    assert "Silent" not in html


def test_a_draft_has_no_page_to_view_and_a_published_one_has(editing):
    draft, published = make.draft(), make.published()
    assert draft.get_absolute_url() not in editing.get(f"{LIST}{draft.pk}/change/").content.decode()
    assert (
        published.get_absolute_url()
        in editing.get(f"{LIST}{published.pk}/change/").content.decode()
    )


# Actions


def act(client, name, rows, **more):
    keys = [row.pk for row in rows]
    asked = {"action": name, "_selected_action": keys, **more}
    response = client.post(LIST, asked, follow=True)
    assert response.status_code == 200
    return response, [str(message) for message in response.context["messages"]]


def test_selected_drafts_are_published_and_the_refused_are_named_with_their_reasons(editing):
    whole, lacking = make.proven(), make.draft(title="Lacking", summary="", sources=[])
    _, told = act(editing, "publish_selected", [whole, lacking])
    assert told[0] == "1 announcement published."
    assert "1 not published" in told[1]
    assert "Lacking</a>: Write a summary. Add a source: no fact without one." in told[1]
    assert Announcement.objects.published().get() == whole
    assert LogEntry.objects.get().get_change_message() == "Published."


def test_selected_announcements_are_taken_back(editing):
    rows = [make.published(), make.published(), make.draft()]
    _, told = act(editing, "unpublish_selected", rows)
    assert told == ["2 announcements taken back to draft."]
    assert not Announcement.objects.published().exists()


def test_a_long_list_of_refused_is_cut(editing):
    rows = [make.draft(summary="", sources=[]) for _ in range(25)]
    _, told = act(editing, "publish_selected", rows)
    assert "25 not published" in told[1]
    assert told[1].count("<li>") == 20
    assert told[1].endswith("and 5 more.")


def test_who_may_only_look_has_no_actions(client, db):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(
        *viewer.user_permissions.model.objects.filter(codename="view_announcement")
    )
    client.force_login(viewer)
    draft = make.draft()
    client.post(LIST, {"action": "publish_selected", "_selected_action": [draft.pk]})
    assert not Announcement.objects.published().exists()


def test_announcements_are_deleted_with_all_their_parts(editing):
    announcement = make.published(kind="intent")
    make.concern(announcement)
    act(editing, "delete_selected", [announcement], post="yes")
    assert not Announcement.objects.exists()
    assert not Promise.objects.exists()
    assert not Concern.objects.exists()


# Cost


def many(number: int) -> None:
    for index in range(number):
        announcement = make.draft(
            company=make.company(),
            initiatives=[make.initiative()],
            announced_on=f"2024-{index % 9 + 1:02}",
        )
        make.promise(announcement)
        make.concern(announcement)


def queries(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_for_many_as_for_few(editing):
    many(5)
    editing.get(LIST)
    few = queries(editing)
    many(55)
    assert queries(editing) == few


def test_ten_thousand_announcements_are_listed_with_few_queries(editing):
    company = make.company()
    rows = [
        Announcement(title=f"A {n}", slug=f"a-{n}", company=company, announced_on=f"{2015 + n % 9}")
        for n in range(10_000)
    ]
    Announcement.objects.bulk_create(rows)
    editing.get(LIST)
    assert queries(editing) <= 15
