"""The list of announcements: its filters, its chips, and what it says when nothing fits or nothing is meant."""

import re

import pytest

from announcements.facets import FACETS
from announcements.filters import AnnouncementFilter
from tests import make
from tests.documents import Document, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

QUERIES = [
    "q=hands",
    "company=acme&kind=intent",
    "concern=misuse",
    "concern=privacy",
    "concern_status=answered",
    "initiative=opener",
    "kind=intent",
    "status=superseded",
    "overdue=yes",
    "license=llama-3.1-community",
    "openness=restricted-weights",
    "benefit=transparency",
    "country=fr",
    "after=2023-10&before=2023-10-31",
    "before=2024-01",
    "order=oldest&status=announced",
]


def total(page: Document) -> int:
    return int(page.all("main")[0].attributes["data-total"])


def chosen(page: Document, name: str) -> list[str]:
    """The values of a filter that are ticked in the form."""
    fields = [element.attributes for element in page.all("input")]
    return [f["value"] for f in fields if f.get("name") == name and "checked" in f and f["value"]]


@pytest.mark.parametrize("query", QUERIES)
def test_the_list_shows_what_each_filter_selects(client, query):
    make.published(slug="other", company=make.company(country="CN"), announced_on="2025")
    page = read(client, f"/announcements/?{query}")

    assert page.slugs == ["public"]
    assert total(page) == 1


def test_every_filter_of_the_contract_has_a_field_or_links(client):
    make.published()
    page = read(client, "/announcements/")
    fields = {element.attributes.get("name") for element in page.all("input")}
    ordered = {href for href, _ in page.links if href.startswith("?order=")}

    assert fields >= set(AnnouncementFilter.base_filters) - {"order", "page"}
    assert len(ordered) == 5


def test_every_value_of_a_filter_says_which_filter_and_value_it_is(client):
    page = read(client, "/announcements/")
    values = {
        (label.attributes["data-filter"], label.attributes["data-value"])
        for label in page.all("label")
        if "data-filter" in label.attributes
    }

    assert {name for name, _ in values} == set(FACETS)
    assert {("company", "acme"), ("concern", "misuse"), ("overdue", "no")} <= values


def test_a_chosen_value_stays_ticked_and_can_be_taken_away(client):
    page = read(client, "/announcements/?company=acme&company=bolt&concern=misuse")
    links = {text: href for href, text in page.links}

    assert chosen(page, "company") == ["acme", "bolt"]
    assert links["Remove filter Company: Acme"] == "?company=bolt&concern=misuse"
    assert links["Clear all"] == "/announcements/"


def test_values_beyond_ten_fold_away_and_chosen_ones_never_do(client):
    for number in range(15):
        make.company(f"Company {number:02}")
    page = read(client, "/announcements/?company=company-14")
    group = next(d for d in page.all("details") if d.text.strip().startswith("Company"))

    assert chosen(page, "company") == ["company-14"]
    # With the two that the filled database has.
    assert "7 more" in group.text
    assert group.text.index("Company 14") < group.text.index("Company 00")


def test_pages_keep_the_question_and_the_order(client):
    busy = make.company("Busy")
    for _ in range(30):
        make.published(company=busy)
    page = read(client, "/announcements/?company=busy&order=title")
    links = {text: href for href, text in page.links}

    assert len(page.slugs) == 25
    assert total(page) == 30
    assert links["Next"] == "?company=busy&order=title&page=2"
    assert len(read(client, f"/announcements/{links['Next']}").slugs) == 5


