"""The whole data as files that lie ready, its tables, and the way of records out of one tracker into another."""

import io
import json
import re
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st

from announcements.exports.downloads import KINDS, latest
from announcements.exports.package import packed
from announcements.exports.views_in_sql import VIEWS
from announcements.imports import seed_article, seed_starters
from announcements.models import Announcement, Company, Initiative, Source
from announcements.models.keys import among
from announcements.models.one_state import one_state
from announcements.records.tables import FORMAT_VERSION, TABLES
from tests import make, surfaces
from tests.at_once import at_once
from tests.documents import read
from tests.surfaces import SECRET, body
from tests.test_docs import first_cells

pytestmark = pytest.mark.django_db
every_file = pytest.mark.parametrize("name", KINDS)


def write(*options: str) -> str:
    out = io.StringIO()
    call_command("write_downloads", *options, stdout=out)
    return out.getvalue()


def lying_ready(name: str) -> Path:
    file = latest().named(name)
    return file.path


def content() -> dict[str, bytes]:
    return {name: lying_ready(name).read_bytes() for name in KINDS}


def database() -> sqlite3.Connection:
    return sqlite3.connect(f"file:{lying_ready('tracker.sqlite3')}?mode=ro", uri=True)


def validated(path: Path | str) -> list[list[str]]:
    """What a validator from elsewhere has against a package: type and words of each error."""
    report = frictionless.Package(str(path)).validate()
    assert report.stats["tasks"] == len(TABLES)
    assert not [task.warnings for task in report.tasks if task.warnings]
    return report.flatten(["type", "note"])


# Files


def test_they_are_written_once_for_each_state_of_the_data():
    surfaces.fill()
    first = write()
    before = content()

    assert [line.split(":")[0] for line in first.splitlines()] == list(KINDS)
    assert "nothing was written" in write()
    make.published()
    write()
    assert content()["announcements.ndjson"] != before["announcements.ndjson"]


def test_the_same_data_gives_the_same_bytes():
    surfaces.fill()
    write()
    before = content()
    write("--anew")

    assert content() == before


def test_what_is_of_no_set_any_more_is_removed_and_the_last_set_but_one_is_not():
    for _ in range(3):
        make.published()
        write()
    names = sorted(path.name for path in Path(site.DOWNLOADS_DIR).iterdir())

    assert len([name for name in names if name.endswith("announcements.ndjson")]) == 2
    assert len([name for name in names if name.startswith(".")]) == 0


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    site.DOWNLOADS_DIR.write_text("a file where a folder should be")

    with pytest.raises(CommandError, match="DOWNLOADS_DIR"):
        write()


@every_file
def test_a_file_is_served_under_its_checksum(client, name):
    surfaces.fill()
    write()
    answer = client.get(f"/data/downloads/{name}")
    served = body(answer)
    digest = sha256(served).hexdigest()

    assert answer["ETag"] == f'"{digest}"'
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Content-Length"] == str(len(served))
    assert answer["Content-Type"] == KINDS[name].media_type
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    headers = {"If-None-Match": answer["ETag"]}
    assert client.get(f"/data/downloads/{name}", headers=headers).status_code == 304
    head = client.head(f"/data/downloads/{name}")
    assert (head.status_code, head["Content-Length"]) == (200, str(len(served)))
    assert client.post(f"/data/downloads/{name}").status_code == 405


def test_a_file_that_was_not_written_yet_says_what_serves_instead(client):
    answer = client.get("/data/downloads/tracker.zip")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "/announcements.zip" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["latest.json", "..%2Fsecret-key", "x", "%00", "tracker.zip%2F.."])
def test_nothing_else_of_the_folder_is_served(client, name):
    surfaces.fill()
    write()

    assert client.get(f"/data/downloads/{name}").status_code in (400, 404)


def test_whoever_asks_while_the_next_set_is_put_in_place_gets_a_whole_file(client):
    make.published()
    write()
    answer = client.get("/data/downloads/announcements.ndjson")
    for _ in range(2):
        make.published()
        write()

    assert f'"{sha256(body(answer)).hexdigest()}"' == answer["ETag"]


