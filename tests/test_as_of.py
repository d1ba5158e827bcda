"""Pages as they stood at the end of a day: the same as readers saw that day."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from announcements.filters import past as filters_past
from announcements.history.rows import kept, versions
from announcements.models import Announcement, Company, Initiative, Promise, Release
from tests import make
from tests.surfaces import fill, grow

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 1)
NEVER_TOLD = re.compile(
    r'<p class="as-of">.*?</p>'
    r"|(?:<h2>Related</h2>|<p class=.note.>Changed on).*?</aside>"
    r'|<section aria-labelledby="citing">.*?</section>'
    r'|<nav class="previous-next".*?</nav>'
    r'|<p class="tell">.*?</p>'
    r'|<input type="hidden" name="as_of"[^>]*>'
    r"|as_of=[0-9-]+(?:&amp;|&)?"
    r'|(?:\?|&amp;|&)(?=["#])'
    r'|<nav aria-label="Order">.*?</nav>'
    r'|<nav class="take-away".*?</nav>|<p class="tools-end">.*?</p>'
    r'|<details class="more">\s*<summary>Show it on another page</summary>.*?</details>',
    re.DOTALL,
)


def content(response: Any) -> str:
    """What a page says of the data, without what only one of the two ways of asking shows."""
    assert response.status_code == 200, response.content
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    once = NEVER_TOLD.sub("", main[0])
    return re.sub(r"\s+", " ", NEVER_TOLD.sub("", once))


class Days:
    """Days on which something is written; each write seems to have come at noon of its day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = FIRST - timedelta(days=1)
        monkeypatch.setattr(timezone, "localdate", lambda *_: self.day)

    def next(self, write: Callable[[], Any] = lambda: None) -> date:
        before = datetime.now(UTC)
        write()
        self.day += timedelta(days=1)
        noon = datetime.combine(self.day, time(12), UTC)
        for model in kept():
            versions(model).filter(history_date__gte=before).update(history_date=noon)
        return self.day


@pytest.fixture
def days(monkeypatch) -> Days:
    return Days(monkeypatch)


def story(shown: Announcement) -> Iterator[Callable[[], Any]]:
    """Changes of every kind, one a day."""
    yield lambda: Announcement.objects.filter(pk=shown.pk).update(title="Acme opens less")
    yield lambda: make.promise(
        shown, title="Another promise", due_from="2026-03-04", due_to="2026-03-05"
    )
    yield lambda: Company.objects.filter(pk=shown.company_id).update(name="Acme Anew", country="DE")
    yield lambda: None
    yield lambda: make.update(Promise.objects.get(title="Another promise"), "delayed")
    yield lambda: shown.concerns.first().delete()
    yield lambda: make.component(shown.releases.get(), "training_code", license="mit")
    yield lambda: shown.initiatives.clear()
    yield lambda: Initiative.objects.all().delete()
    yield lambda: Release.objects.filter(announcement=shown).update(license=make.license("mit"))
    yield lambda: shown.partners.all().delete()
    yield lambda: make.published(title="A later one", company=shown.company)
    yield lambda: Promise.objects.filter(title="Another promise").delete()