def test_a_question_that_nothing_meets_says_what_to_loosen(client):
    page = read(client, "/announcements/?company=acme&concern=privacy&kind=withdrawal")
    links = {text: href for href, text in page.links}

    assert total(page) == 0
    assert "No announcement meets all of these" in page.words("main")
    assert links["Without Kind: Withdrawal"] == "/announcements/?company=acme&concern=privacy"


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("company=acne", "company", "“acne” is not one of the"),
        ("kind=x", "kind", "Allowed: intent, model-release"),
        ("overdue=maybe", "overdue", "Allowed: yes, no"),
        ("after=20233", "after", "Write a year, a month or a day"),
        ("before=2023-13", "before", "is not a day of the calendar"),
        ("q=a&q=b", "q", "Takes one value, once"),
        ("color=red", "color", "There is no filter of this name. Allowed: q, company"),
        ("items=3", "items", "There is no filter of this name"),
        ("order=best", "order", "Allowed: relevance, newest"),
        ("page=9", "page", "Allowed: 1 to 1"),
        ("page=x", "page", "whole number"),
    ],
)
def test_what_is_not_understood_is_named_with_what_is_allowed_and_nothing_is_shown(
    client, query, name, words
):
    page = read(client, f"/announcements/?{query}", status=400)
    notice = next(item.text for item in page.all("li") if item.text.startswith(f"{name}:"))

    assert words in notice
    assert page.slugs == []
    assert total(page) == 0


@pytest.mark.parametrize(
    ("query", "value"),
    [("company=acne", "acne"), ("overdue=maybe", "maybe"), ("after=20233", "20233")],
)
def test_what_was_typed_stays_in_the_form_with_the_error_beside_it(client, query, value):
    page = read(client, f"/announcements/?{query}", status=400)
    field = next(f for f in page.all("input") if f.attributes.get("value") == value)
    named = field.attributes["aria-describedby"].split()[0]

    assert field.attributes["aria-invalid"] == "true"
    assert next(e for e in page.elements if e.attributes.get("id") == named).text.strip()


def test_an_entry_shows_whose_it_is_what_became_of_it_and_how_open_it_is(client):
    entry = next(
        e
        for e in read(client, "/announcements/?kind=intent").all("li")
        if "data-slug" in e.attributes
    )

    assert "Acme with Bolt · intent or promise · 1 source" in entry.words
    assert "Concerns: Misuse, Untyped, Privacy" in entry.words
    assert "2 announced" in entry.words
    assert "days overdue" in entry.words
    assert "Weights with limits" in entry.words
    assert "Llama 3.1 Community License Agreement" in entry.words


def test_what_only_unnamed_people_say_is_reported_and_not_announced(client):
    make.published(slug="rumor", kind="intent", basis="unnamed-report")
    page = read(client, "/announcements/")
    entry = next(e for e in page.all("li") if "data-slug" in e.attributes)

    assert "reported" in entry.text
    assert "Reported" in entry.text
    assert "Announced" not in entry.text
    assert "Announced" not in read(client, "/announcements/rumor/").words("main")


QUESTIONS = ["", "?company=acme", "?kind=withdrawal", "?company=acne"]


@pytest.mark.parametrize("query", QUESTIONS)
def test_htmx_gets_the_title_and_main_part_of_the_same_page(client, query):
    whole = client.get(f"/announcements/{query}")
    part = client.get(f"/announcements/{query}", headers={"HX-Request": "true"})

    assert part.status_code == whole.status_code
    assert part.text.count("<main") == 1
    assert "<html" not in part.text
    for piece in (r"<title>.*?</title>", r"<main.*</main>"):
        (here,), (there,) = (re.findall(piece, page.text, re.S) for page in (part, whole))
        assert here.split() == there.split()


def test_htmx_gets_the_whole_page_when_it_restores_one(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in client.get("/announcements/", headers=headers).text


def test_a_cache_keeps_part_and_whole_apart(client):
    assert "HX-Request" in client.get("/announcements/").headers["Vary"]


def test_every_choice_and_group_has_a_name_for_the_focus_to_come_back_to(client):
    page = read(client, "/announcements/?company=acme&kind=intent")
    controls = [
        element.attributes
        for element in [*page.all("details"), *page.all("input")]
        if element.attributes.get("type") != "hidden"
    ]

    assert {"id_company-acme", "id_overdue-", "group-kind", "filters-fold"} <= set(page.ids)
    assert [attributes for attributes in controls if "id" not in attributes] == []
