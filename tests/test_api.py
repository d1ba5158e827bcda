"""The API: what it lists, that it lists what the pages list, and that it says what it does not understand."""

from itertools import count

import jsonschema
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.api.operations import every_schema
from announcements.api.questions import FILTERS
from announcements.api.resources import RESOURCES
from announcements.api.schemas import components
from announcements.filters import ORDERS
from announcements.models import Announcement, Company
from announcements.records import announcement_schema, readers_record
from tests import make, surfaces
from tests.documents import read

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
BY_NAME = {resource.name: resource for resource in RESOURCES}
of_each = pytest.mark.parametrize("name", list(BY_NAME))
OTHERS = [name for name in BY_NAME if name != "announcements"]


def get(client, address, status=200):
    address = address.removeprefix("http://testserver")
    answer = client.get(address if address.startswith("/") else f"{ROOT}{address}")
    assert answer.status_code == status, answer.content[:500]
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer["Content-Type"] == kind
    return answer.json()


def walk(client, address, between=None):
    """The items of all pages; ``between`` is called after each page with its number."""
    items = []
    for number in count(1):
        body = get(client, address)
        items += body["results"]
        if between:
            between(number)
        if body["next"] is None:
            return items
        address = body["next"].removeprefix("http://testserver")
    raise AssertionError


def ids(items):
    return [item["id"] for item in items]


def validate(value, name):
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas()}}
    jsonschema.Draft202012Validator(schema).validate(value)


def schemas():
    return {**every_schema(), **components()}


# Finding it


def test_from_the_front_page_links_alone_lead_to_an_announcement(client):
    surfaces.fill()
    page = read(client, "/")
    links = {link.attributes.get("rel"): link.attributes["href"] for link in page.all("link")}
    described = get(client, links["service-desc"])
    root = next(path for path in described["paths"] if path.endswith("/v1/"))
    lists = {row["name"]: row["url"] for row in get(client, root)["lists"]}
    first = get(client, lists["announcements"].removeprefix("http://testserver"))["results"][0]

    assert get(client, first["api_url"].removeprefix("http://testserver"))["id"] == first["id"]
    assert client.get(first["page_url"]).status_code == 200


def test_the_root_names_every_list_and_how_it_is_described(client):
    answer = client.get(ROOT)
    body = answer.json()

    assert [row["name"] for row in body["lists"]] == [*BY_NAME, "vocabularies"]
    assert 'rel="service-desc"' in answer["Link"]
    assert {body["schema"], body["docs"]} == {
        f"http://testserver{ROOT}schema/",
        f"http://testserver{ROOT}docs/",
    }


def test_the_page_about_the_data_leads_to_it(client):
    links = [href for href, _ in read(client, "/data/").links]

    assert {ROOT, f"{ROOT}docs/", f"{ROOT}schema/", f"{ROOT}announcements/"} <= set(links)


# Items


@of_each
def test_an_item_has_the_keys_that_its_schema_names_in_a_list_and_alone(client, name):
    surfaces.fill()
    resource = BY_NAME[name]
    items = walk(client, f"{ROOT}{name}/")

    assert items
    for item in items:
        validate(item, resource.schema)
        assert set(item) <= set(components()[resource.schema]["properties"])
        alone = get(client, f"{name}/{item['id']}/")
        assert alone == item


@of_each
def test_what_is_expanded_and_what_is_left_out_fits_the_schema_too(client, name):
    surfaces.fill()
    resource = BY_NAME[name]
    for expand in resource.expansions:
        for item in walk(client, f"{ROOT}{name}/?expand={expand}"):
            validate(item, resource.schema)
    keys = list(components()[resource.schema]["properties"])[:2]
    for item in walk(client, f"{ROOT}{name}/?fields={','.join(keys)}"):
        assert list(item) == keys
    repeated = "&".join(f"fields={key}" for key in keys)
    assert (
        get(client, f"{name}/?{repeated}")["results"]
        == get(client, f"{name}/?fields={','.join(keys)}")["results"]
    )


