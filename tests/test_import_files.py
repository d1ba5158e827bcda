"""Files of every spelling are read, and what is none gets a sentence."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from announcements.imports.files import Fault, File, Row, Unreadable, rows
from tests.tables import UNPACKED, text_file


def values(file: File) -> list:
    return [row.value for row in rows(file)]


TABLE = [["id", "title"], ["a", "One, two; three"], ["b", 'He said "x"\nand y']]


@pytest.mark.parametrize(
    "text",
    [
        'id,title\na,"One, two; three"\nb,"He said ""x""\nand y"\n',
        '\ufeffid,title\na,"One, two; three"\nb,"He said ""x""\nand y"',
        'id;title\na;"One, two; three"\nb;"He said ""x""\nand y"\n',
        'id\ttitle\na\tOne, two; three\nb\t"He said ""x""\nand y"\n',
        'sep=;\nid;title\na;"One, two; three"\nb;"He said ""x""\nand y"\n',
    ],
    ids=["comma", "byte-order-mark", "semicolon", "tab", "sep"],
)
def test_csv_of_every_spelling_is_one_table(text):
    assert values(text_file(text)) == TABLE
    with_crlf = [[cell.replace("\n", "\r\n") for cell in row] for row in TABLE]
    assert values(text_file(text.replace("\n", "\r\n"))) == with_crlf


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", "é;".encode("latin-1"), "not UTF-8"),
        ("x.csv", "id".encode("utf-16"), "not UTF-8"),
        ("x.csv", b"id,title\na\x00,b", "row 2 holds a NUL"),
        ("x.csv", b'id,title\na,"b\n', "never closed"),
        ("x.csv", b'id,title\na,"b"c\n', "quote stands within"),
        ("x.csv", b'"' + b"x" * 1_100_000, "more than 1000000 characters"),
        ("x.csv", b"%PDF-1.7", "not a table"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "not a table"),
        ("x.xlsx", b"PK\x03\x04nonsense", "not a workbook"),
        ("x.json", b"[" * 200_000, "not JSON"),
        ("x.json", b"[1, 2", "not closed"),
        ("x.json", b"[1 2]", "without a comma"),
        ("x.json", b"\xff", "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(name, content, words):
    with pytest.raises(Unreadable, match=words):
        list(rows(text_file(content, name)))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["x.csv", "x.json", "x"])
def test_an_empty_file_has_no_rows(name, content):
    assert [row for row in rows(text_file(content, name)) if any(row.value)] == []


@pytest.mark.parametrize(
    "content",
    ['[{"id": "a"}, {"id": "b"}]', '{"id": "a"}\n\n{"id": "b"}\n', '[\n{"id":"a"},{"id":"b"}\n]'],
)
@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "nameless"])
def test_json_is_a_list_or_lines(name, content):
    assert values(text_file(content, name)) == [{"id": "a"}, {"id": "b"}]


def test_one_record_may_go_over_many_lines():
    assert values(text_file('{\n"id":\n"a"\n}', "x.json")) == [{"id": "a"}]


def test_a_line_that_is_no_json_is_named_and_the_others_are_read():
    found = list(rows(text_file('{"id": "a"}\nnonsense\n{"id": "b"}', "x.ndjson")))
    assert [type(row) for row in found] == [Row, Fault, Row]
    assert found[1].place == "x.ndjson, line 2"


def workbook(*cells) -> File:
    book = Workbook()
    sheet = book.active
    for column, cell in enumerate(cells, 1):
        value, form = cell if isinstance(cell, tuple) else (cell, None)
        place = sheet.cell(1, column, value)
        if form:
            place.number_format = form
    content = io.BytesIO()
    book.save(content)
    return File.of("x.xlsx", content.getvalue(), UNPACKED)


DAY = datetime(2023, 10, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Meta", "Meta"),
        ("'=1", "=1"),
        (2023, "2023"),
        (2023.0, "2023"),
        (1.5, "1.5"),
        (True, "true"),
        ((DAY, "yyyy-mm-dd"), "2023-10-01"),
        ((DAY, "mmm-yy"), "2023-10"),
        ((DAY, "yyyy"), "2023"),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_it_is_shown(cell, text):
    assert values(workbook(cell)) == [[text]]


def test_a_formula_is_named_and_not_taken_for_its_text():
    fault, _ = list(rows(workbook("id", "=1+1")))
    assert (fault.number, fault.column) == (1, 1)
    assert "is a formula" in fault.message


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(Unreadable, match="unpacks to more than 50 MB"):
        list(rows(File.of("x.xlsx", content.getvalue(), UNPACKED)))
