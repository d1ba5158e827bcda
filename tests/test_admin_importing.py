"""Import and export in the admin: looked at before it is done, done whole, undone with one click."""

import csv
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from announcements.forms import importing
from announcements.imports import batches
from announcements.models import Announcement, ImportBatch
from tests import make
from tests.editing import log_in

ADD = "/admin/announcements/importbatch/add/"
LIST = "/admin/announcements/announcement/"
TABLE = "id,title,kind\nfirst,First,program\nsecond,=1+1,intent\n"


@pytest.fixture
def editing(client, db):
    log_in(client)
    return client


def give(client, content: str | bytes = TABLE, name: str = "table.csv"):
    """Give a file, and follow to the page that shows what it would do."""
    raw = content.encode() if isinstance(content, str) else content
    return client.post(ADD, {"file": SimpleUploadedFile(name, raw)}, follow=True)


def press(client, button: str, **more: str):
    page = reverse("admin:announcements_importbatch_change", args=[ImportBatch.objects.first().pk])
    return client.post(page, {button: "1", **more}, follow=True)


def words_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_a_file_is_shown_before_it_is_imported_and_undone_with_one_click(editing):
    shown = give(editing).content.decode()
    assert "2 new, 0 changed" in shown
    assert "New announcement: First" in shown
    assert not Announcement.objects.exists()

    assert "Imported: 2 new" in words_of(press(editing, "_apply"))
    assert {row.created_by.username for row in Announcement.objects.drafts()} == {"editor"}

    assert "Undone: 2 removed" in words_of(press(editing, "_undo"))
    assert not Announcement.objects.exists()


def test_before_and_after_stand_side_by_side(editing):
    make.draft(slug="first", title="Was", kind="program")
    shown = give(editing).content.decode()
    assert "<del>Was</del>" in shown
    assert "<ins>First</ins>" in shown


def test_errors_stand_by_row_and_column_with_what_is_allowed_and_nothing_can_be_imported(editing):
    shown = give(editing, TABLE.replace("intent", "party")).content.decode()
    for cell in ("<td>3</td>", "<td>kind</td>", "party", "governance-change"):
        assert cell in shown
    assert 'name="_apply"' not in shown
    press(editing, "_apply")
    assert not Announcement.objects.exists()


def test_what_was_changed_since_it_was_shown_is_shown_again(editing):
    row = make.draft(slug="first", title="Was", kind="program")
    give(editing)
    Announcement.objects.filter(pk=row.pk).update(title="Changed meanwhile")
    assert "no longer as they were shown" in words_of(press(editing, "_apply"))
    assert Announcement.objects.get().title == "Changed meanwhile"
    assert "Imported" in words_of(press(editing, "_apply"))


def test_nothing_is_imported_twice(editing):
    give(editing)
    press(editing, "_apply")
    assert "already" in words_of(press(editing, "_apply"))
    assert Announcement.objects.count() == 2


def test_what_somebody_changed_since_is_named_and_nothing_is_undone(editing):
    give(editing)
    press(editing, "_apply")
    Announcement.objects.filter(slug="first").update(note="Mine.")
    assert "changed since the import. First" in words_of(press(editing, "_undo"))
    assert Announcement.objects.count() == 2


RELEASE = "id,title,releases.1.name,releases.1.type,releases.1.license\na,A,It,model,{}\n"


def test_an_unsure_license_is_asked_about_once_and_the_answer_used(editing):
    make.license("cc-by-4.0")
    shown = give(editing, RELEASE.format("CC BY")).content.decode()
    assert "“CC BY” (once)" in shown
    assert 'name="_apply"' not in shown

    assert "look once more" in words_of(press(editing, "_apply", **{"license-0": "cc-by-4.0"}))
    press(editing, "_apply")
    assert Announcement.objects.get().releases.get().license.slug == "cc-by-4.0"


