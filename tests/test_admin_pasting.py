"""The box for an address: what is known of it, whom it can be attached to, and what begins with it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from announcements.models import Announcement, Citation, Source
from tests import make
from tests.at_once import at_once
from tests.editing import ADD, Page, log_in, page_of

PASTE = "/admin/announcements/announcement/paste/"
POST = "https://example.org/news/open-model"
SPELLINGS = [
    POST,
    "http://example.org/news/open-model",
    "example.org/news/open-model",
    "www.example.org/news/open-model",
    "//example.org/news/open-model",
    "https://www.example.org/news/open-model/",
    "https://example.org/news/open-model/",
    "https://example.org/news/open-model//",
    "HTTPS://EXAMPLE.ORG/news/open-model",
    "Https://Example.Org:443/news/open-model",
    "http://example.org:80/news/open-model",
    "https://example.org./news/open-model",
    "https://example.org/news/./open-model",
    "https://example.org/about/../news/open-model",
    "https://example.org/news/open%2Dmodel",
    "https://example.org/news/open-model#weights",
    "https://example.org/news/open-model?utm_source=feed&utm_medium=rss",
    "https://example.org/news/open-model?fbclid=x1",
    "https://m.example.org/news/open-model",
    "  https://example.org/news/open-model\n",
]


@pytest.fixture
def editing(client, db) -> Client:
    log_in(client)
    return client


def pasted(client, url, **more) -> str:
    response = client.get(PASTE, {"url": url, **more})
    assert response.status_code == 200
    return response.content.decode()


def attach(client, url, announcement) -> str:
    """Attach an address and return what the page then says."""
    response = client.post(PASTE, {"url": url, "announcement": announcement}, follow=True)
    return " ".join(str(message) for message in response.context["messages"])


def only(*codenames) -> User:
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user


# The box


def test_the_box_stands_on_the_front_page_the_list_and_the_forms(editing):
    pages = ["/admin/", "/admin/announcements/announcement/", ADD, page_of(make.draft()), PASTE]
    for page in pages:
        html = editing.get(page).content.decode()
        assert f'action="{PASTE}" method="get"' in html, page
        assert '<label for="paste-url">' in html


def test_a_window_for_choosing_has_no_box(editing):
    assert PASTE not in editing.get(f"{ADD}?_popup=1").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Paste an address, as in https://example.org/page."),
        ("not an address", "The address contains a space (U+0020). Write %20 for it."),
        ("nonsense", "The address lacks https:// or a host."),
        ("ftp://example.org/a", "A source is a web page, not ftp:."),
        ("git@github.com:meta/llama.git", "Write https://github.com/meta/llama."),
        ("https://example.org/\x00", "Null characters are not allowed."),
        ("https://example.org/" + "x" * 2000, "at most 2000 characters"),
    ],
)
def test_what_is_no_address_is_told_with_what_would_be_right(editing, typed, sentence):
    response = editing.get(PASTE, {"url": typed})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert response.context["form"]["url"].value() == typed
    assert "address" not in response.context


def test_what_was_typed_is_shown_as_text(editing):
    assert "<b>" not in pasted(editing, '"><b>')


# A source that is recorded


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_finds_the_source(editing, spelling):
    make.source(POST, title="Opening it")
    html = pasted(editing, spelling)
    assert "This source is recorded" in html
    assert "Opening it" in html


def test_a_recorded_source_says_what_is_known_and_who_cites_it(editing):
    known = make.source(POST, title="Opening it", publisher="The Paper", kind="press-named")
    Source.objects.filter(pk=known.pk).update(checked_on="2024-06-01")
    shown = make.published(title="Seen by readers", sources=[known])
    draft = make.draft(title="Not seen yet", sources=[known], announced_on=None, company=None)
    html = pasted(editing, POST)
    for words in ("The Paper", "Press report with named source", "2024-06-01"):
        assert words in html
    for row in (shown, draft):
        assert f'<a href="{page_of(row)}">{row.title}</a>' in html
    assert "8 May 2024, published)" in html
    assert "(no company yet, no date yet, stub)" in html


def test_a_source_that_nobody_cites_says_so(editing):
    make.source(POST)
    assert "None does so far." in pasted(editing, POST)


def test_looking_up_writes_nothing(editing):
    make.source(POST)
    draft = make.draft()
    for address in (POST, "https://example.org/never-seen"):
        pasted(editing, address)
        editing.get(ADD, {"address": address})
    assert Source.objects.count() == 2
    assert Citation.objects.count() == 1
    assert Announcement.objects.get() == draft


# One that is not


def test_a_new_address_begins_a_stub(editing):
    html = pasted(editing, "example.org/a?b=1&c=ä")
    assert "This source is not recorded yet" in html
    begin = f"{ADD}?address=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D%C3%A4"
    assert begin in html
    page = Page(editing, begin)
    assert page.values["citations-0-address"] == ["https://example.org/a?b=1&c=ä"]
    page.fill(company=make.company()).send()
    assert Citation.objects.get().source.url == "https://example.org/a?b=1&c=ä"


def test_a_stub_that_begins_with_a_recorded_source_cites_it(editing):
    known = make.source(POST)
    page = Page(editing, f"{ADD}?address={POST}/%23top").fill(company=make.company())
    page.send()
    assert Citation.objects.get().source == known


@pytest.mark.parametrize(
    ("known", "near"),
    [
        ("https://example.org/news/open-model/download", True),
        ("https://example.org/news/open-model-2", True),
        ("https://example.org/news/Open-Model", True),
        ("https://example.org/news/open-model?id=1", True),
        ("https://example.org/news", True),
        ("https://example.org/", False),
        ("https://example.org/news/other", False),
        ("https://example.org.evil.example/news/open-model", False),
        ("https://elsewhere.example/news/open-model", False),
    ],
)
def test_a_new_address_names_recorded_ones_that_are_alike(editing, known, near):
    make.source(known)
    assert ("Recorded pages with a similar address" in pasted(editing, POST)) == near


# Attaching it


@pytest.mark.parametrize("is_recorded", [True, False])
def test_an_address_is_attached_at_the_end_of_the_sources(editing, is_recorded):
    if is_recorded:
        make.source(POST)
    announcement = make.published()
    assert "Attached, at the end of the sources." in attach(editing, f"{POST}/", announcement.pk)
    last = announcement.citations.last()
    assert (last.source.canonical_url, last.position) == (POST, 1)
    assert LogEntry.objects.get().get_change_message() == f"Added source “{last.source}”."


def test_what_is_attached_already_is_not_attached_again(editing):
    announcement = make.draft(sources=[make.source(POST)])
    assert attach(editing, POST, announcement.pk) == "It is in the list of sources already."
    assert announcement.citations.count() == 1
    assert not LogEntry.objects.exists()


def test_attaching_leads_to_the_sources_of_the_announcement(editing):
    draft = make.draft()
    response = editing.post(PASTE, {"url": POST, "announcement": draft.pk})
    assert response["Location"] == f"{page_of(draft)}#citations-group"


@pytest.mark.parametrize("gone", ["", "0", "99999", "x", "9" * 40, "\x00"])
def test_an_announcement_that_is_gone_is_told(editing, gone):
    assert "there is no such announcement any more" in attach(editing, POST, gone)
    assert not Source.objects.exists()


def test_the_announcement_is_found_by_words(editing):
    make.draft(title="Meta opens a thing")
    make.draft(title="Mistral opens a thing", sources=[make.source(POST)])
    make.draft(title="Something else")
    found = editing.get(PASTE, {"url": POST, "q": "opens thing"}).context["found"]
    assert [row.title for row in found] == ["Meta opens a thing"]
    assert "Try fewer." in pasted(editing, POST, q="nothing like it \x00")


def test_without_words_the_last_worked_on_come_first(editing):
    old, new = make.draft(title="Old"), make.draft(title="New")
    assert list(editing.get(PASTE, {"url": POST}).context["found"]) == [new, old]
    old.save()
    assert list(editing.get(PASTE, {"url": POST}).context["found"]) == [old, new]


def test_attaching_needs_the_token_of_the_form(editing):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(User.objects.get())
    draft = make.draft(sources=[])
    response = careful.post(PASTE, {"url": POST, "announcement": draft.pk})
    assert response.status_code == 403
    assert not Citation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_the_same_moment_make_one_source(client):
    editor = log_in(client)
    drafts = [make.draft(sources=[]) for _ in range(2)]

    def job(draft, spelling):
        other = Client()
        other.force_login(editor)
        return lambda: other.post(PASTE, {"url": spelling, "announcement": draft.pk}).status_code

    assert at_once(job(drafts[0], SPELLINGS[0]), job(drafts[1], SPELLINGS[5])) == [302, 302]
    source = Source.objects.get()
    assert [draft.citations.get().source for draft in drafts] == [source, source]


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_the_same_moment_attach_it_once(client):
    editor = log_in(client)
    draft = make.draft(sources=[])

    def job():
        other = Client()
        other.force_login(editor)
        return other.post(PASTE, {"url": POST, "announcement": draft.pk}).status_code

    assert at_once(job, job) == [302, 302]
    assert draft.citations.count() == Source.objects.count() == 1


# Who may

ANY = ("change_announcement", "change_any_announcement")


def test_a_stranger_is_asked_to_log_in(client, db):
    for response in (client.get(PASTE), client.post(PASTE, {"url": POST})):
        assert response["Location"].startswith("/admin/login/")


def test_who_may_not_look_at_announcements_is_refused(client, db):
    client.force_login(only("view_company"))
    assert client.get(PASTE, {"url": POST}).status_code == 403
    assert PASTE not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("rights", "is_recorded", "may"),
    [
        ([], True, False),
        (["change_announcement"], True, False),
        (["add_citation"], True, False),
        ([*ANY, "add_citation"], True, True),
        ([*ANY, "add_citation"], False, False),
        ([*ANY, "add_citation", "add_source"], False, True),
    ],
)
def test_who_may_not_attach_is_offered_nothing_and_refused(client, db, rights, is_recorded, may):
    client.force_login(only("view_announcement", *rights))
    if is_recorded:
        make.source(POST)
    draft = make.draft(sources=[])
    html = pasted(client, POST)
    assert ("Attach it to an announcement" in html) == may
    assert "Start a stub with it" not in html
    status = client.post(PASTE, {"url": POST, "announcement": draft.pk}).status_code
    assert (status, draft.citations.exists()) == ((302, True) if may else (403, False))


# Cost


@pytest.mark.parametrize("q", ["", "announcement"])
def test_the_page_asks_as_often_for_many_as_for_few(editing, q):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            pasted(editing, POST, q=q)
        return len(captured)

    known = make.source(POST)
    make.draft(sources=[known])
    make.draft()
    queries()
    few = queries()
    for _ in range(8):
        make.draft(sources=[known])
        make.draft()
    assert queries() == few
