"""Queues: what waits for an editor, why, in which order, and how one goes through it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from announcements.models import Announcement
from announcements.queues import QUEUES, asked_by
from announcements.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS
from tests import make
from tests.editing import Page, log_in, page_of

PAGES = "/admin/announcements/announcement/queues/"
TODAY = timezone.localdate


@pytest.fixture
def editor(client, db):
    return log_in(client, role=ADMINISTRATORS)


@pytest.fixture
def editing(client, editor):
    return client


def ago(days: int):
    return TODAY() - timedelta(days=days)


def led_to(response) -> str:
    """Where the answer to a form leads."""
    return response.redirect_chain[0][0]


def waiting(slug: str, user=None) -> list:
    asking = asked_by(user)
    queue = QUEUES[slug]
    return [(str(row), queue.why(row, asking)) for row in queue.waiting(asking)]


def began(announcement, days: int, by=None) -> None:
    Announcement.objects.filter(pk=announcement.pk).update(
        created_at=timezone.now() - timedelta(days=days), created_by=by
    )


def promise(title: str, days_past: int, **facts):
    due = ago(days_past)
    return make.promise(make.published(), title=title, due_from=due, due_to=due, **facts)


def test_a_promise_waits_once_its_date_is_past_until_there_is_a_verdict(db):
    promise("Late", 3)
    promise("Later still", 30, status="delayed")
    promise("Due today", 0)
    promise("Came", 30, status="delivered")
    assert waiting("promises-past-their-date") == [
        ("Later still", "30 days past its date, and delayed"),
        ("Late", "3 days past its date, and announced"),
    ]


@pytest.mark.parametrize(
    ("checked", "archived", "why"),
    [
        (None, "", "never checked, no archived copy"),
        (None, "https://web.archive.org/1", "never checked"),
        (181, "https://web.archive.org/1", "not checked for 181 days"),
        (180, "https://web.archive.org/1", None),
        (0, "", "no archived copy"),
        (0, "https://web.archive.org/1", None),
    ],
)
def test_a_source_waits_without_copy_or_when_nobody_looked_for_half_a_year(
    db, checked, archived, why
):
    checked_on = None if checked is None else ago(checked)
    make.source(title="Page", publisher="", checked_on=checked_on, archived_url=archived)
    assert waiting("sources-to-check") == ([("Page", why)] if why else [])


def test_the_source_longest_unchecked_comes_first(db):
    for title, checked_on in (("new", ago(200)), ("old", ago(400)), ("never", None)):
        make.source(title=title, publisher="", checked_on=checked_on)
    assert [title for title, _ in waiting("sources-to-check")] == ["never", "old", "new"]


def test_a_license_waits_while_nobody_read_it_the_most_used_first(db):
    used = make.license("x", name="Used", checked="memory")
    make.license("a", name="Idle", checked="secondary")
    make.license("t", name="Read", checked="text")
    make.release(make.published(), license=used)
    assert waiting("licenses-to-read") == [
        ("Used", "General knowledge, text not read; 1 release under it"),
        ("Idle", "Described by others; 0 releases under it"),
    ]


def test_a_concern_waits_without_type_or_source(db):
    announcement = make.draft()
    make.concern(announcement, title="Whole", source=make.source())
    make.concern(announcement, title="Bare", type=None, note="None fits.", source=None)
    make.concern(announcement, title="Untold", source=None)
    assert waiting("concerns-to-complete") == [
        ("Bare", "without type and source"),
        ("Untold", "without source"),
    ]


def test_a_draft_waits_when_it_is_older_than_fourteen_days(db):
    for title, days in (("Fresh", 14), ("Old", 15), ("Older", 40)):
        began(make.draft(title=title), days)
    began(make.published(title="Seen"), 40)
    assert waiting("old-drafts") == [
        ("Older", "Draft, begun 40 days ago"),
        ("Old", "Draft, begun 15 days ago"),
    ]


def test_mine_is_what_i_began_and_readers_do_not_see(editor):
    began(make.draft(title="Mine"), 1, editor)
    began(make.published(title="Seen"), 1, editor)
    make.draft(title="Somebody else's")
    assert waiting("mine", editor) == [("Mine", "Draft, begun 1 day ago by editor")]


@pytest.mark.parametrize("slug", QUEUES)
def test_a_place_is_read_as_it_was_written_and_nonsense_is_none(db, slug):
    fill_each_queue()
    queue = QUEUES[slug]
    rows = list(queue.waiting(asked_by(None))) or [None]
    for row in filter(None, rows):
        place = queue.place_of(row)
        assert queue.place(str(place)) == place
    assert [queue.place(text) for text in ("", "~", "x~1", "2024~x", "~1", "٣~x")] == [None] * 6


def fill_each_queue(by=None) -> None:
    promise("First", 20)
    promise("Second", 10)
    for title in ("First", "Second"):
        make.concern(make.draft(), title=title, source=None)
        make.source(title=title)
        make.license(title.lower(), name=title, checked="memory")
        began(make.draft(title=title), 20, by)
        make.proven(title=f"{title} ready").ready()


@pytest.mark.parametrize("slug", QUEUES)
def test_saving_leads_through_a_queue_and_back_to_its_page(editing, editor, slug):
    fill_each_queue(editor)
    asking = asked_by(editor)
    count = QUEUES[slug].waiting(asking).count()
    page, seen = editing.get(f"{PAGES}{slug}/"), []
    address = page.context["rows"][0][1]
    for _ in range(count):
        form = Page(editing, address)
        seen.append(address.partition("?")[0])
        address = led_to(form.send("_next"))
        assert not form.errors
    assert address == f"{PAGES}{slug}/"
    assert len(set(seen)) == count >= 2


def test_what_is_mended_leaves_the_queue_and_the_next_comes_after_it(editing, editor):
    old, new = make.source(title="Old", checked_on=ago(400)), make.source(checked_on=ago(300))
    first = editing.get(f"{PAGES}sources-to-check/").context["rows"][0][1]
    form = Page(editing, first)
    form.fill(checked_on=TODAY().isoformat(), archived_url="https://web.archive.org/old")
    assert led_to(form.send("_next")).startswith(page_of(new))
    assert [title for title, _ in waiting("sources-to-check")] == [str(new)]
    old.refresh_from_db()
    assert old.checked_on == TODAY()


def test_skipping_changes_nothing_and_leads_on(editing):
    first, second = make.source(checked_on=ago(400)), make.source(checked_on=ago(300))
    form = Page(editing, editing.get(f"{PAGES}sources-to-check/").context["rows"][0][1])
    assert form.response.context["after"].startswith(page_of(second))
    assert len(waiting("sources-to-check")) == 2
    assert first.checked_on == ago(400)


def test_saving_with_an_error_stays_and_keeps_the_queue(editing):
    make.source(url="https://example.org/kept")
    form = Page(editing, editing.get(f"{PAGES}sources-to-check/").context["rows"][0][1])
    form.fill(url="no address").send("_next")
    assert form.errors
    assert form.response.context["queue"] is QUEUES["sources-to-check"]


@pytest.mark.parametrize("query", ["queue=none", "queue=mine", "queue=sources-to-check&place=x~y"])
def test_a_form_opened_with_a_mangled_queue_is_a_form(editing, query):
    source = make.source()
    form = Page(editing, f"{page_of(source)}?{query}")
    assert led_to(form.send()).startswith("/admin/announcements/source/")
    assert not form.errors


def test_the_front_page_counts_what_waits(editing, editor):
    fill_each_queue(editor)
    html = editing.get("/admin/").content.decode()
    for queue in QUEUES.values():
        number = queue.waiting(asked_by(editor)).count()
        assert f"<strong>{number}</strong> {queue.name}" in html


def test_what_is_ready_waits_for_those_who_may_publish_unless_its_time_is_set(client, db):
    make.draft(title="Draft")
    make.proven(title="Set").ready(publish_at=timezone.now() + timedelta(days=1))
    make.proven(title="Ready").ready()

    assert waiting("ready") == [("Ready", "Ready, begun today")]
    assert QUEUES["ready"].is_for(log_in(client, role=EDITORS))
    assert not QUEUES["ready"].is_for(log_in(client, "bob", role=CONTRIBUTORS))


def test_the_front_page_counts_the_suggestions_that_are_open(client, db):
    make.suggestion(make.published())
    log_in(client, role=EDITORS)
    assert "<strong>1</strong> Suggestions from readers" in client.get("/admin/").content.decode()

    log_in(client, "bob", role=CONTRIBUTORS)
    assert "Suggestions from readers" not in client.get("/admin/").content.decode()


def test_who_may_not_change_a_record_is_led_to_no_queue_of_it(client, django_user_model):
    django_user_model.objects.create_user("guest", is_staff=True)
    client.force_login(django_user_model.objects.get())
    assert "Waiting for an editor" not in client.get("/admin/").content.decode()
    for slug in QUEUES:
        assert client.get(f"{PAGES}{slug}/").status_code == 403


def test_an_unknown_queue_is_not_found_and_an_empty_one_says_so(editing):
    assert editing.get(f"{PAGES}nothing/").status_code == 404
    assert "Nothing waits here." in editing.get(f"{PAGES}mine/").content.decode()


def test_pages_of_a_queue_and_their_number_of_queries(editing):
    fill_each_queue()
    numbers = []
    for _ in range(2):
        for slug in QUEUES:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert editing.get(f"{PAGES}{slug}/?page=x").status_code == 200
            numbers.append((slug, len(queries)))
        for _ in range(3):
            fill_each_queue_again()
    assert numbers[: len(QUEUES)] == numbers[len(QUEUES) :]


def fill_each_queue_again() -> None:
    promise("More", 5)
    make.concern(make.draft(), source=None)
    make.source(title="More")
    began(make.draft(), 30)
    make.proven().ready()
