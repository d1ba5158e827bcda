"""One question, many answers: which announcements a query string selects."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from announcements import postings
from announcements.filters import ORDERS, AnnouncementFilter, Selection
from announcements.models import Announcement
from tests import make

pytestmark = pytest.mark.django_db

CONTRACT = [
    "q",
    "company",
    "concern",
    "concern_status",
    "initiative",
    "kind",
    "status",
    "overdue",
    "license",
    "openness",
    "benefit",
    "country",
    "after",
    "before",
    "order",
    "page",
]


DAYS = ("2023", "2024")


def selected(query: str) -> list[str]:
    selection = Selection(QueryDict(query))
    assert selection.errors == {}
    assert selection.total == len(selection.queryset)
    return [announcement.title for announcement in selection.queryset]


def errors(query: str) -> dict[str, list[str]]:
    selection = Selection(QueryDict(query))
    assert not selection.queryset.exists()
    assert selection.total == 0
    return selection.errors


def test_the_filters_are_those_of_the_contract():
    assert list(AnnouncementFilter.base_filters) == CONTRACT


def world() -> None:
    """Two announcements that differ in everything one can ask for."""
    meta = make.company("Meta", legal_name="Meta Platforms, Inc.", country="US")
    meta.former_names.create(name="Facebook, Inc.")
    baidu = make.company("Baidu", country="CN")
    wanted = make.published(
        title="Wanted",
        company=meta,
        announced_on="2023-10",
        kind="intent",
        summary="Opens the Wolpertinger models.",
        initiatives=[make.initiative("PyTorch", company=meta)],
    )
    make.promise(wanted, status="delayed", due_from="2024-01-01", due_to="2024-02-01")
    make.release(wanted, license="apache-2.0", components=["weights", "inference_code"])
    make.concern(wanted, "misuse", status="disputed", title="Deepfakes")
    make.benefit(wanted, "transparency")
    other = make.published(title="Other", company=baidu, announced_on="2025", kind="program")
    make.promise(other, status="delivered")
    make.release(other, license="cc-by-nc-4.0", components=["weights"])
    make.concern(other, "privacy")
    make.benefit(other, "innovation")


@pytest.mark.parametrize(
    "query",
    [
        "q=wolpertinger",
        "q=Facebook",
        "q=pytorch+models",
        "q=deepfakes",
        "company=meta",
        "concern=misuse",
        "concern_status=disputed",
        "initiative=pytorch",
        "kind=intent",
        "status=delayed",
        "overdue=yes",
        "overdue=1",
        "overdue=True",
        "license=apache-2.0",
        "openness=open-weights",
        "benefit=transparency",
        "country=us",
        "country=US",
        "after=2023&before=2024",
        "before=2023-10",
        "before=2023-10-18",
        "company=meta&concern=misuse&kind=intent",
        "company=meta&company=&q=",
    ],
)
def test_each_filter_finds_the_one_that_meets_it(query):
    world()
    assert selected(query) == ["Wanted"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "company=meta&company=baidu",
        "concern=misuse&concern=privacy",
        "kind=intent&kind=program",
        "status=delayed&status=delivered",
        "license=apache-2.0&license=cc-by-nc-4.0",
        "after=2023-10",
        "after=2023",
        "before=2025",
        "order=newest",
        "page=1",
    ],
)
def test_several_values_of_one_filter_mean_or(query):
    world()
    assert sorted(selected(query)) == ["Other", "Wanted"]


@pytest.mark.parametrize(
    "query",
    [
        "company=meta&kind=program",
        "concern=misuse&concern_status=open",
        "status=announced&overdue=yes&company=baidu",
        "after=2023-11&before=2024",
        "after=2026",
        "q=wolpertinger+baidu",
        "company=meta&overdue=no",
    ],
)
def test_different_filters_mean_and(query):
    world()
    assert selected(query) == []


def test_an_announcement_known_by_its_month_counts_from_its_first_day():
    make.published(title="October", announced_on="2023-10")
    make.published(title="Eighteenth", announced_on="2023-10-18")
    assert selected("after=2023-10&order=oldest") == ["October", "Eighteenth"]
    assert selected("after=2023-10-02") == ["Eighteenth"]


def test_an_announcement_belongs_to_each_company_that_announced_it():
    partner = make.company("Partner", country="FR")
    make.published(title="Together", partners=[partner])
    assert selected("company=partner") == ["Together"]
    assert selected("country=fr") == ["Together"]


def test_a_concern_is_found_by_its_further_types():
    concern = make.concern(make.published(title="Both"), "misuse")
    concern.further_types.add(make.concern_type("privacy"))
    assert selected("concern=privacy") == ["Both"]


def test_a_license_is_found_on_a_single_component():
    release = make.release(make.published(title="Mixed"), license="mit")
    make.component(release, "weights", license="cc-by-nc-4.0")
    assert selected("license=cc-by-nc-4.0") == ["Mixed"]


def test_type_and_status_speak_of_the_same_concern():
    announcement = make.published()
    make.concern(announcement, "misuse", status="open")
    make.concern(announcement, "privacy", status="disputed")
    assert selected("concern=misuse&concern_status=disputed") == []


def test_a_promise_due_today_is_not_overdue_and_one_due_yesterday_is():
    today = timezone.localdate()
    for title, day in (("today", today), ("yesterday", today - timedelta(days=1))):
        make.promise(make.published(title=title), due_from=day, due_to=day)
    assert selected("overdue=yes") == ["yesterday"]
    assert selected("overdue=no") == ["today"]


def test_several_matching_rows_list_an_announcement_once():
    announcement = make.published(title="Once")
    for _ in range(3):
        make.concern(announcement, "misuse")
        make.promise(announcement)
    assert selected("concern=misuse&status=announced") == ["Once"]


def test_drafts_are_never_selected():
    make.draft(title="Draft")
    assert selected("") == []


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("newest", ["B", "C", "A"]),
        ("oldest", ["A", "C", "B"]),
        ("title", ["A", "B", "C"]),
        ("company", ["C", "A", "B"]),
        ("updated", ["C", "B", "A"]),
    ],
)
def test_the_order_is_the_one_asked_for(order, titles):
    for title, day, company in (("A", "2020", "Y"), ("B", "2022", "Z"), ("C", "2021", "X")):
        make.published(title=title, announced_on=day, company=make.company(company))
    assert selected(f"order={order}") == titles


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("compnay=meta", "compnay", "Allowed: q, company, concern"),
        ("company=metta", "company", "Allowed: meta"),
        ("company=meta&company=nobody", "company", "“nobody”"),
        ("kind=promise", "kind", "Allowed: intent, model-release"),
        ("status=late", "status", "Allowed: announced, delayed"),
        ("concern=missuse", "concern", "Allowed: misuse"),
        ("overdue=maybe", "overdue", "Allowed: yes, no"),
        ("overdue=yes&overdue=no", "overdue", "one value"),
        ("order=random", "order", "Allowed: relevance, newest"),
        ("after=18.10.2023", "after", "2023, 2023-10 or 2023-10-18"),
        ("after=2023-13", "after", "2023, 2023-10 or 2023-10-18"),
        ("before=tomorrow", "before", "2023, 2023-10 or 2023-10-18"),
        ("after=2023&after=2024", "after", "one value"),
        ("q=a&q=b", "q", "one value"),
        ("page=0", "page", "greater than or equal to 1"),
        ("page=two", "page", "whole number"),
        ("country=xx", "country", "Allowed: us"),
        ("q=" + "a" * 201, "q", "at most 200"),
        ("q=%00", "q", "Null characters"),
        ("license=gpl", "license", "Allowed: apache-2.0"),
    ],
)
def test_what_is_not_understood_selects_nothing_and_says_why(query, name, words):
    make.concern_type("misuse")
    make.license("apache-2.0")
    make.published(company=make.company("Meta", country="US"))
    assert words in " ".join(errors(query)[name])


HOSTILE = [
    '"',
    "NEAR(",
    "*",
    "-",
    "%",
    "_",
    "\\",
    "'; --",
    "a" * 200,
    "é",
    "日本",
    "(((",
    "AND OR NOT",
]


def test_of_a_long_list_the_nearest_spellings_are_named():
    for name in ("Meta", *(f"Company {number}" for number in range(30))):
        make.company(name)
    assert (
        "“metta” is not one of the 31 values. Near it: meta"
        in errors("company=metta")["company"][0]
    )


def test_without_any_value_that_is_said():
    assert errors("company=acme")["company"] == [
        "“acme” is not one of the values: there are none yet."
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_can_be_typed_into_search_is_an_error(text):
    query = QueryDict(mutable=True)
    query["q"] = text
    assert Selection(query).errors == {}
    assert Selection(query).total == 0


def test_every_chosen_value_can_be_taken_back_on_its_own():
    make.published(company=make.company("Meta"))
    make.company("Baidu")
    selection = Selection(QueryDict("company=meta&company=baidu&after=2023-10&order=oldest&page=1"))
    assert [(row.label, row.words, row.without) for row in selection.chosen] == [
        ("Company", "Meta", "company=baidu&after=2023-10&order=oldest"),
        ("Company", "Baidu", "company=meta&after=2023-10&order=oldest"),
        ("From", "October 2023", "company=meta&company=baidu&order=oldest"),
    ]


def test_a_page_of_keys_costs_one_query_whatever_is_asked(django_assert_num_queries):
    world()
    postings.current()
    query = "company=meta&concern=misuse&status=delayed&license=apache-2.0&after=2023"
    with django_assert_num_queries(1):
        assert len(Selection(QueryDict(query)).keys[:25]) == 1


@pytest.mark.parametrize("order", ORDERS)
def test_keys_come_in_the_order_of_the_query_from_any_place_of_the_list(order):
    company = make.company("Bolt")
    for day in ("2024", "2023-10", "2024-01-01", "2024-01-01", "2025-06"):
        make.published(announced_on=day, title=f"On {day}", company=company)
        make.published(announced_on=day, company=make.company())
        make.draft(announced_on=day)
    selection = Selection(QueryDict(f"order={order}"))
    expected = list(selection.queryset.values_list("pk", flat=True))

    assert selection.keys[:100] == expected
    assert [selection.keys[start : start + 3] for start in range(0, 12, 3)] == [
        expected[start : start + 3] for start in range(0, 12, 3)
    ]
    assert selection.keys[4] == expected[4]


def test_what_is_searched_comes_by_match_and_then_by_day():
    company = make.company("Llama Works")
    anywhere = make.published(title="Old", summary="About llamas.", announced_on="2026")
    in_names = [
        make.published(title=f"Of {day}", company=company, announced_on=day) for day in DAYS
    ]
    in_title = [make.published(title=f"A llama of {day}", announced_on=day) for day in DAYS]
    make.draft(title="A llama")
    by_match = [row.pk for row in (*in_title[::-1], *in_names[::-1], anywhere)]
    searched = Selection(QueryDict("q=llama"))
    by_day = Selection(QueryDict("q=llama&order=newest")).keys[:9]

    assert searched.keys[:9] == by_match
    assert [searched.keys[place] for place in range(5)] == by_match
    assert searched.keys[1:3] + searched.keys[3:5] == by_match[1:]
    assert by_day == [anywhere.pk, in_title[1].pk, in_names[1].pk, in_title[0].pk, in_names[0].pk]


def test_a_list_without_words_offers_no_order_by_match():
    assert "relevance" not in dict(Selection(QueryDict("")).orders)
    assert "relevance" in dict(Selection(QueryDict("q=llama")).orders)
    assert Selection(QueryDict("order=relevance")).order == "newest"


def test_what_only_shuts_out_leaves_all_the_others():
    make.published(title="A llama")
    others = [make.published(announced_on=day) for day in DAYS]

    assert Selection(QueryDict("q=-llama")).keys[:9] == [row.pk for row in others[::-1]]


@pytest.mark.parametrize("order", [order for order in ORDERS if order != "company"])
def test_a_page_in_an_order_is_read_from_an_index_and_not_sorted(order):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of a table as small as this one it would sort all rows; what it must sort, it sorts all the same.
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        rows = Announcement.objects.published().order_by(*ORDERS[order][1])
        plan = rows.values_list("pk")[:25].explain()

    assert not re.search("Sort|TEMP B-TREE", plan), plan
