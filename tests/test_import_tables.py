"""Tables in: a row changes what it names, says in its column what is wrong, and can be undone."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.exports import FORMATS, announcements_of, companies_of, written
from announcements.imports import NotUndone, import_batch, read, undo
from announcements.imports.license_names import LicenseNames, plain
from announcements.models import Announcement, Company, ImportBatch, Initiative, License, Source
from announcements.records import announcement_schema, company_schema, editors_record
from announcements.vocabularies import DATA
from tests import make
from tests.tables import csv_file, imported, text_file, told

pytestmark = pytest.mark.django_db

ROW = {"id": "meta-opens-it", "title": "Meta opens it"}
WHOLE = {
    **ROW,
    "state": "published",
    "companies": "Meta; Google",
    "announced_on": "2023-10",
    "kind": "program",
    "basis": "company-statement",
    "summary": "It did.",
    "sources.1.url": "https://example.org/news",
    "sources.1.kind": "press-named",
}


@pytest.fixture(autouse=True)
def _companies():
    make.company("Meta")
    make.company("Google")


def record(slug: str = "meta-opens-it") -> dict:
    return editors_record(Announcement.objects.for_reading().get(slug=slug))


def test_a_title_alone_makes_a_stub_with_an_id_of_its_own():
    outcome, _ = imported(csv_file({"title": "Meta opens it"}))
    assert outcome.counts["created"] == 1
    assert record()["state"] == "stub"
    assert imported(csv_file({"title": "Meta opens it"}))[0].counts["unchanged"] == 1


def test_a_whole_row_that_says_so_is_published():
    assert told(imported(csv_file(WHOLE))[0]) == []
    stored = record()
    assert (stored["state"], stored["announced_on"]) == ("published", "2023-10")
    assert stored["companies"] == ["Meta, Inc.", "Google, Inc."]
    assert imported(csv_file(WHOLE))[0].counts["unchanged"] == 1


def test_what_says_published_and_lacks_something_is_refused_in_its_column():
    outcome, _ = imported(csv_file({**WHOLE, "summary": ""}))
    assert [problem.column for problem in outcome.problems] == ["summary"]
    assert not Announcement.objects.exists()


def test_a_row_can_take_an_announcement_back_to_draft():
    imported(csv_file(WHOLE))
    imported(csv_file({"id": ROW["id"], "state": "draft"}))
    assert record()["state"] == "draft"


def test_a_column_that_is_not_there_leaves_its_field_alone_and_an_empty_cell_empties_it():
    imported(csv_file({**WHOLE, "note": "Read this.", "sources.1.title": "News"}))
    imported(csv_file({"id": ROW["id"], "title": "Other", "note": ""}))
    stored = record()
    assert (stored["title"], stored["summary"], "note" in stored) == ("Other", "It did.", False)
    assert stored["sources"][0]["title"] == "News"
    imported(csv_file({"id": ROW["id"], "sources.1.title": ""}))
    assert record()["sources"][0]["title"] == ""


def test_headers_are_read_in_any_case_and_by_the_words_people_use():
    row = {
        "Title": "Meta opens it",
        "Company": "meta",
        "DATE": "2023",
        "Source": "https://example.org/a",
    }
    assert told(imported(csv_file(row))[0]) == []
    stored = record()
    assert (stored["companies"], stored["announced_on"]) == (["Meta, Inc."], "2023")
    assert stored["sources"][0]["kind"] == "other"


def test_a_page_that_is_recorded_already_keeps_what_is_known_of_it():
    make.source("https://example.org/a", title="Known", kind="paper")
    row = {**ROW, "sources.1.url": "http://www.example.org/a?utm_source=x", "sources.1.title": ""}
    imported(csv_file(row))
    stored = record()["sources"][0]
    assert (stored["title"], stored["kind"]) == ("Known", "paper")


def test_another_address_is_another_page_and_takes_no_words_along():
    imported(csv_file({**WHOLE, "sources.1.title": "News"}))
    imported(csv_file({"id": ROW["id"], "sources.1.url": "https://example.org/other"}))
    assert record()["sources"][0]["title"] == ""
    assert Source.objects.get(url="https://example.org/news").title == "News"


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"kind": "party"}, "kind", "Allowed: intent, model-release"),
        ({"announced_on": "Oct-23"}, "announced_on", "Write a year, a month or a day"),
        ({"announced_on": "2023-13"}, "announced_on", "not a day of the calendar"),
        ({"companies": "Metta"}, "companies", "Allowed: Meta"),
        ({"companies": 'Meta"; x"'}, "companies", "no company of this name"),
        ({"companies": '"Meta'}, "companies", "quote is not closed"),
        ({"sources.1.kind": "blog"}, "sources.1.kind", "Allowed: company-statement"),
        ({"sources.1.url": "example.org"}, "sources.1.url", "begins with https://"),
        ({"title": "x" * 201}, "title", "too long"),
        ({"state": "hidden"}, "state", "Allowed: stub, draft, ready, published"),
        ({"related": "nobody"}, "related", "no announcement of this id"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_with_what_is_allowed(changes, column, words):
    outcome, _ = imported(csv_file({**WHOLE, **changes}, WHOLE | {"id": "other"}))
    named = [problem for problem in outcome.problems if problem.column == column]
    assert named, told(outcome)
    assert named[0].number == 2
    assert words in str(named[0])
    assert "table.csv, row 2" in str(named[0])
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("titel,id", "Is title or"),
        ("id,source.1.url", "Is sources.1.url or"),
        ("id,title,title", "stands there twice"),
        ("kind,basis", "id or title for announcements"),
        ("x", "There is no column “x”"),
        ("id,sources.1000000000.url", "There is no column"),
    ],
)
def test_a_header_that_cannot_be_meant_is_told_with_the_names_there_are(header, words):
    with pytest.raises(ValueError, match=r"Names of columns|twice") as error:
        imported(text_file(f"{header}\na,b,c\n"))
    assert words in str(error.value)


def test_a_value_under_no_name_is_refused_and_empty_columns_are_not():
    assert "stands under no name" in told(imported(text_file("id,title,\na,b,c"))[0])[0]
    assert told(imported(text_file("id,title,,\na,b,,\n,,,\n"))[0]) == []


def test_an_id_that_comes_twice_is_refused_with_both_places():
    assert "first at table.csv, row 2" in told(imported(csv_file(ROW, ROW))[0])[0]


def test_a_character_that_is_no_text_is_refused():
    line = json.dumps({**ROW, "announced_on": "2023", "summary": "a\ud800b\x00"})
    assert "no text (U+D800)" in told(imported(text_file(line, "x.json"))[0])[0]


def test_a_dry_run_says_before_and_after_and_writes_nothing():
    imported(csv_file(WHOLE))
    outcome, batch = imported(csv_file({**ROW, "title": "Other"}), dry_run=True)
    assert outcome.changes[0]["cells"] == [["title", "Meta opens it", "Other"]]
    assert record()["title"] == "Meta opens it"
    assert not ImportBatch.objects.filter(pk=batch.pk, file_name="table.csv").exists()


def test_companies_come_as_tables_too():
    table = csv_file(
        {"name": "Mistral", "country": "France", "former_names": "A; B", "founded": "2023-04"}
    )
    assert told(imported(table)[0]) == []
    company = Company.objects.get(name="Mistral")
    assert (company.country.code, str(company.founded)) == ("FR", "2023-04")
    assert [former.name for former in company.former_names.all()] == ["A", "B"]
    imported(csv_file({"name": "Mistral", "former_names": ""}))
    assert company.former_names.count() == 0


def test_what_is_related_is_as_the_cell_says():
    imported(csv_file(ROW, {"id": "second", "title": "Second"}))
    imported(csv_file({"id": "second", "related": "meta-opens-it"}))
    assert record("second")["related"] == ["meta-opens-it"]
    imported(csv_file({"id": "second", "title": "2nd"}))
    assert record("second")["related"] == ["meta-opens-it"]
    imported(csv_file({"id": "second", "related": ""}))
    assert "related" not in record("second")


# Licenses in free text


@pytest.fixture
def licenses():
    for slug in (
        "apache-2.0",
        "apache-2.0-gpt-oss",
        "mit",
        "cc-by-4.0",
        "cc-by-nc-4.0",
        "gpl-3.0-only",
    ):
        make.license(slug)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("apache-2.0", "apache-2.0"),
        ("Apache 2.0", "apache-2.0"),
        ("The Apache License, Version 2.0", "apache-2.0"),
        ("APACHE_LICENSE v2.0", "apache-2.0"),
        ("MIT Licence", "mit"),
        ("cc by 4.0", "cc-by-4.0"),
        ("CC-BY-NC 4.0", "cc-by-nc-4.0"),
        ("gplv3", "gpl-3.0-only"),
        ("Apache", None),
        ("CC BY", None),
        ("Mystery License", None),
    ],
)
def test_a_license_is_known_by_any_of_its_names_or_asked_about(licenses, text, slug):
    assert LicenseNames().find(text) == slug


def test_likely_licenses_come_first(licenses):
    assert LicenseNames().candidates("Apache")[0].startswith("apache-2.0")
    assert LicenseNames().candidates("CC BY-NC 3.0")[0] == "cc-by-nc-4.0"


def test_no_license_of_the_vocabulary_is_taken_for_another():
    import_batch(read([]))
    call_command("load_vocabularies", stdout=io.StringIO())
    names = LicenseNames()
    for license in License.objects.all():
        assert names.find(license.name) == license.slug, plain(license.name)


RELEASE = {
    **ROW,
    "releases.1.name": "It",
    "releases.1.type": "model",
    "releases.1.license": "CC BY",
}


def test_an_unsure_license_is_asked_about_and_nothing_is_written(licenses):
    outcome, _ = imported(csv_file(RELEASE, RELEASE | {"id": "b"}))
    assert outcome.questions == {"CC BY": 2}
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    ("answer", "license", "note"),
    [
        ("cc-by-4.0", "cc-by-4.0", None),
        ("", None, None),
        ("*note", None, "License as given: CC BY"),
    ],
)
def test_the_answer_is_used_for_every_row(licenses, answer, license, note):
    imported(csv_file(RELEASE), answers={"CC BY": answer})
    release = record()["releases"][0]
    assert (release["license"], release.get("license_note")) == (license, note)


# Round trips


def as_file(suffix: str, records, schema):
    return text_file(b"".join(written(FORMATS[suffix], records, schema)), f"all.{suffix}")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "ndjson"])
def test_what_goes_out_comes_in_and_changes_nothing(suffix):
    call_command("load_vocabularies", stdout=io.StringIO())
    some = (DATA / "announcements.jsonl").read_text(encoding="utf-8").splitlines()[:12]
    for line in some:
        for name in json.loads(line)["companies"]:
            Company.objects.get_or_create(name=name, legal_name=name)
        for row in json.loads(line).get("initiatives", []):
            Company.objects.get_or_create(name=row["company"], legal_name=row["company"])
    for line in some:
        known = {**json.loads(line), "related": []}
        assert import_batch(read([("x", json.dumps(known))])).problems == []
    Announcement.objects.filter(slug=json.loads(some[0])["id"]).update(
        title="=1+1", note="'=x\r\n\ty"
    )
    companies = as_file(suffix, companies_of(Company.objects.all()), company_schema())
    everything = as_file(
        suffix, announcements_of(Announcement.objects.all()), announcement_schema()
    )
    outcome, _ = imported(companies, everything)
    assert told(outcome) == []
    assert outcome.counts == {"unchanged": 12 + Company.objects.count()}
    before = list(announcements_of(Announcement.objects.order_by("slug")))
    Announcement.objects.all().delete()
    imported(everything)
    assert list(announcements_of(Announcement.objects.order_by("slug"))) == before


# Undoing


def state_of_everything() -> tuple:
    return (
        list(announcements_of(Announcement.objects.order_by("slug"))),
        list(companies_of(Company.objects.order_by("name"))),
        list(
            Source.objects.order_by("canonical_url").values_list("canonical_url", "title", "kind")
        ),
        list(Initiative.objects.order_by("name").values_list("name", "description")),
    )


NEW = {
    **WHOLE,
    "id": "new",
    "initiatives.1.name": "Llama",
    "initiatives.1.kind": "library",
    "initiatives.1.company": "Meta",
}


def test_an_undone_import_leaves_everything_as_it_was():
    imported(csv_file({**WHOLE, "sources.1.title": "News"}))
    before = state_of_everything()
    changed = csv_file(
        {**NEW, "sources.1.title": "Better", "sources.2.url": "", "note": ""},
        {
            **NEW,
            "id": ROW["id"],
            "state": "draft",
            "sources.1.title": "Better",
            "sources.2.url": "https://example.org/2",
            "note": "N",
        },
    )
    companies = csv_file(
        {"name": "Meta", "description": "Changed."}, {"name": "xAI", "description": ""}
    )
    outcome, batch = imported(companies, changed)
    assert told(outcome) == []
    assert state_of_everything() != before
    undo(batch.pk)
    assert state_of_everything() == before


def test_an_import_is_undone_once():
    _, batch = imported(csv_file(ROW))
    undo(batch.pk)
    with pytest.raises(NotUndone, match="undone before"):
        undo(batch.pk)


def test_what_was_changed_since_is_named_and_nothing_is_undone():
    imported(csv_file(ROW))
    _, batch = imported(csv_file({**ROW, "title": "Other"}, {"id": "second", "title": "Second"}))
    Announcement.objects.filter(slug="second").update(note="By an editor.")
    with pytest.raises(NotUndone) as error:
        undo(batch.pk)
    assert error.value.names == ["Second"]
    assert record()["title"] == "Other"


def test_a_company_that_is_used_since_stays_and_is_told():
    _, batch = imported(csv_file({"name": "xAI", "country": "US"}))
    make.draft(company=Company.objects.get(name="xAI"), title="Uses it")
    with pytest.raises(NotUndone, match="added since") as error:
        undo(batch.pk)
    assert error.value.names == ["Uses it"]


# The command


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_announcements", *arguments, stdout=out, stderr=out)
    return out.getvalue().strip()


def written_to(path, file) -> str:
    path.write_bytes(file.open().read())
    return str(path)


def test_the_command_takes_tables_beside_json(tmp_path):
    companies = written_to(tmp_path / "c.csv", csv_file({"name": "xAI", "country": "US"}))
    table = written_to(tmp_path / "a.csv", csv_file({**WHOLE, "companies": "xAI"}))
    assert run(table, companies) == "2 created, 0 updated, 0 unchanged, 0 refused"
    assert ImportBatch.objects.get().created == 2


def test_the_command_leaves_a_new_row_to_editors(tmp_path):
    run(written_to(tmp_path / "a.csv", csv_file(ROW)))
    assert record()["state"] == "stub"


def test_the_command_asks_about_licenses_and_takes_the_answer(tmp_path, licenses, capsys):
    table = written_to(tmp_path / "a.csv", csv_file(RELEASE))
    with pytest.raises(CommandError, match="1 licenses to ask about"):
        call_command("import_announcements", table, "--drafts")
    assert "cc-by-4.0" in capsys.readouterr().err
    assert run(table, "--drafts", "--license", "CC BY=cc-by-4.0").startswith("1 created")
    with pytest.raises(CommandError, match="TEXT=SLUG"):
        run(table, "--license", "CC BY=nothing")


def questions_of(prefix: str, number: int) -> int:
    rows = [
        {
            **WHOLE,
            "id": f"{prefix}-{n}",
            "state": "draft",
            "sources.1.url": f"https://example.org/{prefix}-{n}",
        }
        for n in range(number)
    ]
    with CaptureQueriesContext(connection) as asked:
        imported(csv_file(*rows))
    return len(asked)


def test_many_new_rows_ask_the_database_hardly_more_than_few():
    assert questions_of("many", 150) <= questions_of("few", 15) + 15
