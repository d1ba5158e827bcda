"""Records in: checked whole, written whole, and the same file twice changes nothing."""

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from announcements.imports import Batch, import_batch, read
from announcements.mergers import merge, undo
from announcements.models import Announcement, Company, Promise, Source, Update
from announcements.records import announcement_record, company_record
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "https://example.org/news"
COMPANY = {
    "name": "Meta",
    "legal_name": "Meta Platforms, Inc.",
    "former_names": ["Facebook, Inc."],
    "country": "US",
}
RECORD: dict[str, Any] = {
    "id": "meta-opens-it",
    "title": "Meta opens it",
    "companies": ["Meta Platforms, Inc."],
    "announced_on": "2023-10",
    "kind": "model-release",
    "basis": "company-statement",
    "summary": "Meta says that it opens it.",
    "note": "Read this first.",
    "initiatives": [
        {"name": "Llama", "kind": "model-family", "company": "Facebook, Inc.", "url": ""}
    ],
    "promises": [
        {
            "title": "The weights",
            "parts": ["weights"],
            "license": "Apache 2.0",
            "due_from": "2024-01-01",
            "due_to": "2024-01-31",
            "due_words": "in January",
            "updates": [
                {"date": "2023-10", "status": "announced", "text": "Said.", "source": PAGE},
                {
                    "date": "2023-12-01",
                    "status": "delayed",
                    "text": "Later.",
                    "source": "http://www.example.org/news/?utm_source=x",
                    "due_from": "2024-03-01",
                    "due_to": "2024-03-31",
                },
                {
                    "date": "2024",
                    "status": "delivered",
                    "text": "Came.",
                    "source": "https://example.org/repo",
                },
            ],
        }
    ],
    "releases": [
        {
            "name": "It",
            "type": "model",
            "released_on": "2024-03",
            "url": "https://example.org/it",
            "license": "mit",
            "called": "open-source",
            "components": {
                "weights": {"state": "published", "license": "cc-by-nc-4.0"},
                "training_data": {
                    "state": "none",
                    "note": "Looked on its pages.",
                    "checked_on": "2024-04-01",
                },
            },
        }
    ],
    "concerns": [
        {
            "type": "misuse",
            "further_types": ["privacy"],
            "title": "Misuse",
            "text": "It may be misused.",
            "raised_by": "A critic",
            "raised_on": "",
            "source": PAGE,
            "status": "answered",
            "answer": "We test it.",
        }
    ],
    "benefits": [
        {"type": "transparency", "text": "One can see.", "claimed_by": "Meta", "source": PAGE}
    ],
    "sources": [
        {
            "url": PAGE,
            "title": "News",
            "publisher": "Example",
            "published_on": "2023-10",
            "kind": "press-named",
        },
        {
            "url": "https://example.org/repo",
            "title": "Repo",
            "publisher": "",
            "published_on": "",
            "kind": "repository",
        },
    ],
}


@pytest.fixture(autouse=True)
def _vocabularies() -> None:
    for slug in ("apache-2.0", "mit", "cc-by-nc-4.0"):
        make.license(slug)
    for slug in ("misuse", "privacy"):
        make.concern_type(slug)
    make.benefit_type("transparency")


def batch(*announcements: dict[str, Any], companies: list[dict[str, Any]] | None = None) -> Batch:
    return Batch([COMPANY] if companies is None else companies, list(announcements), [])


def changed(path: str, value: Any) -> dict[str, Any]:
    """The record with one value set, or taken out if it is ``...``."""
    record = copy.deepcopy(RECORD)
    *keys, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    place: Any = record
    for key in keys:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return record


def test_a_record_becomes_a_published_announcement_with_all_its_parts():
    assert import_batch(batch(RECORD)).created == ["Meta", "meta-opens-it"]
    announcement = Announcement.objects.published().get()
    promise, release = announcement.promises.get(), announcement.releases.get()
    assert announcement.company.name == "Meta"
    assert (promise.status, str(promise.due_latest), promise.days_late()) == (
        "delivered",
        "2024-03-31",
        0,
    )
    assert (release.level, release.label_gap) == ("restricted-weights", True)
    assert [citation.supports for citation in announcement.citations.all()] == [
        "announcement",
        "delivery",
    ]


