"""Feeds of a selection and of updates: valid by their rules, with ids that stay and moments that move."""

import json
import os
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from announcements.feeds import announcements as announcements_feed
from announcements.feeds import updates as updates_feed
from announcements.feeds.texts import readable
from announcements.filters import ORDERS, Selection
from announcements.models import Announcement, Update
from announcements.models.version import DataVersion
from tests import make, surfaces
from tests.test_agreement import build_with_drafts, hidden, worlds
from tests.test_facets import TODAY, questions

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
FEEDS = [
    "/announcements.atom",
    "/announcements.atom?company=acme&concern=misuse",
    "/announcements.atom?q=nothing-has-this",
    "/updates.atom",
    "/updates.atom?company=acme&status=delivered",
    "/announcements/public/story.atom",
]
everywhere = pytest.mark.parametrize("address", FEEDS)
EXAMPLES = int(os.environ.get("EXAMPLES", "10"))


def atom(client: Client, address: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return ET.fromstring(response.content)  # noqa: S314


def json_of(client: Client, address: str) -> dict:
    return json.loads(client.get(address.replace(".atom", ".feed.json")).content)


def entries(client: Client, address: str) -> list[ET.Element]:
    return atom(client, address).findall(f"{ATOM}entry")


def slugs(client: Client, query: str) -> list[str]:
    """Of the announcements in a feed, which must be the same in both forms."""
    rows = entries(client, f"/announcements.atom?{query}")
    found = [link(row, "alternate").rsplit("/", 2)[1] for row in rows]
    items = json_of(client, f"/announcements.atom?{query}")["items"]
    assert [item["url"].rsplit("/", 2)[1] for item in items] == found
    return found


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def link(element: ET.Element, rel: str) -> str:
    [found] = [row for row in element.findall(f"{ATOM}link") if row.get("rel") == rel]
    return found.get("href", "")


@everywhere
def test_a_reader_of_the_field_reads_every_feed(client, address):
    surfaces.fill()
    response = client.get(address)
    parsed = feedparser.parse(response.content)

    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "atom10"
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "Content-Disposition" not in response


ONCE = ("title", "id", "updated")


@everywhere
def test_a_feed_has_what_rfc_4287_requires(client, address):
    surfaces.fill()
    feed = atom(client, address)

    assert feed.tag == f"{ATOM}feed"
    assert feed.get(XML_LANG) == "en-US"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ONCE:
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
            assert text(element, name).strip(), name
        assert text(element.find(f"{ATOM}author"), "name") == "Open-Source AI Tracker"
        assert RFC_3339.fullmatch(text(element, "updated"))
        assert re.match(r"(urn:uuid:|http://testserver/)", text(element, "id"))
        assert link(element, "alternate").startswith("http://testserver/")
    assert link(feed, "self") == f"http://testserver{address}"
    assert link(feed, "license") == "https://creativecommons.org/licenses/by/4.0/"
    assert "CC-BY-4.0" in text(feed, "rights")


@everywhere
def test_an_entry_has_what_rfc_4287_requires(client, address):
    surfaces.fill()
    rows = entries(client, address)

    ids = [text(row, "id") for row in rows]
    assert len(ids) == len(set(ids))
    for row in rows:
        published, updated = (
            datetime.fromisoformat(text(row, name)) for name in ("published", "updated")
        )
        assert published <= updated
        assert len(row.findall(f"{ATOM}content")) == 1
        assert len(row.findall(f"{ATOM}summary")) == 1
        for category in row.findall(f"{ATOM}category"):
            assert category.get("term")
            assert category.get("label")
            listed = category.get("scheme") + category.get("term")
            assert client.get(listed.removeprefix("http://testserver")).status_code == 200


@everywhere
def test_a_feed_is_as_new_as_its_newest_entry(client, address):
    surfaces.fill()
    feed = atom(client, address)
    moments = [text(row, "updated") for row in feed.findall(f"{ATOM}entry")]
    data = DataVersion.objects.latest("number").written_at.isoformat()

    assert text(feed, "updated") == max(moments, default=data)


@everywhere
def test_json_feed_has_what_its_rules_require_and_says_the_same(client, address):
    surfaces.fill()
    feed = json_of(client, address)
    rows = entries(client, address)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver" + address.replace(".atom", ".feed.json")
    assert feed["title"] == text(atom(client, address), "title")
    assert feed["home_page_url"] == link(atom(client, address), "alternate")
    assert feed["authors"] == [{"name": "Open-Source AI Tracker", "url": "http://testserver/"}]
    assert [item["id"] for item in feed["items"]] == [text(row, "id") for row in rows]
    for item, row in zip(feed["items"], rows, strict=True):
        assert item["title"] == text(row, "title")
        assert item["content_html"] == text(row, "content")
        assert item["date_modified"] == text(row, "updated")
        assert item["date_published"] == text(row, "published")
        assert item["url"] == link(row, "alternate")


def test_json_feed_has_its_media_type(client):
    response = client.get("/announcements.feed.json")

    assert response["Content-Type"] == "application/feed+json; charset=utf-8"


def test_an_entry_names_who_announced_as_it_was_called_then(client):
    meta = make.company("Meta")
    meta.former_names.create(name="Facebook", used_until="2021-10")
    make.published(company=meta, title="PyTorch is public", announced_on="2017-01-19", slug="x")

    [entry] = entries(client, "/announcements.atom")
    assert text(entry, "title") == "Facebook (now Meta): PyTorch is public"
    assert "announced 19 January 2017" in text(entry, "content")


def test_a_title_that_names_who_announced_does_not_say_it_twice(client):
    make.published(company=make.company("Acme"), title="Acme opens Anvil")

    assert text(entries(client, "/announcements.atom")[0], "title") == "Acme opens Anvil"


def test_an_entry_is_filed_under_kind_statuses_and_types_of_concern(client):
    announcement = make.published(kind="program", basis="unnamed-report")
    make.promise(announcement)
    make.concern(announcement, "misuse").further_types.add(make.concern_type("privacy"))

    [entry] = entries(client, "/announcements.atom")
    filed = [(row.get("term"), row.get("label")) for row in entry.findall(f"{ATOM}category")]
    assert filed == [
        ("program", "Program or funding"),
        ("announced", "Reported as announced"),
        ("misuse", "Misuse"),
        ("privacy", "Privacy"),
    ]


def test_an_id_stays_when_the_page_moves_and_on_another_host(client):
    announcement = make.published(slug="old")
    make.promise(announcement)
    before = [text(row, "id") for row in entries(client, "/announcements/old/story.atom")]

    announcement.slug, announcement.title = "new", "Another title"
    announcement.save()
    moved = client.get("/announcements/new/story.atom", headers={"Host": "127.0.0.1"})

    assert before == [row.id for row in feedparser.parse(moved.content).entries]


def add_step(announcement: Announcement) -> None:
    make.update(announcement.promises.first(), "delivered")


def retell_step(announcement: Announcement) -> None:
    Update.objects.filter(promise__announcement=announcement).update(text="Otherwise.")


def rename_company(announcement: Announcement) -> None:
    announcement.company.name = "Another"
    announcement.company.save()


@pytest.mark.parametrize(
    "change",
    [
        add_step,
        retell_step,
        rename_company,
        lambda announcement: make.concern(announcement),
        lambda announcement: make.release(announcement),
        lambda announcement: make.citation(announcement),
        lambda announcement: announcement.promises.all().delete(),
        lambda announcement: announcement.save(),
    ],
)
def test_an_entry_is_newer_once_any_part_of_its_record_changed(client, change):
    announcement = make.published()
    make.promise(announcement)
    other = make.published(announced_on="2001")

    def moments() -> dict[str, str]:
        rows = entries(client, "/announcements.atom")
        return {link(row, "alternate"): text(row, "updated") for row in rows}

    before = moments()
    change(announcement)
    after = moments()
    untouched = f"http://testserver{other.get_absolute_url()}"
    changed = ({*before} - {untouched}).pop()

    assert after[changed] > before[changed]
    assert after[untouched] == before[untouched]


def test_a_step_is_newer_once_it_is_told_otherwise_and_not_when_another_is(client):
    promise = make.promise(story=[("2024-05", "announced"), ("2024-06", "delivered")])
    _, last = promise.updates.all()
    before = [text(row, "updated") for row in entries(client, "/updates.atom")]

    last.text = "Told otherwise."
    last.save()
    after = [text(row, "updated") for row in entries(client, "/updates.atom")]

    assert after[0] > before[0]
    assert after[1] == before[1]


def test_what_hangs_on_a_draft_counts_as_told_since_the_draft_was_published(client):
    draft = make.draft()
    make.promise(draft)
    draft.publish(evidence_later=True)

    [entry] = entries(client, "/updates.atom")
    assert text(entry, "published") == Announcement.objects.get().published_at.isoformat()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["late", "early"]),
        ("order=oldest", ["early", "late"]),
        ("order=title", ["early", "late"]),
        ("order=newest&page=7", ["late", "early"]),
        ("q=anvil", ["late", "early"]),
        ("q=anvil&order=relevance", ["early", "late"]),
        ("company=acme", ["early"]),
        ("before=2001", []),
    ],
)
def test_a_feed_is_newest_first_unless_the_address_says_otherwise(client, query, found):
    make.published(slug="early", title="Anvil", announced_on="2020", company=make.company("Acme"))
    make.published(slug="late", title="Else", summary="An anvil.", announced_on="2021")

    assert slugs(client, query) == found


