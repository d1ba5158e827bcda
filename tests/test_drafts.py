"""What only a draft knows is not told to readers either."""

import pytest

from announcements import postings
from announcements.models import Company, Initiative
from tests import make

pytestmark = pytest.mark.django_db

HINTS = [
    "/",
    "/announcements/",
    "/announcements/?q=secret",
    "/announcements/filters/company/",
    "/announcements/filters/country/",
    "/announcements/filters/initiative/",
    "/calendar/",
    "/companies/",
    "/companies/?q=secret",
    "/companies/compare/",
    "/concerns/",
    "/data/",
    "/initiatives/",
    "/licenses/",
]
NAMES = ("Secret", "Accomplice", "Unannounced", "Iceland", "Sidecar", "Former Self")


@pytest.fixture
def secret():
    company = make.company("Secret", country="IS")
    partner = make.company("Accomplice")
    initiative = make.initiative("Unannounced", company=company)
    make.initiative("Sidecar", company=company)
    company.former_names.create(name="Former Self")
    return make.draft(company=company, partners=[partner], initiatives=[initiative])


@pytest.mark.parametrize("address", HINTS)
def test_a_company_or_initiative_of_a_draft_is_named_nowhere(client, secret, address):
    page = client.get(address).content.decode()
    assert not [name for name in NAMES if name in page]


@pytest.mark.parametrize(
    "address",
    [
        "/companies/secret/",
        "/companies/accomplice/",
        "/initiatives/unannounced/",
        "/initiatives/sidecar/",
    ],
)
def test_its_page_appears_with_the_announcement(client, secret, address):
    assert client.get(address).status_code == 404
    secret.publish(evidence_later=True)
    assert client.get(address).status_code == 200


def test_a_filter_by_it_is_refused_as_an_unknown_one(client, secret):
    assert client.get("/announcements/?company=secret").status_code == 400
    secret.publish(evidence_later=True)
    assert client.get("/announcements/?company=secret").status_code == 200


def test_a_company_that_announced_nothing_yet_has_its_page(client):
    make.company("Quiet")
    assert client.get("/companies/quiet/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/announcements/?company=secre",
        "/announcements/?initiative=unannounce",
        "/announcements/?country=zz",
        "/calendar/?company=secre",
        "/companies/compare/?company=secre",
        "/announcements/filters/company/?company=secre",
    ],
)
def test_a_value_nearly_spelled_like_it_brings_no_hint_of_it(client, secret, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert not [
        word for word in ("secret", "accomplice", "unannounced", ">is<") if word in answer.text
    ]


def test_the_company_of_an_initiative_that_readers_see_is_seen_too(client, secret):
    make.published(initiatives=secret.initiatives.all())
    assert "Secret" in client.get("/initiatives/unannounced/").text
    assert client.get("/companies/secret/").status_code == 200
    assert client.get("/announcements/?company=secret").status_code == 200


@pytest.mark.parametrize("partner", [None, "draft", "published"])
@pytest.mark.parametrize("lead", [None, "draft", "published"])
@pytest.mark.parametrize("about", [None, "draft", "published"])
def test_filters_offer_the_companies_and_initiatives_that_have_a_page(lead, partner, about):
    company = make.company("One", country="IS")
    thing = make.initiative("Thing", company=company)
    make.initiative("Other thing", company=company)
    for state, facts in (
        (lead, {"company": company}),
        (partner, {"partners": [company]}),
        (about, {"initiatives": [thing]}),
    ):
        if state:
            getattr(make, state)(**facts)
    values = postings.current().values

    for name, rows in (("company", Company.objects), ("initiative", Initiative.objects)):
        offered = [value.slug for value in values[name]]
        assert offered == list(rows.public().values_list("slug", flat=True))