def test_the_page_shows_size_checksum_and_date_and_whether_the_data_changed_since(client):
    assert "No files of everything were written" in read(client, "/data/").words("main")
    surfaces.fill()
    before = client.get("/data/")["ETag"]
    write()
    page = client.get("/data/")

    assert page["ETag"] != before
    assert client.get("/data/", headers={"If-None-Match": page["ETag"]}).status_code == 304
    for file in latest().files:
        assert file.sha256 in page.text
        assert f"/data/downloads/{file.name}" in page.text
    assert "which is how it stands now" in page.text
    assert f"{now():%B %Y}" in page.text
    make.company()
    assert "it was changed since" in client.get("/data/").text


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"files": [{"name": "x"}]}'])
def test_a_list_of_files_that_cannot_be_read_counts_as_none(client, told):
    site.DOWNLOADS_DIR.mkdir()
    (site.DOWNLOADS_DIR / "latest.json").write_text(told)

    assert client.get("/data/").status_code == 200
    assert client.get("/data/downloads/tracker.zip").status_code == 404


def test_a_draft_and_its_parts_are_in_none_of_them():
    surfaces.fill()
    write()
    with closing(database()) as rows:
        dumped = "\n".join(rows.iterdump())
    package = frictionless.Package(str(lying_ready("tracker.zip")))
    cells = json.dumps(
        [list(map(str, row.cells)) for r in package.resources for row in r.read_rows()]
    )

    assert SECRET not in dumped
    assert SECRET not in cells
    assert SECRET.encode() not in b"".join(content().values())


# Tables


def test_a_package_of_everything_is_valid_with_its_keys():
    announcement = surfaces.fill()
    surfaces.grow(announcement, times=1)
    write()

    assert validated(lying_ready("tracker.zip")) == []


def test_a_package_of_any_selection_is_valid_with_its_keys(tmp_path):
    announcement = surfaces.fill()
    surfaces.grow(announcement, times=1)
    keys = list(Announcement.objects.published().values_list("pk", flat=True))
    for some in ([], keys[:1], keys[1:]):
        path = tmp_path / "some.zip"
        path.write_bytes(b"".join(packed(some)))
        assert validated(path) == []


def test_a_reference_that_leads_nowhere_is_found_by_the_validator(tmp_path, monkeypatch):
    surfaces.fill()
    monkeypatch.setattr("announcements.exports.relational.Relational._companies", lambda _: [])
    path = tmp_path / "bad.zip"
    path.write_bytes(b"".join(packed([Announcement.objects.published()[0].pk])))

    assert {kind for kind, _ in validated(path)} == {"foreign-key"}


