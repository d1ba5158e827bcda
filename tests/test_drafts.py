"""What only a draft knows is not told to readers either."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db

HINTS = ["/companies/", "/initiatives/", "/announcements/", "/calendar/", "/data/", "/"]


@pytest.fixture
def secret():
    company = make.company("Secret", country="IS")
    partner = make.company("Accomplice")
    initiative = make.initiative("Unannounced", company=company)
    return make.draft(company=company, partners=[partner], initiatives=[initiative])


@pytest.mark.parametrize("address", HINTS)
def test_a_company_or_initiative_of_a_draft_is_named_nowhere(client, secret, address):
    page = client.get(address).content.decode()
    assert not [name for name in ("Secret", "Accomplice", "Unannounced", "Iceland") if name in page]


@pytest.mark.parametrize(
    "address",
    [
        "/companies/secret/",
        "/companies/accomplice/",
        "/initiatives/unannounced/",
    ],
)
def test_its_page_appears_with_the_announcement(client, secret, address):
    assert client.get(address).status_code == 404
    secret.publish()
    assert client.get(address).status_code == 200


def test_a_filter_by_it_is_refused_as_an_unknown_one(client, secret):
    assert client.get("/announcements/?company=secret").status_code == 400
    secret.publish()
    assert client.get("/announcements/?company=secret").status_code == 200


def test_a_company_that_announced_nothing_yet_has_its_page(client):
    make.company("Quiet")
    assert client.get("/companies/quiet/").status_code == 200
