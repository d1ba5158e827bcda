"""The choices in code are the vocabulary's terms: no slug more, none less, the same names."""

import pytest

from announcements import openness, statuses
from announcements.models import (
    Announcement,
    License,
    Release,
    ReleaseComponent,
    Source,
    Update,
)
from announcements.models.license import restriction_terms
from announcements.models.promise import component_terms
from announcements.vocabularies import definition, terms, vocabularies

CHOICES = [
    (Announcement.Kind, "announcement_kinds"),
    (Announcement.Basis, "announcement_basis"),
    (Update.Status, "delivery_statuses"),
    (ReleaseComponent.Component, "components"),
    (Source.Kind, "source_kinds"),
    (License.Class, "license_classes"),
]


@pytest.mark.parametrize(("choices", "vocabulary"), CHOICES)
def test_choices_are_the_terms_of_the_vocabulary(choices, vocabulary):
    names = [(slug, term["name"]) for slug, term in terms(vocabulary).items()]
    assert choices.choices == names


@pytest.mark.parametrize(
    "vocabulary",
    [
        *(vocabulary for _, vocabulary in CHOICES),
        "concern_types",
        "benefit_types",
        "component_states",
    ],
)
def test_every_term_is_defined(vocabulary):
    assert all(definition(vocabulary, slug) for slug in terms(vocabulary))


def test_levels_are_those_of_the_vocabulary():
    assert set(Release.Level.values) == {row["slug"] for row in vocabularies()["levels"]}


def test_levels_are_listed_from_closed_to_open():
    ranks = {row["slug"]: row["rank"] for row in vocabularies()["levels"]}
    listed = [ranks[slug] for slug in Release.Level.values if slug != "not-assessed"]
    assert listed == sorted(listed)


def test_release_types_are_those_that_levels_and_components_know():
    of_levels = {row["release_type"] for row in vocabularies()["levels"]} - {"any"}
    of_components = {kind for term in terms("components").values() for kind in term["applies_to"]}
    assert set(Release.Type.values) == of_levels == of_components == set(openness.COMPONENTS)


def test_how_far_a_license_was_read_is_one_of_the_vocabularys_values():
    assert License.Checked.values == list(vocabularies()["license_checked_values"])


def test_chosen_lists_offer_the_terms_of_the_vocabulary():
    assert dict(restriction_terms()) == {
        slug: term["name"] for slug, term in terms("license_restrictions").items()
    }
    assert [slug for slug, _ in component_terms()] == list(terms("components"))


def test_the_names_of_statuses_in_code_are_the_slugs():
    assert set(statuses.ALL) == {
        statuses.ANNOUNCED,
        statuses.DELAYED,
        statuses.PARTLY_DELIVERED,
        statuses.DELIVERED,
        statuses.LAPSED,
        statuses.WITHDRAWN,
        statuses.SUPERSEDED,
        statuses.UNVERIFIABLE,
    }


@pytest.mark.parametrize("row", terms("licenses").values(), ids=lambda row: row["slug"])
def test_a_license_of_the_vocabulary_uses_its_terms(row):
    assert row["license_class"] in License.Class
    assert row["checked"] in License.Checked
    assert set(row["restrictions"]) <= set(terms("license_restrictions"))
    assert row["attribution"] in License.Attribution
    assert row["patent_grant"] in License.PatentGrant
    assert row["osi_approved"] == (row["license_class"] == "open-software")


def test_every_change_is_between_known_statuses():
    rows = vocabularies()["status_transitions"]
    assert {row["from_status"] for row in rows} | {row["to_status"] for row in rows} == set(
        statuses.ALL
    )


def test_a_term_is_written_once():
    for name, rows in vocabularies().items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and "slug" in rows[0]:
            slugs = [(row["slug"], row.get("release_type")) for row in rows]
            assert len(slugs) == len(set(slugs)), name


def test_an_unknown_vocabulary_is_an_error():
    with pytest.raises(KeyError):
        terms("colors")