def test_steps_stand_in_the_order_in_which_they_happened(client):
    acme = make.published(company=make.company("Acme"))
    make.promise(acme, title="Weights", story=[("2024-05", "announced"), ("2024-08", "delivered")])
    make.promise(title="Code", story=[("2024-06-30", "announced")])

    def titles(query: str) -> list[str]:
        rows = entries(client, f"/updates.atom?{query}")
        return [text(row, "title").split(": ", 1)[1] for row in rows]

    assert titles("") == ["Weights: Delivered", "Code: Announced", "Weights: Announced"]
    assert titles("company=acme") == ["Weights: Delivered", "Weights: Announced"]
    assert titles("status=announced") == ["Code: Announced"]
    assert titles("order=oldest&page=2") == titles("")


def test_a_step_tells_the_new_date_the_reason_and_where_was_searched(client):
    promise = make.promise()
    make.update(
        promise,
        "delayed",
        due_from="2025-01-01",
        due_to="2025-06-30",
        due_words="next year",
        reason="Misread.",
        note="The site.",
    )
    content = text(entries(client, "/updates.atom")[0], "content")

    assert "Now promised for 1 January 2025 to 30 June 2025, “next year”." in content
    assert "Why it was corrected: Misread." in content
    assert "Searched: The site." in content