def test_what_went_in_comes_out():
    import_batch(batch(RECORD))
    record = announcement_record(Announcement.objects.for_reading().get())
    expected = changed("promises.0.license", "apache-2.0")
    expected["initiatives"][0]["company"] = "Meta Platforms, Inc."
    expected["promises"][0]["updates"][1]["source"] = PAGE
    for source, supports in zip(expected["sources"], ("announcement", "delivery"), strict=True):
        source["supports"] = supports
    assert record == expected


def test_the_same_records_twice_change_nothing():
    import_batch(batch(RECORD))
    before = Announcement.objects.get().modified_at
    assert import_batch(batch(RECORD)).unchanged == ["Meta", "meta-opens-it"]
    assert Announcement.objects.get().modified_at == before


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "Another title"),
        ("announced_on", "2023-10-18"),
        ("companies", ["Meta", "Baidu"]),
        ("initiatives", []),
        ("promises.0.title", "The code"),
        ("promises.0.updates.2.text", "It came."),
        ("promises.0.due_to", "2024-02-01"),
        ("releases.0.components", {"inference_code": {"state": "published"}}),
        ("releases.0.license", None),
        ("concerns.0.status", "disputed"),
        ("concerns.0.further_types", []),
        ("benefits", []),
        ("sources.0.title", "Better title"),
    ],
)
def test_what_differs_is_changed_and_then_the_same(path, value):
    make.company("Baidu", legal_name="Baidu")
    import_batch(batch(RECORD))
    assert import_batch(batch(changed(path, value))).updated == ["meta-opens-it"]
    assert import_batch(batch(changed(path, value))).unchanged == ["Meta", "meta-opens-it"]


def test_a_change_keeps_the_rows_that_stay():
    import_batch(batch(RECORD))
    before = list(Update.objects.values_list("pk", flat=True))
    record = copy.deepcopy(RECORD)
    record["promises"][0]["updates"].append(
        {"date": "2025", "status": "withdrawn", "text": "Gone.", "source": PAGE}
    )
    import_batch(batch(record))
    assert list(Update.objects.values_list("pk", flat=True))[:3] == before
    assert Promise.objects.get().status == "withdrawn"


@pytest.mark.parametrize(
    ("path", "value", "field", "words"),
    [
        ("kind", "promise", "kind", "Allowed: intent, model-release"),
        ("title", ..., "record", "lacks title"),
        ("license", "mit", "record", "unknown keys: license"),
        ("id", "Meta Opens", "id", "pattern"),
        ("announced_on", "October 2023", "announced_on", "2023, 2023-10 or 2023-10-18"),
        ("announced_on", "2023-13", "announced_on", "not a day of the calendar"),
        ("companies", [], "companies", "non-empty"),
        ("companies", ["Metta"], "companies[0]", "no company of this name"),
        ("initiatives.0.company", "Nobody", "initiatives[0].company", "no company of this name"),
        ("promises.0.license", "Apache 3.0", "promises[0].license", "Allowed: apache-2.0"),
        ("promises.0.parts", ["soul"], "promises[0].parts[0]", "Allowed: weights"),
        ("promises.0.due_to", "2023-12-31", "promises[0].due_to", "the first not after the last"),
        ("promises.0.due_to", "2024-02-30", "promises[0].due_to", "not a day of the calendar"),
        ("promises.0.updates", [], "promises[0].updates", "at least one update"),
        ("promises.0.updates.0.status", "lapsed", "promises[0].updates[0].status", "cannot begin"),
        (
            "promises.0.updates.1.status",
            "unverifiable",
            "promises[0].updates[2].status",
            "cannot become",
        ),
        (
            "promises.0.updates.0.date",
            "2025",
            "promises[0].updates[1].date",
            "earlier than a step before",
        ),
        ("promises.0.updates.0.source", "", "promises[0].updates[0]", "search note"),
        (
            "promises.0.updates.0.source",
            "https://example.org/x",
            "source",
            "not among the record's sources",
        ),
        (
            "releases.0.type",
            "software",
            "releases[0].components",
            "Allowed: technical_report, source_code",
        ),
        (
            "releases.0.components.weights.state",
            "open",
            "state",
            "Allowed: unknown, none, limited, published",
        ),
        ("concerns.0.type", "fear", "concerns[0].type", "Allowed: misuse, privacy"),
        ("concerns.0.type", "privacy", "further_types", "another than the main one"),
        ("concerns.0.type", None, "concerns[0].note", "why no type fits"),
        ("benefits.0.type", "wealth", "benefits[0].type", "Allowed: transparency"),
        ("sources.0.url", "ftp://example.org", "sources[0].url", "begins with https://"),
        ("sources.1.url", "https://www.example.org/news/", "sources", "listed 2 times"),
        ("sources", [], "sources", "non-empty"),
        ("related", ["nobody"], "related", "no announcement of this id"),
        ("kind", "software-release", "record", "software release needs at least one release"),
    ],
)
def test_a_record_that_cannot_be_keeps_everything_out(path, value, field, words):
    result = import_batch(batch(changed(path, value)))
    told = [str(problem) for problem in result.problems]
    assert any(field in problem and words in problem for problem in told), told
    assert not Company.objects.exists()
    assert not Source.objects.exists()


