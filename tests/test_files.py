"""A selection as a file: exactly what the list shows, in its order, in columns that never change."""

import csv
import io
import json
from urllib.parse import quote, urlencode
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from announcements.exports import selections
from announcements.exports.records import announcements_at
from announcements.exports.selections import FILE_FORMS, fitting
from announcements.filters import ORDERS, Selection
from announcements.models import Announcement
from announcements.records import flat
from announcements.records.cells import split, unsafe
from announcements.records.flat import COLUMNS, NO_DATE
from announcements.records.xlsx import MOST_CHARACTERS
from tests import make, surfaces
from tests.surfaces import SECRET, body
from tests.test_agreement import EXAMPLES, build_with_drafts, hidden, worlds
from tests.test_docs import first_cells
from tests.test_facets import TODAY, questions

pytestmark = pytest.mark.django_db

every_form = pytest.mark.parametrize("suffix", FILE_FORMS)
HEADER = [name for name, _ in COLUMNS]


def asked(suffix: str, query: str = "") -> bytes:
    answer = Client().get(f"/announcements.{suffix}?{query}")
    assert answer.status_code == 200
    return body(answer)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells_of(content: bytes) -> list[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return [[str(cell or "") for cell in row] for row in book.active.iter_rows(values_only=True)]


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


IDS = {
    "csv": lambda content: [row[0] for row in rows_of(content)[1:]],
    "xlsx": lambda content: [row[0] for row in cells_of(content)[1:]],
    "json": lambda content: [record["id"] for record in json.loads(content)],
    "ndjson": lambda content: [json.loads(line)["id"] for line in content.splitlines()],
    "zip": lambda content: [row[0] for row in rows_of(unpacked(content)["announcements.csv"])[1:]],
}
"""How the announcements in a file are known, by its form."""


def row_of(query: str = "") -> dict[str, str]:
    """The one row of a table, by its columns."""
    header, row = rows_of(asked("csv", query))
    return dict(zip(header, row, strict=True))


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(world=worlds, hidden=hidden, question=questions, order=st.sampled_from(list(ORDERS)))
def test_every_file_holds_what_the_list_holds_in_its_order(world, hidden, question, order):
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.localdate", lambda: TODAY)
        patch.setattr(flat, "CHUNK", 2)
        patch.setattr("announcements.exports.records.CHUNK", 2)
        patch.setattr("announcements.exports.relational.CHUNK", 2)
        build_with_drafts(world, hidden)
        query = urlencode({**question, "order": order}, doseq=True)
        selection = Selection(QueryDict(query))
        slugs = dict(Announcement.objects.published().values_list("pk", "slug"))
        wanted = [slugs[key] for key in selection.keys[:]]
        assert len(wanted) == selection.total
        for suffix, ids in IDS.items():
            if selection.is_valid:
                assert ids(asked(suffix, query)) == wanted, suffix
            else:
                # A value that only drafts know is none.
                assert Client().get(f"/announcements.{suffix}?{query}").status_code == 400
        transaction.set_rollback(True)


@settings(max_examples=EXAMPLES * 5, suppress_health_check=list(HealthCheck))
@given(
    suffix=st.sampled_from(list(FILE_FORMS)),
    query=st.one_of(
        st.text(max_size=40).map(lambda text: quote(text.encode("utf-8", "replace"), safe="=&%")),
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["q", "page", "order", "after", "company", "overdue", "as_of", "x"]
                ),
                st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
                | st.sampled_from(["\x00", "9" * 5000, "-1", "2024-02-31", "%ff", "newest"]),
            ),
            max_size=3,
        ).map(urlencode),
    ),
)
def test_whatever_stands_in_an_address_it_is_answered(suffix, query):
    answer = Client().get(f"/announcements.{suffix}?{query}")

    assert answer.status_code in (200, 400)
    if answer.status_code == 400 and answer["Content-Type"] == "application/problem+json":
        assert json.loads(answer.content)["detail"]
    body(answer)


