"""Counts beside the values of a filter: what they say is what the list shows when one chooses them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from announcements.facets import COUNTED, counts, facets
from announcements.filters import AnnouncementFilter, Selection
from announcements.models import Announcement
from tests import make
from tests.documents import read

pytestmark = pytest.mark.django_db

TODAY = date(2024, 6, 1)
YESTERDAY = TODAY - timedelta(days=1)
COMPANIES = {"acme": "US", "bolt": "US", "core": "FR"}
TYPES = ("misuse", "privacy", "security")
LICENSES = ("mit", "apache-2.0", "cc-by-nc-4.0")
COMPONENTS = ("weights", "inference_code")

some = st.sampled_from
concerns = st.fixed_dictionaries(
    {
        "type": some(TYPES),
        "further": st.lists(some(TYPES), max_size=2, unique=True),
        "status": some(("open", "disputed")),
    }
)
releases = st.fixed_dictionaries(
    {"license": some((None, *LICENSES)), "parts": st.lists(some((None, *LICENSES)), max_size=2)}
)
announcements = st.fixed_dictionaries(
    {
        "companies": st.lists(some(tuple(COMPANIES)), min_size=1, max_size=3, unique=True),
        "kind": some(("program", "progress-update")),
        "announced_on": some(("2022", "2023-10", "2023-10-18", "2024-05-31")),
        "initiatives": st.lists(some(("alpha", "beta")), max_size=2, unique=True),
        "promises": st.lists(
            st.tuples(some(("announced", "delivered")), some((None, YESTERDAY, TODAY))), max_size=2
        ),
        "concerns": st.lists(concerns, max_size=3),
        "releases": st.lists(releases, max_size=2),
        "benefits": st.lists(some(("transparency", "innovation")), max_size=2),
    }
)
VALUES: dict[str, tuple[str, ...]] = {
    "company": tuple(COMPANIES),
    "concern": TYPES,
    "concern_status": ("open", "disputed"),
    "initiative": ("alpha", "beta"),
    "kind": ("program", "progress-update"),
    "status": ("announced", "delivered"),
    "overdue": ("yes", "no"),
    "license": LICENSES,
    "openness": ("not-assessed", "restricted-weights", "open-weights"),
    "benefit": ("transparency", "innovation"),
    "country": ("us", "fr"),
    "after": ("2023", "2023-10-02"),
    "before": ("2023-10", "2024-05"),
    "q": ("number", "nothing"),
}
ONE = ("overdue", "after", "before", "q")
questions = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(some(values), min_size=1, max_size=1 if name in ONE else 2, unique=True)
        for name, values in VALUES.items()
    },
)


def build(world: list[dict[str, Any]]) -> None:
    companies = {slug: make.company(slug, country=code) for slug, code in COMPANIES.items()}
    initiatives = {
        slug: make.initiative(slug, company=companies["acme"]) for slug in ("alpha", "beta")
    }
    for slug in (*LICENSES, *TYPES):
        make.license(slug) if slug in LICENSES else make.concern_type(slug)
    for slug in VALUES["benefit"]:
        make.benefit_type(slug)
    for number, facts in enumerate(world):
        lead, *partners = (companies[slug] for slug in facts["companies"])
        announcement = make.published(
            title=f"Number {number}",
            company=lead,
            partners=partners,
            kind=facts["kind"],
            announced_on=facts["announced_on"],
            initiatives=[initiatives[slug] for slug in facts["initiatives"]],
        )
        _fill(announcement, facts)


def _fill(announcement: Announcement, facts: dict[str, Any]) -> None:
    for status, due in facts["promises"]:
        make.promise(announcement, status=status, due_from=due, due_to=due)
    for row in facts["concerns"]:
        concern = make.concern(announcement, row["type"], status=row["status"])
        further = [make.concern_type(slug) for slug in row["further"] if slug != row["type"]]
        concern.further_types.set(further)
    for row in facts["releases"]:
        release = make.release(announcement, license=row["license"])
        for component, license in zip(COMPONENTS, row["parts"], strict=False):
            make.component(release, component, license=license)
    for slug in facts["benefits"]:
        make.benefit(announcement, slug)


def select(question: dict[str, list[str]]) -> Selection:
    selection = Selection(QueryDict(urlencode(question, doseq=True)))
    assert selection.errors == {}
    return selection


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@settings(max_examples=25, deadline=None)
@given(st.lists(announcements, max_size=5), questions)
def test_a_count_is_the_total_after_choosing_the_value(world, question):
    with transaction.atomic():
        build(world)
        found = counts(select(question))
        for name in COUNTED:
            for value in VALUES[name]:
                chosen = select({**question, name: [value]})
                assert found[name].get(value, 0) == chosen.total == len(chosen.queryset), (
                    name,
                    value,
                )
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None)
@given(st.lists(announcements, max_size=5), questions)
def test_another_filter_never_raises_the_total(world, question):
    with transaction.atomic():
        build(world)
        total = select(question).total
        for name in question:
            others = {other: values for other, values in question.items() if other != name}
            assert select(others).total >= total, name
        transaction.set_rollback(True)


def test_every_filter_with_values_is_counted():
    takes_words = {"q", "after", "before", "order", "page"}
    assert set(COUNTED) == set(AnnouncementFilter.base_filters) - takes_words


def test_a_draft_is_not_counted():
    make.draft(company=make.company("Meta"))
    assert counts(select({}))["company"] == {}


def test_the_page_shows_each_count_beside_its_value_and_lists_as_many(client):
    meta = make.company("Meta")
    for _ in range(30):
        make.published(company=meta)
    make.published(company=make.company("Baidu"))
    page = read(client, "/announcements/?company=meta")
    options = {
        label.attributes["data-value"]: label.attributes["data-count"]
        for label in page.all("label")
        if label.attributes.get("data-filter") == "company"
    }
    assert options == {"meta": "30", "baidu": "1"}
    listed = [
        entry
        for number in (1, 2)
        for entry in read(client, f"/announcements/?company=meta&page={number}").all("li")
        if "data-slug" in entry.attributes
    ]
    assert len(listed) == 30


def test_a_value_that_would_give_nothing_stays_in_sight(client):
    make.published(company=make.company("Meta"), kind="program")
    make.published(company=make.company("Baidu"), kind="progress-update")
    page = read(client, "/announcements/?kind=program")
    baidu = next(row for row in page.all("label") if row.attributes.get("data-value") == "baidu")
    assert baidu.attributes["data-count"] == "0"
    assert "facet-zero" in baidu.attributes["class"]


def test_of_a_long_list_the_ten_most_frequent_are_in_sight_in_an_order_that_stays():
    for number in range(15):
        company = make.company(f"Company {number:02}")
        for _ in range(number % 5):
            make.published(company=company, kind="program")
    facet = next(row for row in facets(select({})) if row.name == "company")
    chosen = next(row for row in facets(select({"kind": ["intent"]})) if row.name == "company")
    names = [option.name for option in facet.shown]
    assert names[:4] == ["Company 04", "Company 09", "Company 14", "Company 03"]
    assert (len(facet.shown), len(facet.rest)) == (10, 5)
    assert [option.name for option in chosen.shown] == names
    assert {option.count for option in chosen.shown} == {0}


def test_a_question_with_an_error_counts_nothing():
    selection = Selection(QueryDict("kind=nonsense"))
    assert {option.count for facet in facets(selection) for option in facet.shown} <= {None}


def test_what_is_counted_once_is_counted_again_with_one_query(django_assert_num_queries):
    make.published(partners=[make.company()])
    counts(select({}))
    with django_assert_num_queries(1):
        counts(select({"kind": ["program"]}))
    for _ in range(5):
        make.concern(make.published(partners=[make.company()]))
    counts(select({}))
    with django_assert_num_queries(1):
        counts(select({"kind": ["program"]}))


def test_the_rest_of_a_very_long_list_is_a_page_of_its_own(client, monkeypatch):
    monkeypatch.setattr("announcements.facets.column.FOLDED", 2)
    for number in range(15):
        make.published(company=make.company(f"Company {number:02}"), kind="program")
    page = read(client, "/announcements/?kind=program&page=1")
    address = next(href for href, text in page.links if text == "5 more")
    values = read(client, address)

    assert address == "/announcements/filters/company/?kind=program"
    assert ("/announcements/?kind=program&company=company-14", "Company 14") in values.links
    assert values.words("main").count("announcement") >= 15


def test_a_filter_that_offers_no_values_has_no_page_of_them(client):
    assert client.get("/announcements/filters/after/").status_code == 404
    assert client.get("/announcements/filters/company/?nonsense=1").status_code == 400
