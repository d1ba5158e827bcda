"""Companies: found by any name they bore, addressed by a slug, and kept while their record stands."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from announcements.models import Company, ConcernType, Initiative
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "keep",
    [
        pytest.param(lambda company: make.published(company=company), id="announcement"),
        pytest.param(lambda company: make.draft(company=company), id="draft"),
        pytest.param(lambda company: make.published(partners=[company]), id="partner"),
        pytest.param(lambda company: make.initiative(company=company), id="initiative"),
    ],
)
@pytest.mark.parametrize(
    "delete",
    [
        pytest.param(lambda company: company.delete(), id="one"),
        pytest.param(lambda company: Company.objects.filter(pk=company.pk).delete(), id="many"),
    ],
)
def test_a_company_with_a_record_stays(keep, delete):
    company = make.company()
    keep(company)
    with pytest.raises(ProtectedError):
        delete(company)
    assert Company.objects.filter(pk=company.pk).exists()


def test_a_company_without_a_record_goes_with_its_former_names():
    company = make.company()
    company.former_names.create(name="Before")
    company.delete()
    assert not Company.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["Meta", "meta", "Meta Platforms, Inc.", "FACEBOOK", "Facebook, Inc.", "META PLATFORMS, INC."],
)
def test_a_company_is_found_by_every_name_it_bears_or_bore(name):
    meta = make.company("Meta", legal_name="Meta Platforms, Inc.")
    meta.former_names.create(name="Facebook")
    meta.former_names.create(name="Facebook, Inc.")
    make.company("Metaphysic")
    assert list(Company.objects.named(name)) == [meta]


@pytest.mark.parametrize("name", ["Met", "Meta Inc.", "", "%"])
def test_no_company_is_found_by_a_name_it_never_bore(name):
    make.company("Meta", legal_name="")
    assert not Company.objects.named(name).exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Meta", "meta"),
        ("Meta Platforms, Inc.", "meta-platforms-inc"),
        ("Électricité & Co", "electricite-co"),
        ("智谱", "company"),
        ("!!!", "company"),
        ("A" * 120, "a" * 100),
        ("A" * 99 + " B", "a" * 99),
    ],
)
def test_a_slug_is_made_from_the_name(name, slug):
    assert make.company(name, legal_name="").slug == slug


def test_twins_get_slugs_of_their_own():
    names = ["智谱", "月之暗面", "零一万物", "Company"]
    assert [make.company(name).slug for name in names] == [
        "company",
        "company-2",
        "company-3",
        "company-4",
    ]


def test_a_free_number_is_found_between_taken_ones():
    make.company("One", slug="open")
    make.company("Two", slug="open-3")
    assert [make.company("Open").slug, make.company("Open!").slug] == ["open-2", "open-4"]


def test_a_company_called_compare_is_reached_beside_the_page_that_compares(client):
    company = make.company("Compare")
    assert company.get_absolute_url() == "/companies/compare-2/"
    assert client.get("/companies/compare-2/").status_code == 200


def test_nobody_can_give_a_company_the_address_of_the_page_that_compares():
    with pytest.raises(ValidationError, match="the page that compares companies"):
        Company(name="Acme", slug="compare").full_clean()


def test_a_slug_given_or_made_once_stays():
    company = make.company("Facebook", slug="fb")
    company.name = "Meta"
    company.save()
    assert company.slug == "fb"


def test_a_slug_is_made_although_only_the_name_is_saved():
    company = make.company("Facebook")
    company.slug, company.name = "", "Meta"
    company.save(update_fields=["name"])
    company.refresh_from_db()
    assert company.slug == "meta"


def test_announcements_of_one_title_get_slugs_of_their_own():
    slugs = [make.draft(title="Meta opens a model").slug for _ in range(3)]
    assert slugs == ["meta-opens-a-model", "meta-opens-a-model-2", "meta-opens-a-model-3"]


def test_a_type_that_concerns_have_stays():
    concern = make.concern(type="misuse")
    with pytest.raises(ProtectedError):
        concern.type.delete()
    assert ConcernType.objects.filter(slug="misuse").exists()


def test_two_companies_may_run_initiatives_of_one_name():
    make.initiative("Open Models")
    make.initiative("Open Models")
    assert [row.slug for row in Initiative.objects.order_by("pk")] == [
        "open-models",
        "open-models-2",
    ]