@every_form
def test_what_is_not_understood_is_a_problem_that_says_what_is_allowed(client, suffix):
    answer = client.get(f"/announcements.{suffix}?kind=nonsense&colour=red")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert {row["parameter"] for row in answer.json()["errors"]} == {"kind", "colour"}
    assert "Allowed: q, company" in answer.json()["detail"]


@every_form
def test_a_page_is_a_whole_number_and_a_file_holds_all_of_them(client, suffix):
    made = [make.published(announced_on=f"2024-01-{day}").slug for day in range(10, 40 - 10)]

    assert sorted(IDS[suffix](asked(suffix, "page=7"))) == sorted(made)
    assert client.get(f"/announcements.{suffix}?page=two").status_code == 400


@every_form
def test_how_things_stood_once_is_not_offered_as_a_file(client, suffix):
    assert client.get(f"/announcements.{suffix}?as_of=2024-01-01").status_code == 400


@every_form
def test_a_file_has_a_name_that_tells_what_was_asked_for(client, suffix, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    surfaces.fill()
    whole = client.get(f"/announcements.{suffix}")
    some = client.get(f'/announcements.{suffix}?company=acme&concern=misuse&q=Ä;/../"x\r\n&page=1')

    assert whole["Content-Disposition"] == (
        f'attachment; filename="announcements-2024-06-01.{suffix}"'
    )
    assert some["Content-Disposition"] == (
        f'attachment; filename="announcements-ax-acme-misuse-2024-06-01.{suffix}"'
    )
    dated = client.get(f"/announcements.{suffix}?overdue=no&after=2023-10&before=2024")
    assert dated["Content-Disposition"] == (
        "attachment; "
        f'filename="announcements-not-overdue-from-2023-10-until-2024-2024-06-01.{suffix}"'
    )


@every_form
def test_asking_for_the_headers_alone_reads_no_announcement(client, suffix):
    surfaces.fill()
    client.get(f"/announcements.{suffix}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.head(f"/announcements.{suffix}?company=acme")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert not [row for row in queries if '"announcements_announcement"' in row["sql"]]


@every_form
def test_a_file_is_packed_on_its_way_and_its_tag_says_so(client, suffix):
    surfaces.fill()
    plain = client.get(f"/announcements.{suffix}")
    packed = client.get(f"/announcements.{suffix}", headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] == f"W/{plain['ETag']}"
    held = client.get(
        f"/announcements.{suffix}",
        headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]},
    )
    assert held.status_code == 304


@every_form
def test_what_vanishes_while_a_file_is_written_is_left_out(client, suffix, monkeypatch):
    monkeypatch.setattr(flat, "CHUNK", 2)
    monkeypatch.setattr("announcements.exports.records.CHUNK", 2)
    rows = [make.published(announced_on=f"2024-01-0{day}") for day in range(1, 8)]
    answer = client.get(f"/announcements.{suffix}?order=oldest")
    rows[0].unpublish()
    rows[3].delete()

    left = [row.slug for number, row in enumerate(rows) if number not in (0, 3)]
    assert IDS[suffix](body(answer)) == left


@every_form
def test_a_draft_and_its_parts_are_in_no_file(suffix):
    surfaces.fill()
    content = asked(suffix)
    if suffix == "xlsx":
        text = json.dumps(cells_of(content))
    else:
        parts = unpacked(content).values() if suffix == "zip" else [content]
        text = b"".join(parts).decode()

    assert SECRET not in text
    assert len(IDS[suffix](content)) == 2


def test_a_table_has_the_same_columns_whatever_is_in_it():
    assert rows_of(asked("csv")) == [HEADER]
    surfaces.fill()
    table = rows_of(asked("csv"))

    assert table[0] == HEADER
    assert {len(row) for row in table} == {len(HEADER)}