def test_licenses_can_be_asked_about_again(editing):
    make.license("cc-by-4.0")
    give(editing, RELEASE.format("CC BY"))
    press(editing, "_check", **{"license-0": "-"})
    assert "left empty" in press(editing, "_check").content.decode()
    assert "“CC BY” (once)" in press(editing, "_ask_again").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.csv", b"", "The file is empty"),
        ("x.csv", b"id,title\n\xff", "not UTF-8"),
        ("x.csv", b"id,title\na,\x00", "NUL"),
        ("x.csv", b"nonsense", "There is no column"),
        ("x.csv", b"id,title\n", "nothing to import"),
        ("x.xlsx", b"PK\x03\x04", "not a workbook"),
        ("x.json", b"[[[", "not JSON"),
        ("x.json", b'{"id": {"a": 1}, "title": ["\\u0000\\ud800"], "sources": "x"}', "type"),
        ("x.json", b'[1, null, "\\u0000", {"name": 5}, {"name": [1]}]', "Not a record"),
        ("x.png", b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        ("x", bytes(range(256)), "not UTF-8"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(editing, name, content, words):
    response = give(editing, content, name)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_a_file_that_is_too_large_is_sent_to_the_command_line(editing, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST", 10)
    assert "manage.py import_announcements table.csv" in give(editing).content.decode()
    monkeypatch.setattr(importing, "LARGEST", 1000)
    monkeypatch.setattr(batches, "MOST_RECORDS", 2)
    assert "more than 2 records" in give(editing, TABLE + "third,Third,program\n").content.decode()


def test_what_is_checked_can_be_discarded_and_what_was_imported_cannot(editing):
    give(editing)
    batch = ImportBatch.objects.get()
    delete = reverse("admin:announcements_importbatch_delete", args=[batch.pk])
    assert editing.get(delete).status_code == 200
    press(editing, "_apply")
    assert editing.get(delete).status_code == 403


def test_every_imported_record_says_so_in_its_history(editing):
    give(editing)
    press(editing, "_apply")
    entries = LogEntry.objects.filter(content_type__model="announcement")
    assert {entry.change_message for entry in entries} == {"Imported from table.csv."}
    assert entries.count() == 2


def test_a_long_import_is_shown_a_page_at_a_time(editing):
    rows = "".join(f"a-{n},Announcement {n}\n" for n in range(30))
    first = give(editing, f"id,title\n{rows}").content.decode()
    assert "Page 1 of 2" in first
    page = reverse("admin:announcements_importbatch_change", args=[ImportBatch.objects.get().pk])
    assert "Announcement 29" in editing.get(page, {"page": "2"}).content.decode()
    assert editing.get(page, {"page": "x"}).status_code == 200


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999"])
def test_an_import_that_is_not_there_is_not_found(editing, key):
    assert editing.get(f"/admin/announcements/importbatch/{key}/change/").status_code == 404


# Who may


@pytest.fixture
def viewer(client, db):
    user = User.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    return client


def test_who_may_only_look_can_export_and_not_import(viewer):
    make.draft()
    batch = batches.begin("table.csv", TABLE.encode(), None)
    page = reverse("admin:announcements_importbatch_change", args=[batch.pk])
    assert viewer.get(ADD).status_code == 403
    assert give(viewer).status_code == 403
    assert viewer.get(page).status_code == 200
    assert viewer.post(page, {"_apply": "1"}).status_code == 403
    assert viewer.get(f"{LIST}export/").status_code == 200
    assert f'href="{LIST}import/"' not in viewer.get(LIST).content.decode()


@pytest.mark.django_db
def test_who_may_not_look_exports_nothing(client):
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    for noun in ("announcement", "company"):
        assert client.get(f"/admin/announcements/{noun}/export/").status_code == 403
        assert (
            client.post(f"/admin/announcements/{noun}/export/", {"format": "0"}).status_code == 403
        )


# Out


def export(client, noun: str = "announcement", query: str = "", **more):
    chosen = {f"{noun}records_{key}": "on" for key in more.pop("keys", ["id", "title", "sources"])}
    if noun == "company":
        chosen = {"companyrecords_name": "on", "companyrecords_former_names": "on"}
    address = f"/admin/announcements/{noun}/export/{query}"
    return client.post(address, {"resource": "0", "format": "0", **chosen, **more})


def table_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, "")))


def test_the_list_is_exported_as_it_is_filtered_with_what_was_chosen(editing):
    make.draft(title="=1+1", kind="program")
    make.published(title="Another", kind="intent")
    response = export(editing, query="?kind__exact=program")
    header, *rows = table_of(response)
    assert header[:3] == ["id", "title", "sources.1.url"]
    assert [row[1] for row in rows] == ["'=1+1"]
    assert response["Content-Disposition"].startswith('attachment; filename="announcements-')


def test_selected_rows_are_exported(editing):
    one, _ = make.draft(title="One"), make.draft(title="Other")
    page = editing.post(LIST, {"action": "export_admin_action", "_selected_action": [str(one.pk)]})
    assert "1 selected announcements" in page.content.decode()
    rows = table_of(export(editing, export_items=[str(one.pk)]))
    assert [row[1] for row in rows[1:]] == ["One"]


def test_companies_are_exported_too(editing):
    make.company("Meta").former_names.create(name="Facebook; Inc.")
    assert table_of(export(editing, "company")) == [
        ["name", "former_names"],
        ["Meta", '"Facebook; Inc."'],
    ]


def test_a_file_of_every_format_is_given(editing):
    make.draft()
    for number, media_type in enumerate(
        ("text/csv", "application/vnd", "application/json", "application/x-nd")
    ):
        response = export(editing, format=str(number))
        assert response["Content-Type"].startswith(media_type)
        assert b"".join(response.streaming_content)


def test_a_text_that_no_spreadsheet_holds_is_told_before_the_file_begins(editing):
    make.draft(summary="x" * 40_000)
    response = export(editing, format="1", keys=["summary"])
    assert "CSV or JSON" in words_of(response)


@pytest.mark.parametrize("query", ["?kind__exact=%00", "?nothing=1", "?first_day__gte=x", "?q=%00"])
def test_a_filter_that_makes_no_sense_is_no_fault(editing, query):
    assert editing.get(f"{LIST}export/{query}", follow=True).status_code in (200, 400)


def test_an_export_asks_as_often_for_many_as_for_few(editing, django_assert_num_queries):
    for _ in range(2):
        make.published(kind="intent", partners=[make.company()])
    table_of(export(editing))
    with CaptureQueriesContext(connection) as few:
        table_of(export(editing))
    for _ in range(10):
        make.published(kind="intent", partners=[make.company()])
    with django_assert_num_queries(len(few)):
        table_of(export(editing))
