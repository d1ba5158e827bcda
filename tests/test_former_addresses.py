"""Addresses that were changed go on leading to their records, and nothing else can take them."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from announcements.filters import Selection
from announcements.models import Company
from tests import make
from tests.editing import Page, log_in, page_of

pytestmark = pytest.mark.django_db


def moved(record):
    """Give a record another address."""
    record.slug = "new"
    record.save()
    return record


MOVES = {
    "/companies/old/": lambda: moved(make.company(slug="old")),
    "/initiatives/old/": lambda: moved(make.initiative(slug="old")),
    "/licenses/old/": lambda: moved(make.license("old")),
    "/concerns/old/": lambda: moved(make.concern_type("old")),
    "/announcements/old/": lambda: moved(make.published(slug="old")),
    "/announcements/old/citation.bib": lambda: moved(make.published(slug="old")),
    "/announcements/old/preview.png": lambda: moved(make.published(slug="old")),
}


@pytest.mark.parametrize(("address", "move"), MOVES.items(), ids=MOVES)
def test_a_former_address_leads_to_the_present_one_for_good(client, address, move):
    move()
    response = client.get(f"{address}?a=1&b=2")
    assert response.status_code == 301
    assert response["Location"] == f"{address.replace('old', 'new')}?a=1&b=2"
    assert client.get(response["Location"]).status_code == 200


def test_many_changes_lead_to_the_last_at_once(client):
    company = make.company(slug="first")
    for slug in ("second", "third"):
        company.slug = slug
        company.save()
    for slug in ("first", "second"):
        assert client.get(f"/companies/{slug}/")["Location"] == "/companies/third/"


def test_an_address_taken_back_is_the_present_one_again(client):
    company = moved(make.company(slug="old"))
    company.slug = "old"
    company.save()
    assert client.get("/companies/old/").status_code == 200
    assert client.get("/companies/new/")["Location"] == "/companies/old/"


def test_a_draft_leads_nowhere_and_leaves_no_address_behind(client):
    draft = moved(make.draft(slug="old", company=moved(make.company(slug="old"))))
    assert client.get("/announcements/old/").status_code == 404
    assert client.get("/companies/old/").status_code == 404
    assert not draft.former_addresses.exists()


def test_nobody_else_gets_a_former_address_by_name():
    company = make.company("Meta")
    company.name, company.slug = "Meta Platforms", "meta-platforms"
    company.save()
    assert make.company("Meta", legal_name="").slug == "meta-2"


def test_nobody_else_can_type_a_former_address(client):
    moved(make.company("Meta", slug="old"))
    log_in(client)
    page = Page(client, "/admin/announcements/company/add/")
    page.fill(name="Other", slug="old").send()
    assert any("leads to “Meta”, which had it before" in words for words in page.errors)
    page.fill(slug="other").send()
    assert Company.objects.filter(slug="other").exists()


def test_nobody_else_can_save_a_former_address():
    moved(make.company(slug="old"))
    with pytest.raises(ValidationError, match="leads to"):
        make.company(slug="old")


def test_the_admin_keeps_the_old_address(client):
    company = make.company("Meta", slug="old")
    log_in(client)
    Page(client, page_of(company)).fill(slug="new").send()
    assert client.get("/companies/old/")["Location"] == "/companies/new/"


@pytest.mark.parametrize("name", ["company", "initiative", "license", "concern"])
def test_a_filter_understands_a_former_value_as_the_present_one(name):
    record = {
        "company": make.company,
        "initiative": make.initiative,
        "license": lambda slug: make.license(slug),
        "concern": lambda slug: make.concern_type(slug),
    }[name](slug="old")
    moved(record)
    selection = Selection(QueryDict(f"{name}=old"))
    assert selection.errors == {}
    assert [(row.value, row.words) for row in selection.chosen] == [("new", str(record))]
    assert selection.chosen[0].without == ""


def test_a_former_and_the_present_value_are_one_and_go_together():
    moved(make.company("Meta", slug="old"))
    make.company(slug="other")
    selection = Selection(QueryDict("company=OLD&company=new&company=other"))
    assert [row.value for row in selection.chosen] == ["new", "other"]
    assert selection.chosen[0].without == "company=other"


def test_the_list_shows_what_a_former_value_selects(client):
    company = make.company("Meta", slug="old")
    make.published(company=company, title="A thing")
    moved(company)
    answer = client.get("/announcements/?company=old").content.decode()
    assert "A thing" in answer
    assert 'value="new"' in answer
    assert 'value="old"' not in answer


def test_a_comparison_understands_former_values(client):
    moved(make.company("Meta", slug="old"))
    make.company("Google", slug="google")
    response = client.get("/companies/compare/?company=old&company=google")
    assert response.status_code == 200
    assert "Meta" in response.content.decode()
