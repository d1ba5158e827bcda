"""The project's own announcements and companies, held to the vocabulary's rules."""

import json
import re
from collections import Counter, defaultdict

import pytest

from announcements.canonical_urls import canonical_url
from announcements.partial_dates import PartialDate
from announcements.vocabularies import terms, vocabularies
from tests.starter_data import ALL, ARTICLE, BY_ID, COMPANIES, RECORDS, Row, each_record, leaves

DATE_KEYS = {"announced_on", "date", "released_on", "raised_on", "published_on", "founded"}
EVIDENCE_OF_A_COMPANY = {"company-statement", "repository", "model-page", "filing", "paper"}
RELEASE_KINDS = {
    "model-release": "model",
    "software-release": "software",
    "dataset-release": "dataset",
}
BRITISH = re.compile(
    r"\b(?:licen[c]e|programme|labell|modell|artefact|behaviour|colour|favour|labour|centre|defence"
    r"|catalogue|judgement|per cent\b|(?:scrutin|democrat|custom|apolog|organ|optim|memor|commodit"
    r"|recogn|summar|real|general|special|author|emphas)is(?:e|ed|es|er|ing|ation)\b)",
    re.IGNORECASE,
)

RESTS_ON_AN_INDEX_ALONE = {"cohere-aya", "cohere-command-r-weights"}
"""Stated by the company as far as an index of models shows; its own page is still to be found."""

NOTHING_ON_THE_DAY = {"databricks-dolly", "skt-ax-4-0", "stablelm-alpha"}
"""Release kinds whose first recorded release is later than the announcement; sources do not decide."""


def our_words(record: Row) -> list[str]:
    """What we wrote ourselves; titles of sources stay as published."""
    own = {key: value for key, value in record.items() if key not in ("sources", "id")}
    notes = [source.get("note", "") for source in record["sources"]]
    return [*(text for key, text in leaves(own) if key not in ("url", "source")), *notes]


def facts_with_sources(record: Row) -> list[Row]:
    updates = [update for promise in record["promises"] for update in promise["updates"]]
    return [*updates, *record["concerns"], *record["benefits"]]


def overlap(one: PartialDate, other: PartialDate) -> bool:
    return not one.certainly_before(other) and not other.certainly_before(one)


# The files as a whole


def test_the_starter_records_and_the_article_are_all_there():
    assert (len(RECORDS), len(COMPANIES)) == (140, 54)
    assert ARTICLE["id"] == "meta-to-open-source-versions-of-its-next-ai-models"


@pytest.mark.parametrize("key", ["id", "title"])
def test_no_two_announcements_share_an_id_or_a_title(key):
    doubled = [value for value, n in Counter(record[key] for record in ALL).items() if n > 1]
    assert doubled == []