def test_a_row_tells_what_hangs_on_the_announcement(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    surfaces.fill()
    row = row_of("kind=intent")

    assert row["id"] == "public"
    assert row["companies"] == "Acme, Inc.; Bolt, Inc."
    assert (row["announced_on"], row["kind"]) == ("2023-10", "intent")
    assert row["initiatives"] == "Opener"
    assert (row["promises"], row["promises_overdue"]) == ("5", "1")
    assert row["promise_titles"].endswith("; Anvil weights; Anvil code; Anvil data; Anvil report")
    assert row["promise_due_dates"] == "; ".join(
        [NO_DATE, "2024-03-31", "2024-03-31", NO_DATE, "2099-06-30"]
    )
    assert split(row["promise_statuses"])[1:] == [
        "announced",
        "delivered",
        "superseded",
        "withdrawn",
    ]
    assert (row["releases"], row["release_names"]) == ("1", "Anvil 1")
    assert row["release_licenses"] == "llama-3.1-community"
    assert row["concerns"] == "2"
    assert row["concern_types"] == "misuse; no type"
    assert row["concern_further_types"] == "privacy"
    assert row["concern_statuses"] == "answered; open"
    assert (row["benefits"], row["benefit_types"]) == ("1", "transparency")
    assert row["related"] == Announcement.objects.get(title="Related").slug
    assert row["url"] == "http://testserver/announcements/public/"


def test_an_announcement_with_nothing_on_it_has_zeros_and_empty_cells():
    make.published()
    row = row_of()

    assert [row[name] for name in ("promises", "promises_overdue", "releases", "concerns")] == [
        "0"
    ] * 4
    assert row["promise_titles"] == row["release_licenses"] == row["related"] == ""


def test_no_cell_of_a_table_can_be_run():
    evil = "=1+1"
    company = make.company(evil, legal_name=evil)
    announcement = make.published(
        title=evil,
        summary=evil,
        note=evil,
        company=company,
        initiatives=[make.initiative(evil, company=company)],
    )
    make.promise(announcement, title=evil)
    make.release(announcement, name=evil)
    make.concern(announcement, title=evil)
    row = row_of()

    meant = [name for name, cell in row.items() if unsafe(cell) == evil]
    assert meant == [
        "title",
        "companies",
        "summary",
        "note",
        "initiatives",
        "promise_titles",
        "release_names",
        "concern_titles",
    ]
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_workbook_holds_the_same_cells_as_a_table():
    surfaces.fill()

    assert cells_of(asked("xlsx")) == rows_of(asked("csv"))


@every_form
def test_the_same_data_gives_the_same_bytes_at_another_time(suffix, monkeypatch):
    surfaces.fill()
    before = asked(suffix)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)

    assert asked(suffix) == before


def test_a_text_too_long_for_a_workbook_is_cut_there_and_says_so():
    make.published(summary="x" * 40_000)
    book, table = cells_of(asked("xlsx")), rows_of(asked("csv"))
    column = HEADER.index("summary")

    assert book[1][column] == fitting("x" * 40_000)
    assert len(book[1][column]) == MOST_CHARACTERS
    assert "CSV" in book[1][column]
    assert len(table[1][column]) == 40_000


def test_more_than_a_workbook_holds_is_refused_with_a_way_out(client, monkeypatch):
    for _ in range(2):
        make.published()
    small = selections.FileForm("xlsx", "x/y", FILE_FORMS["xlsx"].write, most=1)
    monkeypatch.setitem(selections.FILE_FORMS, "xlsx", small)

    answer = client.get("/announcements.xlsx")
    assert (answer.status_code, "CSV" in answer.json()["detail"]) == (400, True)


def test_records_are_those_of_readers_and_come_in_the_order_of_their_keys():
    first = surfaces.fill()
    related = Announcement.objects.get(title="Related")
    records = list(announcements_at([related.pk, first.pk, 10**9]))

    assert [record["id"] for record in records] == [related.slug, "public"]
    assert "state" not in records[0]
    assert [json.loads(line) for line in asked("ndjson", "order=oldest").splitlines()] == records[
        ::-1
    ]


def test_every_column_is_documented_in_its_order():
    assert first_cells("docs/tables.md", "Files of a selection") == HEADER