def test_a_package_names_its_license_version_and_the_meaning_of_each_column():
    surfaces.fill()
    write()
    package = frictionless.Package(str(lying_ready("tracker.zip"))).to_descriptor()

    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["version"] == FORMAT_VERSION
    for resource in package["resources"]:
        assert resource["schema"]["primaryKey"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_database_keeps_its_references_and_its_views_answer():
    announcement = surfaces.fill()
    surfaces.grow(announcement, times=1)
    write()
    with closing(database()) as rows:
        assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
        assert rows.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for view in VIEWS:
            assert pd.read_sql(f'SELECT * FROM "{view}"', rows).size, view  # noqa: S608


def test_the_database_counts_what_the_tracker_counts():
    announcement = surfaces.fill()
    surfaces.grow(announcement, times=1)
    write()
    kept = Announcement.objects.published()
    overdue = {promise.title for row in kept for promise in row.promises.overdue()}
    gaps = {release.name for row in kept for release in row.releases.all() if release.label_gap}
    with closing(database()) as rows:
        assert rows.execute("SELECT count(*) FROM announcements").fetchone() == (kept.count(),)
        assert {row[0] for row in rows.execute("SELECT title FROM promises_overdue")} == overdue
        assert {row[0] for row in rows.execute("SELECT name FROM label_gaps")} == gaps
        told = dict(rows.execute("SELECT name, value FROM metadata").fetchall())
    assert gaps
    assert (told["license"], told["format_version"]) == ("CC-BY-4.0", FORMAT_VERSION)


def test_the_database_opens_as_tables_in_a_notebook():
    surfaces.fill()
    write()
    with closing(database()) as rows:
        table = pd.read_sql("SELECT * FROM announcements_with_counts ORDER BY id", rows)

    assert table.set_index("id").loc["public", "promises"] == 5


def test_a_promise_is_known_by_its_announcement_and_its_number():
    announcement = surfaces.fill()
    hidden = Announcement.objects.get(slug="draft")
    other = make.promise(make.published(title="Other"), renews=announcement.promises.all()[2])
    write()
    with closing(database()) as rows:
        found = dict(rows.execute("SELECT id, renews FROM promises").fetchall())

    assert found[f"{other.announcement.slug}#1"] == "public#3"
    assert hidden.promises.exists()
    assert not [key for key in found if key.startswith("draft")]
    assert found["public#3"] is None


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_documented_column_by_column(table):
    text = Path("docs/format.md").read_text(encoding="utf-8")
    section = text.split(f"### {table.name}\n", 1)[1].split("\n## ")[0].split("\n### ")[0]

    assert re.findall(r"^\| `([^`]+)`", section, re.MULTILINE) == table.names
    for field in table.fields:
        assert field.words in section


def test_every_view_and_every_version_of_the_format_is_documented():
    assert first_cells("docs/format.md", "Views") == list(VIEWS)
    assert first_cells("docs/format.md", "Changes")[0] == FORMAT_VERSION


@settings(max_examples=10)
@given(st.lists(st.integers(1, 2**62), max_size=2000))
def test_many_keys_are_one_parameter(keys):
    key = make.company().pk if not Company.objects.exists() else Company.objects.all()[0].pk
    found = Company.objects.filter(pk__in=among([*keys, key]))

    assert key in set(found.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_what_is_read_within_one_state_does_not_see_what_is_written_meanwhile():
    make.company("Acme")
    with one_state(), one_state():
        seen = Company.objects.count()
        at_once(lambda: make.company("Bolt"))
        assert Company.objects.count() == seen
    assert Company.objects.count() == seen + 1


# Out of one tracker, into another


def emptied() -> None:
    for model in (Announcement, Initiative, Source, Company):
        model.objects.all().delete()


def brought_in(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Into an empty tracker, by the command, from files as they were downloaded."""
    paths = []
    for name in ("companies.ndjson", "announcements.ndjson"):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(files[name])
    call_command("import_announcements", *map(str, paths), stdout=io.StringIO())


def test_the_starter_data_goes_out_comes_in_and_goes_out_the_same(tmp_path):
    seed_starters()
    seed_article()
    write()
    before = content()
    emptied()
    brought_in(tmp_path, before)
    write()
    after = content()

    assert before["announcements.ndjson"].count(b"\n") == 141
    for name in ("announcements.ndjson", "companies.ndjson"):
        assert after[name] == before[name]


def test_a_record_with_all_that_it_can_hold_does_so_too(tmp_path):
    announcement = surfaces.fill()
    surfaces.grow(announcement, times=1)
    for row in Announcement.objects.published():
        cite_all(row)
    write()
    before = content()
    emptied()
    brought_in(tmp_path, before)
    write()

    assert content()["announcements.ndjson"] == before["announcements.ndjson"]
    assert content()["companies.ndjson"] == before["companies.ndjson"]


def cite_all(announcement: Announcement) -> None:
    """Have it cite every page that it names, as the forms of the admin and imports ask."""
    named = Source.objects.filter(
        Q(concerns__announcement=announcement)
        | Q(answers__announcement=announcement)
        | Q(benefits__announcement=announcement)
        | Q(updates__promise__announcement=announcement)
    ).exclude(citations__announcement=announcement)
    for place, source in enumerate(named.distinct().order_by("url"), 10):
        announcement.citations.create(source=source, position=place)