@pytest.mark.parametrize("key", ["name", "legal_name"])
def test_no_two_companies_share_a_name(key):
    names = [company[key].casefold() for company in COMPANIES if company[key]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("company", COMPANIES, ids=[row["name"] for row in COMPANIES])
def test_a_company_has_its_names_and_a_country_code(company):
    assert all(company[key] for key in ("name", "description"))
    assert re.fullmatch("[A-Z]{2}", company["country"])


def test_records_keep_one_order_of_keys():
    order = "id title companies announced_on kind basis summary note initiatives promises releases"
    order_of_keys = [*order.split(), "concerns", "benefits", "sources", "related"]
    for record in ALL:
        assert [*record] == [key for key in order_of_keys if key in record], record["id"]


def test_one_page_is_described_in_one_way():
    described = defaultdict(set)
    for record in ALL:
        for source in record["sources"]:
            facts = {key: value for key, value in source.items() if key != "url"}
            described[canonical_url(source["url"])].add(json.dumps(facts, sort_keys=True))
    assert {url: facts for url, facts in described.items() if len(facts) > 1} == {}


def test_one_initiative_is_described_in_one_way():
    described = defaultdict(set)
    for record in ALL:
        for row in record["initiatives"]:
            described[row["company"], row["name"].casefold()].add(json.dumps(row, sort_keys=True))
    assert {key: facts for key, facts in described.items() if len(facts) > 1} == {}


def test_open_questions_name_records_that_exist():
    assert {*BY_ID} >= RESTS_ON_AN_INDEX_ALONE | NOTHING_ON_THE_DAY


# Each record


@each_record()
def test_every_term_of_a_record_is_in_the_vocabulary(record):
    assert record["kind"] in terms("announcement_kinds")
    assert record["basis"] in terms("announcement_basis")
    assert {source["kind"] for source in record["sources"]} <= {*terms("source_kinds")}
    assert {concern["type"] for concern in record["concerns"]} <= {*terms("concern_types")}
    assert {benefit["type"] for benefit in record["benefits"]} <= {*terms("benefit_types")}


@each_record()
def test_every_date_of_a_record_is_a_date(record):
    for key, text in leaves(record):
        if key in DATE_KEYS and text:
            PartialDate.parse(text)


@each_record()
def test_companies_are_named_by_legal_name_or_by_name_where_there_is_none(record):
    named = {*record["companies"], *(row["company"] for row in record["initiatives"])}
    assert named <= {company["legal_name"] or company["name"] for company in COMPANIES}
    assert len({*record["companies"]}) == len(record["companies"]) > 0


@each_record()
def test_every_fact_rests_on_a_source_of_its_record(record):
    listed = {source["url"] for source in record["sources"]}
    assert {fact["source"] for fact in facts_with_sources(record)} <= listed


@each_record()
def test_no_page_is_listed_twice_in_a_record(record):
    pages = [canonical_url(source["url"]) for source in record["sources"]]
    assert len({*pages}) == len(pages) > 0


@each_record()
def test_a_source_of_no_kind_says_what_it_is(record):
    for source in record["sources"]:
        assert all(source[key] for key in ("title", "publisher"))
        assert source["kind"] != "other" or source["note"]


@each_record()
def test_a_concern_and_a_benefit_have_a_holder(record):
    assert all(concern["raised_by"] and concern["title"] for concern in record["concerns"])
    assert all(benefit["claimed_by"] and benefit["text"] for benefit in record["benefits"])


@each_record()
def test_a_summary_is_neither_a_headline_nor_an_essay(record):
    assert 40 <= len(record["summary"]) <= 600


@each_record()
def test_our_words_are_spelled_the_american_way(record):
    assert [text for text in our_words(record) if BRITISH.search(text)] == []


def test_vocabulary_and_companies_are_spelled_the_american_way():
    texts = [text for _, text in leaves([vocabularies(), COMPANIES]) if "://" not in text]
    assert [text for text in texts if BRITISH.search(text)] == []


@each_record()
def test_related_announcements_exist_and_are_others(record):
    assert {*record.get("related", [])} <= {*BY_ID} - {record["id"]}


# What a kind and a basis ask for


@each_record([record for record in ALL if record["kind"] in RELEASE_KINDS])
def test_a_release_kind_names_the_first_of_what_could_be_had_that_day(record):
    day = PartialDate.parse(record["announced_on"])
    releases = record["releases"]
    had = {
        release["type"]
        for release in releases
        if overlap(PartialDate.parse(release["released_on"]), day)
    }
    order = [kind for kind, release_type in RELEASE_KINDS.items() if release_type in had]
    assert RELEASE_KINDS[record["kind"]] in {release["type"] for release in releases}
    assert order[:1] == ([] if record["id"] in NOTHING_ON_THE_DAY else [record["kind"]])


@each_record([record for record in ALL if record["kind"] == "intent"])
def test_of_an_intent_nothing_could_be_had_on_its_day(record):
    day = PartialDate.parse(record["announced_on"])
    assert record["promises"]
    for release in record["releases"]:
        assert day.certainly_before(PartialDate.parse(release["released_on"]))


@each_record([record for record in ALL if record["kind"] == "license-change"])
def test_a_license_change_shows_the_old_and_the_new_license(record):
    named = {release["license"] for release in record["releases"]}
    noted = any(release.get("license_note") for release in record["releases"])
    promised = any(promise.get("license") for promise in record["promises"])
    assert promised or (named and (noted or len(named) > 1))


@each_record([record for record in ALL if record["kind"] == "governance-change"])
def test_a_governance_change_names_the_body(record):
    assert "Foundation" in record["summary"]


@each_record([record for record in ALL if record["kind"] == "progress-update"])
def test_a_progress_update_points_to_what_came_before(record):
    assert record["related"]


@each_record([record for record in ALL if record["kind"] == "withdrawal"])
def test_a_withdrawal_tells_what_was_taken_back(record):
    assert "withdrawn" in {
        update["status"] for promise in record["promises"] for update in promise["updates"]
    }


def test_a_research_publication_has_a_paper():
    for record in ALL:
        kinds = {source["kind"] for source in record["sources"]}
        assert record["kind"] != "research-publication" or "paper" in kinds, record["id"]


@each_record()
def test_sources_carry_the_basis(record):
    kinds = {source["kind"] for source in record["sources"]}
    match record["basis"]:
        case "company-statement":
            is_carried = bool(kinds & EVIDENCE_OF_A_COMPANY)
            assert is_carried is (record["id"] not in RESTS_ON_AN_INDEX_ALONE)
        case "unnamed-report":
            assert "press-unnamed" in kinds
        case _:
            assert kinds & {"press-named", "officer-post"}


# The founding article


def test_the_article_tells_of_three_concerns_and_seven_benefits():
    assert [row["type"] for row in ARTICLE["concerns"]] == [
        slug for slug, term in terms("concern_types").items() if term["founding_concern"]
    ]
    assert [row["type"] for row in ARTICLE["benefits"]] == [
        slug for slug, term in terms("benefit_types").items() if "(article)" in term["group"]
    ]


def test_the_article_is_linked_to_the_report_whose_title_it_carries():
    (related,) = ARTICLE["related"]
    assert ARTICLE["title"] in {source["title"] for source in BY_ID[related]["sources"]}
    assert "October 2023" in ARTICLE["note"]


def test_the_article_names_three_initiatives_of_meta():
    named = {row["name"]: row["kind"] for row in ARTICLE["initiatives"]}
    assert named == {"PyTorch": "library", "Detectron2": "platform", "FAIR": "research-group"}
