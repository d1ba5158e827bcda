"""One question, every shape: whatever form a selection is taken away in, it is the same announcements.

``EXAMPLES=1000`` in the environment tries more random worlds and questions.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

import feedparser
import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from announcements.filters import ORDERS, Selection, promises_meant
from announcements.shapes import SHAPES
from tests import surfaces
from tests.documents import read
from tests.test_agreement import EXAMPLES, build_with_drafts, hidden, worlds
from tests.test_facets import TODAY, counts, questions, select

pytestmark = pytest.mark.django_db


def body(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200, response.getvalue()
    return response.getvalue()


def rows_of_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def of_csv(address: str) -> list[str]:
    return [row["id"] for row in rows_of_csv(body(address))]


def of_xlsx(address: str) -> list[str]:
    header, *rows = load_workbook(io.BytesIO(body(address))).active.values
    return [row[header.index("id")] for row in rows]


def of_json(address: str) -> list[str]:
    return [record["id"] for record in json.loads(body(address))]


def of_ndjson(address: str) -> list[str]:
    return [json.loads(line)["id"] for line in body(address).splitlines()]


def of_package(address: str) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(body(address)))
    return [row["id"] for row in rows_of_csv(archive.read("announcements.csv"))]


def last_part(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[2]


def of_atom(address: str) -> list[str]:
    feed = feedparser.parse(body(address))
    assert not feed.bozo
    return [last_part(entry.link) for entry in feed.entries]


def of_json_feed(address: str) -> list[str]:
    return [last_part(item["url"]) for item in json.loads(body(address))["items"]]


def of_api(address: str) -> list[str]:
    found: list[str] = []
    answer: dict[str, Any] = {"next": f"{address}&page_size=2"}
    while answer["next"]:
        parts = urlsplit(answer["next"])
        answer = json.loads(body(f"{parts.path}?{parts.query}"))
        found += [item["id"] for item in answer["results"]]
        assert answer["count"] >= len(found)
    assert answer["count"] == len(found)
    return found


LISTED: dict[str, Callable[[str], list[str]]] = {
    "announcements_csv": of_csv,
    "announcements_xlsx": of_xlsx,
    "announcements_json": of_json,
    "announcements_ndjson": of_ndjson,
    "announcements_zip": of_package,
    "announcements_atom": of_atom,
    "announcements_json_feed": of_json_feed,
    "api_announcements": of_api,
}
"""How the announcements are read from each form that lists them, by the name of its address."""
CALENDAR = "announcements_ics"
LIST = "announcements:announcement_list"
ADDRESSES = [f"announcements:{shape.name}" for shape in SHAPES]


def test_every_form_is_compared():
    assert {shape.name for shape in SHAPES} == {*LISTED, CALENDAR}


@pytest.fixture(autouse=True)
def _one_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds, hidden=hidden, question=questions, order=st.sampled_from(list(ORDERS)))
def test_page_counts_files_feeds_calendar_and_api_agree(world, hidden, question, order):
    with transaction.atomic():
        build_with_drafts(world, hidden)
        asked = urlencode({**question, "order": order}, doseq=True)
        if Selection(QueryDict(asked)).is_valid:
            assert_all_agree(asked, question)
        else:
            # A value that only drafts have.
            assert {status(f"{reverse(name)}?{asked}") for name in (LIST, *ADDRESSES)} == {400}
        transaction.set_rollback(True)


def assert_all_agree(asked: str, question: dict[str, list[str]]) -> None:
    page = read(Client(), f"/announcements/?{asked}")
    wanted = page.slugs
    assert page.all("main")[0].attributes["data-total"] == str(len(wanted))
    for name, listed in LISTED.items():
        assert sorted(listed(f"{reverse(f'announcements:{name}')}?{asked}")) == sorted(wanted), name
    assert events(asked) == dated_promises(question)
    assert api_counts(question) == counts(select(question))


def status(address: str) -> int:
    return Client().get(address).status_code


def events(asked: str) -> int:
    calendar = Calendar.from_ical(body(f"{reverse(f'announcements:{CALENDAR}')}?{asked}"))
    found = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(found) == len(set(found))
    return len(found)


def dated_promises(question: dict[str, list[str]]) -> int:
    selection = select(question)
    promises = promises_meant(selection.values, TODAY).filter(announcement__in=selection.queryset)
    return promises.exclude(due_to=None).count()


def api_counts(question: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    address = f"{reverse('announcements:api_facets')}?{urlencode(question, doseq=True)}"
    return {
        facet["name"]: {option["value"]: option["count"] for option in facet["values"]}
        for facet in json.loads(body(address))["facets"]
    }


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_form_says_what_is_wrong_with_a_question(client, shape):
    surfaces.fill()
    address = reverse(f"announcements:{shape.name}")
    for query, name in [
        ("compnay=acme", "compnay"),
        ("company=nobody", "company"),
        ("after=x", "after"),
    ]:
        answer = client.get(f"{address}?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert answer.json()["errors"][0]["parameter"] == name


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_nothing_selected_is_an_answer_too(client, shape):
    surfaces.fill()
    address = f"{reverse(f'announcements:{shape.name}')}?q=nothingofthekind"

    assert client.get(address).status_code == 200
    if shape.name in LISTED:
        assert LISTED[shape.name](address) == []


def test_a_change_shows_at_once_in_every_form(client):
    announcement = surfaces.fill()
    addresses = [
        f"{reverse(f'announcements:{shape.name}')}?company=acme"
        for shape in SHAPES
        if shape.name not in ("announcements_xlsx", "announcements_zip")
    ]
    tags = [client.get(address)["ETag"] for address in addresses]
    announcement.title = "Acme opens the Hammer models"
    announcement.save()

    for address, tag in zip(addresses, tags, strict=True):
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert b"Hammer" in answer.getvalue(), address
        assert b"opens the Anvil" not in answer.getvalue(), address