@pytest.mark.parametrize("address", ["/announcements.atom", "/updates.atom"])
def test_a_long_feed_is_cut_and_says_so(client, monkeypatch, address):
    monkeypatch.setattr(announcements_feed, "LIMIT", 2)
    monkeypatch.setattr(updates_feed, "LIMIT", 2)
    for _ in range(3):
        make.promise()
    noun = address.strip("/").removesuffix(".atom")

    assert len(entries(client, address)) == 2
    assert text(atom(client, address), "subtitle") == f"2 of 3 {noun}"
    assert text(atom(client, f"{address}?before=2001"), "subtitle") == f"All 0 {noun}"


def test_the_title_of_a_feed_says_what_is_selected(client):
    make.published(company=make.company("Acme"))
    address = "/announcements.atom?company=acme&kind=program"

    assert (
        text(atom(client, address), "title") == "Open-Source AI Tracker: Acme, Program or funding"
    )
    dated = atom(client, "/announcements.atom?after=2023-10&before=2024&overdue=no")
    assert text(dated, "title") == (
        "Open-Source AI Tracker: Not overdue, from October 2023, until 2024"
    )


@pytest.mark.parametrize(
    "path",
    ["/announcements.atom", "/announcements.feed.json", "/updates.atom", "/announcements.ics"],
)
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("company=nobody", "company"),
        ("compnay=acme", "compnay"),
        ("page=x", "page"),
        ("order=sideways", "order"),
        ("as_of=2026-01-01", "as_of"),
        ("after=soon", "after"),
        ("q=a&q=b", "q"),
        ("company=%00", "company"),
        ("kind=%ff", "kind"),
    ],
)
def test_what_is_not_understood_is_a_problem_with_what_would_be_right(client, path, query, name):
    make.published()
    response = client.get(f"{path}?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [row["parameter"] for row in response.json()["errors"]] == [name]


def test_without_anything_written_a_feed_is_valid_all_the_same(client):
    DataVersion.objects.all().delete()
    before = datetime.now(UTC) - timedelta(seconds=1)

    for address in ("/announcements.atom", "/updates.atom"):
        assert datetime.fromisoformat(text(atom(client, address), "updated")) > before
        assert json_of(client, address)["items"] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x0bb\x1fc", "abc"),
        ("a\ufffeb\uffffc", "abc"),
        ("a\ufdd0b", "ab"),
        ("a\x7f\x9fb", "ab"),
        ("one\r\ntwo\ttabs", "one\ntwo\ttabs"),
        ("\U0001f600 é 開 \u2028", "\U0001f600 é 開 \u2028"),
        ("a\ud800b", "ab"),
        ("<b>&amp;]]></b>", "<b>&amp;]]></b>"),
    ],
)
def test_what_is_no_character_of_xml_is_dropped(typed, shown):
    assert readable(typed) == shown


