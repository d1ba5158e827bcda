"""Companies found by their names, each with its record, and side by side."""

import pytest

from tests import make, surfaces
from tests.documents import Document, read

pytestmark = pytest.mark.django_db

COMPARE = "/companies/compare/"
NAMES = {"Meta", "Metaphysic", "Acme"}


def names(page: Document) -> list[str]:
    """The companies that the list shows."""
    return [text for href, text in page.links if href.startswith("/companies/") and text in NAMES]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Facebook", ["Meta"]),
        ("meta platforms", ["Meta"]),
        ("Platforms META", ["Meta"]),
        ("meta", ["Meta", "Metaphysic"]),
        ("%", []),
        ("facebook acme", []),
        ("", ["Acme", "Meta", "Metaphysic"]),
        ("  ", ["Acme", "Meta", "Metaphysic"]),
    ],
)
def test_companies_are_found_by_every_name_they_bear_or_bore(client, words, found):
    meta = make.company("Meta", legal_name="Meta Platforms, Inc.")
    meta.former_names.create(name="Facebook, Inc.")
    make.company("Metaphysic", legal_name="")
    make.company("Acme")

    assert names(read(client, f"/companies/?q={words}")) == found


def test_companies_come_by_the_hundred(client):
    for _ in range(101):
        make.company()
    first, second = (read(client, f"/companies/?page={number}") for number in (1, 2))

    assert "101 companies, by name" in first.words("main")
    assert [len(page.rows("Company ")) - 1 for page in (first, second)] == [100, 1]


@pytest.mark.parametrize(
    ("address", "name", "words"),
    [
        ("/companies/?page=2", "page", "There is no page 2. Allowed: 1 to 1."),
        ("/companies/?page=x", "page", "Enter a whole number."),
        ("/companies/?page=0", "page", "greater than or equal to 1"),
        ("/companies/?name=x", "name", "There is no parameter of this name. Allowed: q, page."),
        ("/companies/?q=a&q=b", "q", "Takes one value, once."),
        ("/companies/?q=%00", "q", "Null characters are not allowed."),
        (f"/companies/?q={'x' * 201}", "q", "at most 200 characters"),
        (f"{COMPARE}?company=acme&company=blot", "company", "“blot” is not one of the values."),
        (f"{COMPARE}?company=draftee", "company", "Allowed: acme, bolt."),
        (f"{COMPARE}?with=acme", "with", "Allowed: company."),
        (f"{COMPARE}?company=%00", "company", "is not one of the values"),
    ],
)
def test_a_question_that_is_not_understood_is_answered_by_what_is_wrong(
    client, address, name, words
):
    make.company("Acme")
    make.company("Bolt")
    make.draft(company=make.company("Draftee"))
    page = read(client, address, 400)

    assert f"{name} : " in page.words("main") or f"{name}: " in page.words("main")
    assert words in page.words("main")
    assert page.rows("Acme") == []


def test_more_than_four_companies_are_too_many(client):
    slugs = [make.company().slug for _ in range(5)]
    page = read(client, f"{COMPARE}?{'&'.join(f'company={slug}' for slug in slugs)}", 400)

    assert "5 companies are too many for one table. Allowed: up to 4." in page.words("main")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Choose two to four companies."),
        ("?company=&company=", "Choose two to four companies."),
        ("?company=acme", "Choose at least one more company to compare Acme with."),
        ("?company=acme&company=ACME", "Choose at least one more company to compare Acme with."),
    ],
)
def test_one_company_or_none_is_a_beginning(client, query, words):
    make.company("Acme")
    make.company("Bolt")
    page = read(client, COMPARE + query)

    assert words in page.words("main")
    assert [e.attributes["name"] for e in page.all("select")] == ["company"] * 4


def test_companies_stand_side_by_side_in_the_order_asked_for(client):
    surfaces.fill()
    page = read(client, f"{COMPARE}?company=bolt&company=acme")

    assert page.rows("Fact") == ["Fact Bolt Acme"]
    assert page.rows("Published announcements") == ["Published announcements 1 2"]
    assert page.rows("Promises made")[0].startswith("Promises made 5 too few")
    assert page.rows("Overdue") == [
        "Overdue 1 of 1 in 1 announcement still open that name a date "
        "1 of 1 in 1 announcement still open that name a date"
    ]
    assert page.rows("Median delay") == ["Median delay of those 38 days 38 days"]
    assert page.rows("Country") == ["Country France United States"]
    assert ("/announcements/?company=acme&status=announced", "1") in page.links
    assert ("/announcements/?company=bolt&openness=restricted-weights", "1") in page.links


def test_companies_without_a_record_can_be_compared(client):
    make.company("Acme", legal_name="")
    make.company("Bolt", legal_name="")
    page = read(client, f"{COMPARE}?company=acme&company=bolt")

    assert page.rows("Published announcements") == ["Published announcements 0 0"]
    assert page.rows("First") == ["First none none"]


def test_a_company_leads_to_its_comparison(client):
    surfaces.fill()

    assert (f"{COMPARE}?company=acme", "Compare with others") in read(
        client, "/companies/acme/"
    ).links
    assert (COMPARE, "Compare companies") in read(client, "/companies/").links


def test_a_company_counts_every_status_and_concern_and_license(client):
    surfaces.fill()
    page = read(client, "/companies/acme/")

    assert page.rows("Lapsed") == ["Lapsed 0 0"]
    assert page.rows("Delivered late")[0].endswith("median delay 38 days 1 of 1")
    assert page.rows("Misuse") == ["Misuse 0 1 0 0 0 1"]
    assert (
        "/announcements/?company=acme&concern=misuse&concern_status=answered",
        "1",
    ) in page.links
    assert page.rows("Apache License 2.0") == ["Apache License 2.0 1 1"]


def test_an_initiative_has_a_record_of_its_own(client):
    surfaces.fill()
    page = read(client, "/initiatives/opener/")

    assert page.rows("Announced")[0] == "Announced 2 of 5 1"
    assert ("/announcements/?initiative=opener&overdue=yes", "1") in page.links
    assert ("/announcements/?initiative=opener&concern=privacy", "1") in page.links
    assert ("/announcements/?initiative=opener&license=apache-2.0", "1") in page.links


def test_a_concern_type_is_counted_by_company_year_and_status(client):
    surfaces.fill()
    page = read(client, "/concerns/misuse/")

    assert page.rows("2023") == ["2023 1"]
    assert page.rows("Answered") == ["Answered 1"]
    assert page.rows("Bolt") == ["Bolt 1"]
    for query in ("after=2023&before=2023", "concern_status=answered", "company=bolt"):
        assert (f"/announcements/?concern=misuse&{query}", "1") in page.links