ADDRESSES = [
    "/announcements/public/",
    "/announcements/",
    "/announcements/?order=oldest",
    "/announcements/?company=acme",
    "/announcements/?overdue=yes",
    "/announcements/?status=announced&status=delayed&country=us",
    "/announcements/?concern=misuse&concern_status=answered",
    "/announcements/?license=mit&after=2023",
    "/announcements/filters/company/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_day_stands_as_it_stood(client, days, address):
    shown: dict[date, Any] = {}
    writes = days.next(fill)
    announcement = Announcement.objects.get(slug="public")
    shown[writes] = client.get(address)
    for write in story(announcement):
        day = days.next(write)
        shown[day] = client.get(address)
    joint = "&" if "?" in address else "?"
    for day, response in shown.items():
        if response.status_code == 400:
            continue  # The value of a filter went with the last that had it.
        past = content(client.get(f"{address}{joint}as_of={day}"))
        assert re.sub("(?=<)", "\n", past).split("\n") == re.sub(
            "(?=<)", "\n", content(response)
        ).split("\n"), day


def test_a_page_of_the_past_asks_the_tables_of_today_nothing_but_what_is_public(client, days):
    day = days.next(fill)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/announcements/public/?as_of={day}")
    own = [
        query["sql"]
        for query in asked
        if '"announcements_' in query["sql"] and "historical" not in query["sql"]
    ]
    assert own
    public = ('FROM "announcements_announcement" WHERE', 'FROM "announcements_dataversion"')
    assert all(any(table in sql for table in public) for sql in own)


def test_the_page_says_which_day_it_is_of(client, days):
    day = days.next(fill)
    for address in ("/announcements/public/", "/announcements/"):
        html = client.get(f"{address}?as_of={day}").content.decode()
        assert "As it stood on" in html
        assert "1 March 2026" in html
        assert f'<a href="{address}">see today' in html
        assert '<meta name="robots" content="noindex">' in html
        assert "noindex" not in client.get(address).content.decode()


def test_links_of_a_past_list_lead_to_past_pages(client, days):
    day = days.next(fill)
    html = client.get(f"/announcements/?as_of={day}").content.decode()
    assert f'href="/announcements/public/?as_of={day}"' in html
    assert f'<input type="hidden" name="as_of" value="{day}">' in html


def test_the_clocks_are_those_of_the_day(client, days):
    days.next(fill)
    shown = Announcement.objects.get(slug="public")
    days.next(lambda: make.promise(shown, title="Soon", due_from="2026-03-03", due_to="2026-03-03"))
    past, later = days.day, days.next() and days.next()
    assert (
        "1 day overdue" not in client.get(f"/announcements/public/?as_of={past}").content.decode()
    )
    assert "1 day overdue" in client.get(f"/announcements/public/?as_of={later}").content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("yesterday", "is not a day. Write it as 2026-03-01."),
        ("2026-3-1", "is not a day"),
        ("2026-02-30", "is not a day"),
        ("2026-03", "is not a day"),
        ("9999-12-31", "is still to come"),
        ("2026-02-28", "history is kept since 2026-03-01"),
        ("0001-01-01", "history is kept since"),
        ("2026-03-01&as_of=2026-03-01", "one day, once"),
        ("%00", "is not a day"),
        ("x" * 500, "is not a day"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_with_a_sentence(client, days, day, words):
    days.next(fill)
    for address in (
        "/announcements/",
        "/announcements/public/",
        "/companies/acme/",
        "/initiatives/opener/",
    ):
        response = client.get(f"{address}?as_of={day}")
        assert response.status_code == 400
        assert words in response.content.decode()


@pytest.mark.parametrize(
    "query", ["q=anvil", "order=title", "order=updated", "page=9", "kind=x", "nonsense=1"]
)
def test_what_a_past_list_cannot_do_is_refused_with_a_sentence(client, days, query):
    day = days.next(fill)
    response = client.get(f"/announcements/?as_of={day}&{query}")
    assert response.status_code == 400
    assert response.context["errors"]


def test_nothing_is_known_before_anything_was_saved(client):
    response = client.get("/announcements/?as_of=2026-03-01")
    assert "no announcement was ever saved" in response.content.decode()


def test_a_draft_is_a_draft_on_every_day(client, days):
    day = days.next(fill)
    assert client.get(f"/announcements/draft/?as_of={day}").status_code == 404
    later = days.next(lambda: Announcement.objects.get(slug="draft").publish(evidence_later=True))
    assert client.get(f"/announcements/draft/?as_of={day}").status_code == 404
    assert client.get(f"/announcements/draft/?as_of={later}").status_code == 200


def test_what_was_taken_back_from_readers_is_not_shown_on_any_day(client, days):
    day = days.next(fill)
    days.next(Announcement.objects.get(slug="public").unpublish)
    assert client.get(f"/announcements/public/?as_of={day}").status_code == 404
    listed = client.get(f"/announcements/?as_of={day}").content.decode()
    assert "Acme opens the Anvil models" not in listed


def test_an_old_address_leads_to_what_stood_there(client, days):
    day = days.next(fill)
    days.next(lambda: Announcement.objects.filter(slug="public").update(slug="moved"))
    assert client.get(f"/announcements/public/?as_of={day}").status_code == 200
    assert client.get(f"/announcements/moved/?as_of={day}").status_code == 404


@pytest.mark.parametrize(
    ("page", "name"), [("companies/acme", "company"), ("initiatives/opener", "initiative")]
)
def test_other_pages_lead_to_their_list_of_that_day(client, days, page, name):
    day = days.next(fill)
    response = client.get(f"/{page}/?as_of={day}", follow=True)
    assert (
        response.redirect_chain[0][0] == f"/announcements/?{name}={page.split('/')[1]}&as_of={day}"
    )
    assert 'data-slug="public"' in response.content.decode()


@pytest.mark.parametrize("address", ["/announcements/", "/announcements/public/"])
def test_a_past_page_costs_the_same_for_few_rows_and_many(client, days, address):
    days.next(fill)
    shown = Announcement.objects.get(slug="public")
    few_on, many_on = days.next(lambda: grow(shown, 1)), days.next(lambda: grow(shown, 4))
    counts = []
    for day in (few_on, many_on):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{address}?as_of={day}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_few_days_are_remembered(client, days):
    days.next(fill)
    for _ in range(filters_past.MOST_HELD + 3):
        client.get(f"/announcements/?as_of={days.next()}")
    assert len(filters_past.held) == filters_past.MOST_HELD