def test_no_text_that_the_database_can_hold_breaks_a_feed(client):
    strange = "a\x0b\x1f\ufffe\uffff\U0001f600 <b>&amp;]]></b> \x85z"
    company = make.company("Ac\x0cme", slug="acme")
    announcement = make.published(company=company, title=strange, summary=strange, slug="x")
    make.promise(announcement, title=strange, due_from="2024-01-01", due_to="2024-01-31")
    make.concern(announcement, title=strange, text=strange, raised_by=strange, answer=strange)

    for address in ("/announcements.atom", "/updates.atom", "/announcements/x/story.atom"):
        parsed = feedparser.parse(client.get(address).content)
        assert not parsed.bozo, parsed.bozo_exception
        assert parsed.entries
        title = json_of(client, address)["items"][0]["title"]
        assert title == text(entries(client, address)[0], "title")
        assert "\U0001f600 <b>&amp;]]></b>" in title
        assert parsed.entries[0].id
    assert not feedparser.parse(client.get("/announcements.atom?q=a%0Bb%EF%BF%BE").content).bozo


def limited(monkeypatch, size: int) -> None:
    monkeypatch.setattr(announcements_feed, "LIMIT", size)
    monkeypatch.setattr(updates_feed, "LIMIT", size)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(world=worlds, hidden=hidden, question=questions, order=st.sampled_from([*ORDERS, None]))
def test_a_feed_is_the_begin_of_what_its_question_selects(world, hidden, question, order):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.utils.timezone.localdate", lambda: TODAY)
        limited(patch, 3)
        build_with_drafts(world, hidden)
        asked = urlencode({**question, **({"order": order} if order else {})}, doseq=True)
        selection = Selection(QueryDict(asked))
        # A value that only drafts have is none of the question's.
        assume(selection.is_valid)
        listed = list(selection.queryset.values_list("slug", flat=True))
        found = slugs(Client(), asked)

        assert len(found) == min(selection.total, 3)
        assert {*found} <= {*listed}
        if order != "relevance":
            assert found == listed[:3]
        steps = Update.objects.filter(promise__in=selection.promises)
        latest = [text(row, "id") for row in entries(Client(), f"/updates.atom?{asked}")]
        assert len({*latest}) == len(latest) == min(steps.count(), 3)
        transaction.set_rollback(True)
