"""A text becomes a cell that no spreadsheet runs, and comes back exactly as it was."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from announcements.exports import FORMATS, written
from announcements.imports.files import Row, rows
from announcements.records import announcement_schema, company_schema
from announcements.records.cells import joined, safe, split, unsafe
from announcements.records.columns import cells, column, column_of, laid_over, without_empty_rows
from announcements.records.xlsx import MOST_CHARACTERS, TooLong
from announcements.vocabularies import DATA
from tests.tables import text_file, xlsx_file

# Beginnings that matter are likelier than chance would have them.
TEXTS = st.tuples(
    st.sampled_from(
        ["", "'", "''", "=", "'=", "+1", "-", "@x", "\t", "\r", "\n", " =", "＝", "_x000D_"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
).map("".join)
SCHEMA = announcement_schema()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Meta", "Meta"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5 %", "'-5 %"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_that_would_be_run_gets_an_apostrophe(text, cell):
    assert safe(text) == cell
    assert unsafe(cell) == text


@given(TEXTS)
def test_every_text_comes_back_and_none_can_be_run(text):
    assert unsafe(safe(text)) == text
    assert not safe(text).lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert not safe(text).startswith(("\t", "\r", "\n"))


@given(st.lists(TEXTS.map(str.strip).filter(bool)))
def test_several_texts_in_a_cell_come_back(texts):
    assert split(joined(texts)) == texts


@pytest.mark.parametrize(
    ("cell", "texts"),
    [
        ("Meta; Google LLC", ["Meta", "Google LLC"]),
        ("Meta\nGoogle LLC\r\n", ["Meta", "Google LLC"]),
        ('"A; B"; C', ["A; B", "C"]),
        (" ; ", []),
        ("", []),
    ],
)
def test_several_texts_in_a_cell_are_told_apart(cell, texts):
    assert split(cell) == texts


def read(file) -> list[list[str]]:
    return [row.value for row in rows(file) if isinstance(row, Row)]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_csv_brings_every_text_back(texts):
    content = b"".join(FORMATS["csv"].write(iter([["a"], *[[safe(text)] for text in texts]])))
    # A row with one empty cell is written as a pair of quotes.
    assert read(text_file(content))[1:] == [[text] for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_xlsx_brings_every_text_back(texts):
    table = xlsx_file(["a", "b"], *[[safe(text), "end"] for text in texts])
    assert read(table)[1:] == [[text, "end"] for text in texts]


def test_a_text_longer_than_a_cell_is_refused_and_not_cut():
    with pytest.raises(TooLong, match="CSV or JSON"):
        xlsx_file(["x" * (MOST_CHARACTERS + 1)])


RECORDS = [json.loads(line) for line in (DATA / "announcements.jsonl").read_text().splitlines()]


def bare(value):
    """A record without its empty values."""
    if isinstance(value, dict):
        known = {key: bare(inner) for key, inner in value.items()}
        return {key: inner for key, inner in known.items() if inner not in ("", None, [], {})}
    return [bare(row) for row in value] if isinstance(value, list) else value


def test_a_record_is_a_row_and_the_row_the_record():
    for record in RECORDS:
        texts = cells(record, SCHEMA)
        laid, _ = laid_over({}, [(column(name, SCHEMA), text) for name, text in texts.items()])
        assert bare(laid) == bare(record)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_of_records_has_the_columns_in_which_something_stands(suffix):
    content = b"".join(
        written(FORMATS[suffix], RECORDS[:3], SCHEMA, keys=["id", "note", "sources"])
    )
    header, *table = read(text_file(content, f"x.{suffix}"))
    assert header[:3] == ["id", "note", "sources.1.url"]
    assert len(table) == 3
    assert "sources.1.title" in header
    assert not [name for name in header if name.startswith("promises")]


def test_the_times_of_former_names_have_no_columns():
    record = {
        "name": "Meta",
        "former_names": ["Facebook"],
        "former_names_used": {"Facebook": {"used_until": "2021-10"}},
    }

    assert cells(record, company_schema()) == {"name": "Meta", "former_names": "Facebook"}
    assert column("former_names_used.Facebook.used_until", company_schema()) is None


def test_json_and_ndjson_hold_the_records():
    for suffix in ("json", "ndjson"):
        content = b"".join(written(FORMATS[suffix], RECORDS[:3], SCHEMA))
        values = [row.value for row in rows(text_file(content, f"x.{suffix}"))]
        assert values == RECORDS[:3]
    assert json.loads(b"".join(written(FORMATS["json"], [], SCHEMA))) == []


def taking(taken: list[int], number: int) -> dict[str, str]:
    taken.append(number)
    return {"id": str(number), "title": "x" * 1000}


def test_what_is_written_is_written_piece_by_piece():
    taken: list[int] = []
    endless = (taking(taken, n) for n in range(10_000))
    pieces = written(FORMATS["csv"], endless, SCHEMA, columns=["id", "title"])
    next(iter(pieces))
    assert len(taken) < 100


@pytest.mark.parametrize(
    "name",
    [
        "sources",
        "sources.0.url",
        "sources.x.url",
        "sources.1",
        "sources.999.url",
        "titel",
        "",
        "title.1",
    ],
)
def test_what_is_no_place_of_a_record_is_no_column(name):
    assert column(name, SCHEMA) is None


def test_a_row_that_is_emptied_goes_and_problems_keep_their_numbers():
    record = {"sources": [{"url": ""}, {"url": "https://example.org"}], "companies": ["A"]}
    kept, numbers = without_empty_rows(record)
    assert kept["sources"] == [{"url": "https://example.org"}]
    assert column_of("sources[0].url", numbers) == "sources.2.url"
    assert column_of("companies[0]", numbers) == "companies"


def test_a_spreadsheet_finds_nothing_to_run_in_a_workbook():
    content = b"".join(FORMATS["xlsx"].write(iter([["=1+1", "#N/A", "12"]])))
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.data_type for cell in sheet[1]] == ["s", "s", "s"]
