"""Who asks too often has to wait, scripts of any site may read, and a copy that holds costs nothing."""

import pytest

from tests import make
from tests.test_api import ROOT, get

pytestmark = pytest.mark.django_db


@pytest.fixture
def _two_a_minute(settings):
    settings.API_REQUESTS_PER_MINUTE = 2


@pytest.mark.usefixtures("_two_a_minute")
def test_who_asks_too_often_has_to_wait(client):
    answers = [client.get(ROOT) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0]["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert [answer["RateLimit"].partition(";t=")[0] for answer in answers] == [
        '"minute";r=1',
        '"minute";r=0',
        '"minute";r=0',
    ]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["status"] == 429
    assert client.get(ROOT, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.usefixtures("_two_a_minute")
def test_nobody_gets_more_by_making_up_addresses(client):
    answers = [
        client.get(ROOT, headers={"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(3)
    ]

    assert answers[-1].status_code == 429


@pytest.mark.usefixtures("_two_a_minute")
def test_a_copy_that_holds_is_not_counted(client):
    make.published()
    tag = client.get(ROOT)["ETag"]

    assert {client.get(ROOT, headers={"If-None-Match": tag}).status_code for _ in range(5)} == {304}
    assert client.get(ROOT).status_code == 200


def test_without_a_limit_nothing_is_counted(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0

    assert "RateLimit" not in client.get(ROOT)


@pytest.mark.parametrize(
    "address",
    [
        ROOT,
        f"{ROOT}schema/",
        f"{ROOT}nothing/",
        "/data/record.schema.json",
        "/oembed/",
        "/x/badge.svg",
    ],
)
def test_scripts_of_any_site_may_read(client, address):
    make.published()
    answer = client.get(address, headers={"Origin": "https://example.org"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "RateLimit"} <= set(answer["Access-Control-Expose-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("address", ["/", "/announcements/", "/admin/login/"])
def test_pages_are_for_people(client, address):
    assert "Access-Control-Allow-Origin" not in client.get(address)


def test_a_script_may_send_headers_of_its_own(client):
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = client.options(f"{ROOT}companies/", headers=asked)

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "*"


def test_options_say_what_may_be_done(client):
    answer = client.options(f"{ROOT}companies/")

    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_a_copy_of_a_304_may_be_read_elsewhere_too(client):
    make.published()
    tag = client.get(ROOT)["ETag"]

    assert client.get(ROOT, headers={"If-None-Match": tag})["Access-Control-Allow-Origin"] == "*"


def test_it_has_no_session(client):
    make.published()

    assert not client.get(ROOT).cookies
    assert get(client, ROOT)["version"]