def test_one_page_described_in_two_ways_is_refused():
    other = {**changed("sources.0.title", "Other"), "id": "other"}
    result = import_batch(batch(RECORD, other))
    assert "record meta-opens-it says “News”" in str(result.problems[0])


def test_an_id_that_comes_twice_is_refused():
    assert "comes 2 times" in str(import_batch(batch(RECORD, RECORD)).problems[0])


def test_a_company_without_legal_name_is_found_by_its_name_and_its_country_by_its_name():
    company = {"name": "StepFun", "legal_name": "", "country": "China"}
    import_batch(batch({**RECORD, "companies": ["StepFun"]}, companies=[COMPANY, company]))
    assert Announcement.objects.get().company.country.code == "CN"
    assert announcement_record(Announcement.objects.get())["companies"] == ["StepFun"]


def test_a_country_that_is_none_is_refused():
    problems = import_batch(batch(companies=[{**COMPANY, "country": "Chyna"}])).problems
    assert "Allowed: China" in str(problems[0])


def test_promises_point_to_each_other_across_records():
    first = {**changed("promises.0.superseded_by", "second#1"), "related": ["second"]}
    second = {**RECORD, "id": "second"}
    assert import_batch(batch(first, second)).problems == []
    promise = Promise.objects.get(announcement__slug="meta-opens-it")
    assert promise.superseded_by.announcement.slug == "second"
    assert import_batch(batch(first, second)).unchanged == ["Meta", "meta-opens-it", "second"]


def test_an_announcement_taken_back_to_draft_stays_one():
    import_batch(batch(RECORD))
    Announcement.objects.get().unpublish()
    import_batch(batch(changed("title", "New title")))
    assert [row.title for row in Announcement.objects.drafts()] == ["New title"]


def test_an_update_that_readers_could_not_be_shown_is_refused():
    import_batch(batch(RECORD))
    result = import_batch(batch(changed("releases", [])))
    assert "model release needs" in str(result.problems[0])
    assert Announcement.objects.get().releases.count() == 1