def test_an_announcement_is_its_record_with_what_is_computed(client):
    announcement = surfaces.fill()
    item = get(client, "announcements/public/")
    record = {key: value for key, value in item.items() if key in readers_record(announcement)}
    release = announcement.releases.get()

    assert record == readers_record(Announcement.objects.for_records().get(pk=announcement.pk))
    jsonschema.validate(record, announcement_schema())
    assert item["page_url"] == "http://testserver/announcements/public/"
    computed = item["computed"]
    assert computed["overdue"] is True
    assert computed["days_overdue"] == max(row["days_overdue"] for row in computed["promises"])
    assert sum(computed["statuses"].values()) == len(item["promises"]) == len(computed["promises"])
    assert computed["releases"][0]["level"] == release.level
    assert computed["releases"][0]["label_gap"] is release.label_gap


def test_names_become_whole_things_where_that_is_asked_for(client):
    surfaces.fill()
    asked = "announcements/public/?expand=companies,initiatives,licenses&expand=related"
    item = get(client, asked)

    assert item["companies"][0]["id"] == "acme"
    assert item["initiatives"][0]["id"] == "opener"
    named = next(row for row in item["promises"] if row["title"] == "Anvil weights")
    assert named["license"]["spdx_id"] == "Apache-2.0"
    assert item["releases"][0]["license"]["id"] == "llama-3.1-community"
    assert [row["title"] for row in item["related"]] == ["Related"]
    assert get(client, "concerns/7001/?expand=type")["type"]["slug"] == "misuse"
    assert get(client, "initiatives/opener/?expand=company")["company"]["id"] == "acme"
    assert (
        get(client, "promises/7001/?expand=announcement,license")["announcement"]["id"] == "public"
    )
    assert get(client, "sources/7001/?expand=announcements")["announcements"] == []


def test_an_id_that_a_thing_had_before_leads_to_the_present_one(client):
    announcement = make.published(slug="before")
    announcement.slug = "after"
    announcement.save()
    answer = client.get("/api/v1/announcements/before/?fields=id")

    assert answer.status_code == 301
    assert answer["Location"] == "/api/v1/announcements/after/?fields=id"
    assert get(client, answer["Location"]) == {"id": "after"}


@pytest.mark.parametrize("address", ["companies/nobody/", "promises/1/", f"promises/{9**40}/"])
def test_what_is_not_there_is_404(client, address):
    assert get(client, address, 404)["status"] == 404


# Selecting


