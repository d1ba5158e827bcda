"""How open a release is: states, levels, MOF classes and label gaps, as tables and as laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements import openness
from announcements.models import License
from announcements.vocabularies import terms, vocabularies
from tests import make

CLASSES = License.Class.values
ORDER = ("unknown", "none", "partial", "open")
OPEN_KINDS = {
    "code": {"open-software", "open-content"},
    "data": {"open-software", "open-content", "permissive-unlisted"},
    "document": set(CLASSES),
}


@pytest.mark.parametrize("component", terms("components"))
@pytest.mark.parametrize("license_class", CLASSES)
def test_a_published_component_is_open_if_its_license_lets_it(component, license_class):
    state = openness.component_state(component, "published", license_class)
    is_open = license_class in OPEN_KINDS[terms("components")[component]["type"]]
    assert state == ("open" if is_open else "partial")


@pytest.mark.parametrize(
    ("availability", "state"), [("unknown", "unknown"), ("none", "none"), ("limited", "partial")]
)
@pytest.mark.parametrize("component", terms("components"))
def test_what_cannot_be_had_whole_is_not_open_under_any_license(component, availability, state):
    for license_class in CLASSES:
        assert openness.component_state(component, availability, license_class) == state


def level(release_type, states, code_class="open-software"):
    return openness.assess(release_type, states, code_class).level


def opened(*components, **others):
    return {**dict.fromkeys(components, "open"), **others}


ALL_TEN = opened(*openness.OPEN_SCIENCE)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, "not-assessed"),
        ({"weights": "unknown"}, "not-assessed"),
        ({"weights": "none"}, "closed"),
        ({"weights": "none", "model_card": "none"}, "closed"),
        ({"technical_report": "partial"}, "documents-or-code"),
        ({"weights": "none", "inference_code": "open"}, "documents-or-code"),
        ({"weights": "partial"}, "restricted-weights"),
        ({"weights": "partial", "inference_code": "open"}, "restricted-weights"),
        ({"weights": "open"}, "restricted-weights"),
        ({"weights": "open", "inference_code": "none"}, "restricted-weights"),
        ({"weights": "open", "inference_code": "partial"}, "restricted-weights"),
        (opened("weights", "inference_code"), "open-weights"),
        (opened("weights", "inference_code", "training_code"), "open-weights"),
        (opened(*openness.OPEN_SOURCE), "open-source"),
        ({**ALL_TEN, "weights": "partial"}, "restricted-weights"),
        ({**ALL_TEN, "training_code": "partial"}, "open-weights"),
        ({**ALL_TEN, "training_data": "none"}, "open-source"),
        ({**ALL_TEN, "checkpoints": "unknown"}, "open-source"),
        (ALL_TEN, "open-science"),
    ],
)
def test_the_level_of_a_model(states, expected):
    assert level("model", states) == expected


@pytest.mark.parametrize(
    ("states", "code_class", "expected"),
    [
        ({}, "open-software", "not-assessed"),
        ({"technical_report": "open"}, "open-software", "not-assessed"),
        ({"source_code": "none"}, "unclear", "closed"),
        ({"source_code": "partial"}, "open-software", "source-available"),
        ({"source_code": "open"}, "open-content", "source-available"),
        ({"source_code": "open"}, "open-software", "open-source"),
    ],
)
def test_the_level_of_software(states, code_class, expected):
    assert level("software", states, code_class) == expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({}, "not-assessed"),
        ({"evaluation_code": "open"}, "not-assessed"),
        ({"training_data": "none"}, "closed"),
        ({"training_data": "none", "data_documentation": "none"}, "closed"),
        ({"training_data": "none", "data_documentation": "partial"}, "documents-or-code"),
        ({"data_documentation": "open"}, "documents-or-code"),
        ({"training_data": "partial"}, "restricted-data"),
        ({"training_data": "open", "data_documentation": "none"}, "open-data"),
    ],
)
def test_the_level_of_a_data_set(states, expected):
    assert level("dataset", states) == expected


@pytest.mark.parametrize("row", vocabularies()["levels"], ids=lambda row: row["slug"])
def test_a_level_has_the_name_of_the_vocabulary(row):
    for release_type in openness.COMPONENTS:
        if row["release_type"] in (release_type, "any"):
            assert openness.level_name(release_type, row["slug"]) == row["name"]


@pytest.mark.parametrize(
    ("components", "mof_class"),
    [
        ((), ""),
        (openness.OPEN_SOURCE, ""),
        (openness.MOF_III, "III"),
        ({*openness.MOF_III} - {"model_card"}, ""),
        ({*openness.MOF_III, "training_code"}, "III"),
        (openness.MOF_II, "II"),
        ({*openness.MOF_II, "training_data"}, "II"),
        (openness.MOF_I, "I"),
        (openness.OPEN_SCIENCE, "I"),
    ],
)
def test_the_mof_class_follows_what_is_open(components, mof_class):
    assert openness.assess("model", opened(*components)).mof_class == mof_class


@pytest.mark.parametrize("release_type", ["software", "dataset"])
def test_only_models_have_a_mof_class(release_type):
    states = dict.fromkeys(openness.COMPONENTS[release_type], "open")
    assert openness.assess(release_type, states).mof_class == ""


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ({}, "Not assessed"),
        ({"weights": "partial"}, "Weights with limits"),
        ({"weights": "open"}, "At least weights with limits, 9 parts not checked"),
        ({**ALL_TEN, "checkpoints": "unknown"},
         "At least open source AI (as OSAID 1.0 asks), 1 part not checked"),
        ({**ALL_TEN, "training_code": "none", "model_card": "unknown"}, "Open weights"),
        (ALL_TEN, "Open science"),
    ],
)  # fmt: skip
def test_a_level_says_how_much_is_unchecked(states, words):
    assert openness.assess("model", states).words == words


@pytest.mark.parametrize(
    ("called", "release_type", "states", "gap"),
    [
        ("open-source", "model", opened("weights", inference_code="none"), True),
        ("open-source", "model", {"weights": "partial"}, True),
        ("open-source", "model", opened("weights", "inference_code"), False),
        ("open-source", "model", opened("weights", "inference_code", training_code="none"), True),
        ("open-source", "model", opened(*openness.OPEN_SOURCE), False),
        ("open-source", "model", {}, False),
        ("open-weights", "model", {"weights": "partial"}, False),
        ("other", "model", {"weights": "partial"}, False),
        ("", "model", {"weights": "partial"}, False),
        ("open-source", "software", {"source_code": "partial"}, True),
        ("open-source", "software", {}, False),
        ("open-source", "dataset", {"training_data": "none"}, True),
        ("open-source", "dataset", {"data_documentation": "open"}, False),
    ],
)
def test_a_label_gap_is_claimed_only_of_what_was_checked(called, release_type, states, gap):
    assert openness.label_gap(called, openness.assess(release_type, states)) == gap


@pytest.mark.parametrize("code_class", CLASSES)
def test_code_that_was_not_checked_may_turn_out_to_be_open_source(code_class):
    assessment = openness.assess("software", {"technical_report": "open"}, code_class)
    assert not openness.label_gap("open-source", assessment)


RELEASES = st.sampled_from([*openness.COMPONENTS]).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        st.fixed_dictionaries(
            {component: st.sampled_from(ORDER) for component in openness.COMPONENTS[kind]}
        ),
    )
)


def rank(release_type, states):
    found = openness.assess(release_type, states).rank
    return -1 if found is None else found


@given(RELEASES, st.data())
def test_opening_a_part_never_lowers_the_rank(release, data):
    release_type, states = release
    component = data.draw(st.sampled_from(openness.COMPONENTS[release_type]))
    more = data.draw(st.sampled_from(ORDER[ORDER.index(states[component]) :]))
    assert rank(release_type, {**states, component: more}) >= rank(release_type, states)


@given(RELEASES, st.data())
def test_whatever_the_unchecked_parts_are_the_rank_is_at_least_this_and_at_most_the_best(
    release, data
):
    release_type, states = release
    found = {
        component: data.draw(st.sampled_from(ORDER[1:])) if state == "unknown" else state
        for component, state in states.items()
    }
    before = openness.assess(release_type, states)
    after = openness.assess(release_type, found)
    assert rank(release_type, states) <= after.rank <= before.best_rank
    assert after.unchecked == 0
    if openness.label_gap("open-source", before):
        assert after.rank < openness.LABEL_RANK


@given(RELEASES)
def test_a_level_counts_unchecked_parts_only_while_it_could_rise(release):
    assessment = openness.assess(*release)
    could_rise = assessment.rank is None or assessment.best_rank > assessment.rank
    assert (assessment.unchecked > 0) == could_rise


# The vocabulary's worked examples, as releases with their licenses.


@pytest.mark.parametrize(
    ("components", "called", "expected", "gap"),
    [
        pytest.param(
            {"weights": "apache-2.0-gpt-oss", "inference_code": "apache-2.0-gpt-oss"},
            "open-weights",
            "open-weights",
            False,
            id="gpt-oss",
        ),
        pytest.param(
            {"weights": "xai-community"}, "open-source", "restricted-weights", True, id="Grok 2"
        ),
        pytest.param(
            {"weights": "cc-by-nc-4.0", "inference_code": "mit", "training_code": "mit"},
            "open-source",
            "restricted-weights",
            True,
            id="MusicGen",
        ),
    ],
)
@pytest.mark.django_db
def test_the_worked_examples_come_out_as_the_vocabulary_says(components, called, expected, gap):
    release = make.release(called=called)
    for slug, license_slug in components.items():
        make.component(release, slug, license=license_slug)
    release = type(release).objects.get(pk=release.pk)
    assert (release.level, release.label_gap) == (expected, gap)


@pytest.mark.django_db
def test_falcon_rises_from_restricted_to_open_weights_with_its_license():
    falcon = make.release(components=["weights", "inference_code"], license="tii-falcon-llm-1.0")
    before = falcon.level
    falcon.license = make.license("apache-2.0")
    falcon.save()
    falcon.refresh_from_db()
    assert (before, falcon.level) == ("restricted-weights", "open-weights")


@pytest.mark.django_db
def test_a_component_keeps_its_own_license_when_the_release_changes_its():
    release = make.release(components=["inference_code"], license="mit")
    make.component(release, "weights", license="cc-by-nc-4.0")
    release.license = make.license("apache-2.0")
    release.save()
    release.refresh_from_db()
    assert release.states["weights"] == "partial"
    assert release.states["inference_code"] == "open"