def test_json_ndjson_and_a_byte_order_mark_are_read_alike():
    lines = "\n".join(json.dumps(row) for row in (COMPANY, RECORD))
    for text in (lines, json.dumps([COMPANY, RECORD], indent=2), "\ufeff" + lines):
        records = read([("file", text)])
        assert (records.companies, records.announcements, records.problems) == (
            [COMPANY],
            [RECORD],
            [],
        )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1"),
        ('{"id": "a"}\nnonsense', "line 2"),
        ("[1]", "not a record"),
        ('"text"', "not a record"),
        ("{}", "not a record"),
        ("[[]]", "not a record"),
    ],
)
def test_what_is_no_record_is_named_by_its_place(text, words):
    assert words in str(read([("file", text)]).problems[0])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "records.ndjson"
    path.write_text(json.dumps(COMPANY) + "\n" + json.dumps(RECORD), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_announcements", *arguments, stdout=out, stderr=out)
    return out.getvalue().strip()


def test_the_command_counts_what_it_did(file):
    assert run(file) == "2 created, 0 updated, 0 unchanged, 0 refused"
    assert run(file) == "0 created, 0 updated, 2 unchanged, 0 refused"


def test_a_dry_run_says_what_it_would_do_and_does_nothing(file):
    assert "2 created" in run(file, "--dry-run")
    assert not Company.objects.exists()


def test_new_announcements_can_be_left_as_drafts(file):
    run(file, "--drafts")
    assert Announcement.objects.drafts().count() == 1


def test_standard_input_is_read(file, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(Path(file).read_text(encoding="utf-8")))
    assert run("-").startswith("2 created")


def test_the_command_names_what_it_refuses(tmp_path, capsys):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps([COMPANY, changed("kind", "promise")]), encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was written: .* 1 refused"):
        call_command("import_announcements", str(path))
    assert 'meta-opens-it: kind is "promise"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"), [(None, "cannot be read"), (b"\xff\xfe\x00", "not UTF-8")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, words):
    path = tmp_path / "file.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_announcements", str(path))


def bring(*companies):
    return import_batch(Batch(list(companies), [], []))


def test_the_times_of_former_names_come_and_go_with_a_record():
    used = {"Facebook, Inc.": {"used_until": "2021-10"}}
    assert bring({**COMPANY, "former_names_used": used}).created
    company = Company.objects.get()
    assert company_record(company)["former_names_used"] == used
    assert bring(company_record(company)).unchanged == ["Meta"]
    assert bring({**COMPANY, "former_names_used": {}}).updated
    assert company.former_names.get().used_until is None


def test_a_record_that_says_nothing_of_times_leaves_them():
    bring(COMPANY)
    Company.objects.get().former_names.update(used_until="2021")
    assert bring(COMPANY).unchanged == ["Meta"]
    assert bring({**COMPANY, "description": "New."}).updated
    assert str(Company.objects.get().former_names.get().used_until) == "2021"


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ({"used_until": "2021-02-30"}, "not a day of the calendar"),
        ({"used_until": "soon"}, "Write a year, a month or a day"),
        ({"used_from": "2022", "used_until": "2021"}, "ends before it begins"),
        ({"until": "2021"}, "until"),
    ],
)
def test_times_that_cannot_be_are_refused(time, words):
    record = {**COMPANY, "former_names_used": {"Facebook, Inc.": time}}
    result = bring(record)
    assert any(words in str(problem) for problem in result.problems)
    assert not Company.objects.exists()


def test_a_record_of_a_company_that_was_merged_makes_it_not_anew():
    other = {**COMPANY, "name": "Facebook", "legal_name": "Facebook Ltd.", "former_names": []}
    bring(COMPANY, other)
    meta, facebook = Company.objects.get(name="Meta"), Company.objects.get(name="Facebook")
    merger = merge(facebook, meta, {})
    record = {**RECORD, "companies": ["Facebook Ltd."]}
    result = import_batch(Batch([COMPANY, other], [record], []))
    assert (result.problems, result.created) == ([], [RECORD["id"]])
    assert "Facebook" in result.unchanged
    assert Announcement.objects.get().company == meta
    assert Company.objects.count() == 1
    Announcement.objects.all().delete()
    assert bring(COMPANY).unchanged == ["Meta"]
    undo(merger)
    assert import_batch(Batch([other], [], [])).unchanged == ["Facebook"]


def test_a_record_that_cites_a_page_that_was_merged_cites_the_kept_one():
    bring(COMPANY)
    kept = make.source("https://example.org/kept", title="Kept")
    merge(make.source(PAGE, title="Gone"), kept, {})
    for _ in range(2):
        result = import_batch(Batch([], [RECORD], []))
        assert result.problems == []
    citations = Announcement.objects.get().citations.all()
    assert kept in [citation.source for citation in citations]
    kept.refresh_from_db()
    assert kept.title == "Kept"
    assert not Source.objects.filter(canonical_url=PAGE).exists()