QUERIES = [
    "",
    "company=acme",
    "company=acme&company=bolt&status=delivered",
    "overdue=yes",
    "q=anvil",
    "q=-anvil",
    "concern=misuse&concern_status=answered",
    "license=apache-2.0",
    "after=2023-10&before=2024",
    "country=fr&order=title",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_api_selects_what_the_page_lists_in_its_order(client, query):
    surfaces.grow(surfaces.fill(), 2)
    page = read(client, f"/announcements/?{query}")
    body = get(client, f"announcements/?{query}")

    assert str(body["count"]) == page.all("main")[0].attributes["data-total"]
    assert ids(body["results"]) == page.slugs
    assert ids(walk(client, f"{ROOT}announcements/?{query}&page_size=1")) == page.slugs


def test_a_promise_is_told_for_what_it_is_itself(client):
    announcement = surfaces.fill()
    overdue = get(client, "promises/?company=acme&overdue=yes")["results"]
    delivered = get(client, "promises/?status=delivered")

    assert [row["title"] for row in overdue] == ["Anvil weights"]
    assert overdue[0]["announcement"] == announcement.slug
    assert [row["title"] for row in delivered["results"]] == ["Anvil code"]
    assert delivered["count"] == 1
    assert get(client, "promises/?company=bolt")["count"] == 5


def test_parts_and_names_are_those_of_the_announcements_selected(client):
    surfaces.fill()
    other = make.published(company=make.company("Core"), kind="program")
    make.concern(other, "privacy")
    make.release(other, license="mit", components=["weights"])

    assert ids(get(client, "companies/?kind=intent")["results"]) == ["acme", "bolt"]
    assert ids(get(client, "companies/?name=anvil works")["results"]) == ["acme"]
    assert ids(get(client, "initiatives/?company=bolt")["results"]) == ["opener"]
    assert get(client, "initiatives/?company=core")["results"] == []
    assert ids(get(client, "initiatives/?name=OPEN")["results"]) == ["opener"]
    assert [row["title"] for row in get(client, "concerns/?concern=misuse")["results"]] == [
        "In anyone's hands"
    ]
    assert ids(get(client, "licenses/?company=core")["results"]) == ["mit"]
    assert get(client, "releases/?license=mit")["count"] == 1
    assert get(client, "releases/?company=acme&openness=open-weights")["count"] == 0
    cited = get(client, "sources/?company=acme")["results"]
    assert {"What critics say"} <= {row["title"] for row in cited}


@of_each
def test_nothing_that_only_drafts_know_is_listed(client, name):
    surfaces.fill()
    make.draft(company=make.company("Hidden"), initiatives=[make.initiative("Hidden too")])

    assert "Hidden" not in str(walk(client, f"{ROOT}{name}/?page_size=100"))
    assert surfaces.SECRET not in str(walk(client, f"{ROOT}{name}/?page_size=100"))


def test_a_part_of_a_draft_is_not_there(client):
    surfaces.fill()
    hidden = Announcement.objects.get(slug="draft")

    for name, row in [
        ("promises", hidden.promises.get()),
        ("releases", hidden.releases.get()),
        ("concerns", hidden.concerns.get()),
        ("sources", hidden.concerns.get().source),
    ]:
        get(client, f"{name}/{row.pk}/", 404)


# What is not understood


@pytest.mark.parametrize(
    ("address", "parameter", "words"),
    [
        ("announcements/?compny=acme", "compny", "Allowed: q, company,"),
        ("announcements/?as_of=2026-03-01", "as_of", "no parameter of this name"),
        ("announcements/?company=acmee", "company", "acme"),
        ("announcements/?kind=model", "kind", "model-release"),
        ("announcements/?page=2", "page", "Allowed: 1 to 1"),
        ("announcements/?page=x", "page", "whole number"),
        ("announcements/?order=size", "order", "newest"),
        ("announcements/?page_size=0", "page_size", "1 to 100"),
        ("announcements/?page_size=101", "page_size", "1 to 100"),
        ("announcements/?page_size=²", "page_size", "1 to 100"),
        ("announcements/?page_size=1&page_size=2", "page_size", "one value"),
        ("announcements/?fields=id,titel", "fields", "Did you mean title?"),
        ("announcements/?expand=company", "expand", "companies"),
        ("announcements/?cursor=abc", "cursor", "no cursor"),
        ("announcements/?cursor=%00", "cursor", "NUL"),
        ("announcements/?q=%00", "q", "Null"),
        ("announcements/?changed_since=yesterday", "changed_since", "2026-03-01T12:00:00Z"),
        ("announcements/?changed_since=", "changed_since", "nothing that is gone"),
        ("announcements/?changed_since=2026-03-01T00:00:00", "changed_since", "with its zone"),
        ("announcements/?changed_since=2026-03-01", "changed_since", "2026-03-01T12:00:00Z"),
        ("announcements/?changed_since=2026-02-31T00:00:00Z", "changed_since", "neither"),
        ("announcements/?changed_since=0001-01-01T00:00:00%2B23:59", "changed_since", "neither"),
        (
            "announcements/?order=title&changed_since=2026-01-01T00:00:00Z",
            "order",
            "their own order",
        ),
        ("announcements/facets/?fields=id", "fields", "Allowed: q,"),
        ("announcements/public/?company=acme", "company", "Allowed: fields, expand"),
        ("companies/?order=newest", "order", "Allowed: name"),
        ("companies/?page=1", "page", "no parameter"),
        ("companies/acme/?expand=x", "expand", "no parameter"),
        ("promises/?order=due", "order", "Allowed: newest, oldest"),
        ("vocabularies/?page=1", "page", "None is taken"),
        ("lookup/", "url", "pkg:github/"),
        ("lookup/?url=%00", "url", "NUL"),
        ("?x=1", "x", "None is taken"),
        ("schema/?format=yaml", "format", "None is taken"),
    ],
)
def test_what_is_not_understood_is_said_with_what_would_be(client, address, parameter, words):
    surfaces.fill()
    problem = get(client, address, 400)

    validate(problem, "Problem")
    assert problem["errors"][0]["parameter"] == parameter
    assert words in problem["errors"][0]["detail"]


def test_a_cursor_is_for_the_question_that_it_came_with(client):
    surfaces.grow(surfaces.fill())
    following = get(client, "announcements/?page_size=1")["next"]

    assert get(client, f"{following}&company=acme", 400)["errors"][0]["parameter"] == "cursor"
    assert get(client, f"{following}&order=title", 400)["errors"][0]["parameter"] == "cursor"
    assert client.get(following.replace("page_size=1", "page_size=2")).status_code == 200


def test_whatever_goes_wrong_is_a_problem_with_its_details(client):
    refused = client.post(f"{ROOT}companies/")
    nowhere = client.get(f"{ROOT}company/")

    assert [answer.status_code for answer in (refused, nowhere)] == [405, 404]
    assert refused["Allow"] == "GET, HEAD, OPTIONS"
    assert {answer["Content-Type"] for answer in (refused, nowhere)} == {"application/problem+json"}
    assert client.get("/api/v1/companies").status_code == 301


@pytest.mark.parametrize(
    "accept", ["text/html,*/*;q=0.8", "text/csv", "", "application/json; indent=4"]
)
def test_the_answer_is_the_same_whatever_form_is_asked_for(client, accept):
    make.published()
    plain = client.get(f"{ROOT}companies/")
    asked = client.get(f"{ROOT}companies/", headers={"Accept": accept})

    assert asked["Content-Type"] == "application/json"
    assert (asked.content, asked["ETag"]) == (plain.content, plain["ETag"])


# Counts and words


def test_counts_are_those_of_the_page(client):
    surfaces.grow(surfaces.fill(), 1)
    page = read(client, "/announcements/?company=acme")
    body = get(client, "announcements/facets/?company=acme")
    shown = {
        (e.attributes["data-filter"], e.attributes["data-value"]): int(e.attributes["data-count"])
        for e in page.elements
        if e.attributes.get("data-count")
    }
    told = {
        (facet["name"], row["value"]): row["count"]
        for facet in body["facets"]
        for row in facet["values"]
    }

    validate(body, "Facets")
    assert shown
    assert shown.items() <= told.items()
    assert str(body["count"]) == page.all("main")[0].attributes["data-total"]


def test_every_vocabulary_is_told_with_its_terms(client):
    surfaces.fill()
    for row in get(client, "vocabularies/")["results"]:
        vocabulary = get(client, row["api_url"].removeprefix("http://testserver"))
        validate(vocabulary, "Vocabulary")
        assert vocabulary["terms"]
        assert row["parameter"] in ("", *FILTERS)
        if row["parameter"]:
            slugs = {term["slug"] for term in vocabulary["terms"]}
            facet = get(client, "announcements/facets/")["facets"]
            values = next(f["values"] for f in facet if f["name"] == row["parameter"])
            assert {value["value"] for value in values} <= slugs
    assert "Allowed: announcement-kinds" in get(client, "vocabularies/x/", 404)["detail"]


# What it costs


def test_a_further_page_costs_no_more_queries_than_the_first(client):
    surfaces.grow(surfaces.fill())
    for name in OTHERS:
        first, second = pages(client, f"{ROOT}{name}/?page_size=1")

        assert queries(client, second) <= queries(client, first), name


def test_a_further_page_of_announcements_costs_about_as_many_queries(client):
    surfaces.grow(surfaces.fill())
    for order in [order for order in ORDERS if order != "relevance"]:
        first, second = pages(client, f"{ROOT}announcements/?page_size=1&order={order}")

        # What only some announcements have costs its queries only there.
        assert queries(client, second) <= queries(client, first) + 6, order


def pages(client, first):
    """The address of a list's first page, and of its second."""
    return first, get(client, first)["next"]


def queries(client, address):
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_a_list_never_reads_rows_that_it_does_not_tell(client):
    for _ in range(6):
        make.published()
    client.get(f"{ROOT}announcements/?page_size=2")
    with CaptureQueriesContext(connection) as captured:
        get(client, "announcements/?page_size=2")
    table = Announcement._meta.db_table
    main = [q["sql"] for q in captured if f'FROM "{table}"' in q["sql"] and "summary" in q["sql"]]

    assert main
    assert all(" IN (" in sql or "LIMIT" in sql for sql in main)


def test_every_company_that_readers_see_is_there_once(client):
    surfaces.grow(surfaces.fill(), 2)

    found = ids(walk(client, f"{ROOT}companies/?page_size=2"))
    assert sorted(found) == sorted(Company.objects.public().values_list("slug", flat=True))
