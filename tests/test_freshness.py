"""Copies of answers: kept by anyone, asked for again each time, never stale, and cheap when they hold."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements import freshness
from announcements.models.version import Change, DataVersion
from tests import make
from tests.surfaces import FORMS, PUBLIC_ADDRESSES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

KEPT = [address for address in PUBLIC_ADDRESSES if address not in {*FORMS, "/suggest/thanks/"}]
everywhere = pytest.mark.parametrize("address", KEPT)


@everywhere
def test_a_shared_cache_may_keep_it_if_it_asks_each_time(client, address):
    answer = client.get(address)

    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer["ETag"].startswith("W/")
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies


@everywhere
def test_a_copy_that_holds_is_answered_304_without_touching_the_rows(client, address):
    tag = client.get(address)["ETag"]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert (answer["ETag"], answer["Cache-Control"]) == (tag, "public, no-cache")
    assert len(queries) == 1
    assert DataVersion._meta.db_table in queries[0]["sql"]


@everywhere
def test_a_condition_on_a_day_that_no_answer_tells_is_passed_over(client, address):
    headers = {"If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"}

    assert client.get(address, headers=headers).status_code == 200


@everywhere
def test_a_copy_is_old_once_anything_was_written(client, address, filled):
    before = client.get(address)

    filled.note = "Changed since."
    filled.save()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


@everywhere
def test_a_copy_is_old_on_another_day_and_after_another_program(client, monkeypatch, address):
    tag = client.get(address)["ETag"]
    with monkeypatch.context() as patch:
        patch.setattr("django.utils.timezone.localdate", lambda *_: date(2031, 1, 1))
        assert client.get(address)["ETag"] != tag
    with monkeypatch.context() as patch:
        patch.setattr(freshness, "_program", lambda: "another")
        assert client.get(address)["ETag"] != tag

    assert client.get(address)["ETag"] == tag


def test_another_address_and_another_host_have_another_tag(client):
    addresses = ["/announcements/", "/announcements/?company=acme", "/companies/"]
    tags = {client.get(address)["ETag"] for address in addresses}
    tags.add(client.get("/companies/", headers={"Host": "127.0.0.1"})["ETag"])

    assert len(tags) == 4


def test_a_part_for_a_script_and_the_whole_page_are_not_taken_for_each_other(client):
    whole = client.get("/announcements/")
    part = client.get("/announcements/", headers={"HX-Request": "true"})

    assert whole["ETag"] != part["ETag"]
    assert "HX-Request" in whole["Vary"]


@pytest.mark.parametrize("address", FORMS)
def test_a_form_is_nobody_elses(client, address):
    assert "public" not in client.get(address).get("Cache-Control", "")


def test_an_error_is_not_kept_under_the_tag_of_the_data(client, rf):
    address = "/announcements/?company=nobody"
    answer = client.get(address)

    assert answer.status_code == 400
    assert answer["ETag"] != freshness.entity_tag(rf.get(address, headers={"Host": "testserver"}))


def test_before_anything_was_written_there_is_no_tag_of_the_data(client, rf):
    request = rf.get("/about/", headers={"Host": "localhost"})
    Change.objects.all().delete()
    DataVersion.objects.all().delete()
    assert freshness.entity_tag(request) is None
    assert client.get("/about/").status_code == 200

    make.company()
    assert freshness.entity_tag(request)
