"""Answers about a license: what is recorded, what its class rules out, and "not recorded" for the rest."""

import pytest

from announcements.license_answers import Terms, answers
from announcements.vocabularies import terms

COMMERCIAL, CEILING, FIELDS, USES, COUNTRIES, NAMING, PATENTS, OUTPUTS, REVOCATION = range(9)
READ = {"checked": "text"}


def answer(question: int, license_class: str, *restrictions: str, **facts: str) -> str:
    return answers(Terms(license_class, restrictions, **facts))[question].answer


@pytest.mark.parametrize(
    ("question", "license_class", "restrictions", "facts", "expected"),
    [
        (COMMERCIAL, "open-software", [], {}, "Yes"),
        (COMMERCIAL, "open-content", [], {}, "Yes"),
        (COMMERCIAL, "permissive-unlisted", [], {}, "Yes"),
        (COMMERCIAL, "non-commercial", [], {}, "No"),
        (COMMERCIAL, "non-commercial", ["research-only"], READ, "No"),
        (COMMERCIAL, "non-commercial", ["commercial-on-request"], {}, "With limits"),
        (COMMERCIAL, "use-restricted", ["mau-threshold"], {}, "With limits"),
        (COMMERCIAL, "use-restricted", ["royalty"], {}, "With limits"),
        (COMMERCIAL, "use-restricted", ["acceptable-use"], {}, "With limits"),
        (COMMERCIAL, "use-restricted", [], {"checked": "memory"}, "Not recorded"),
        (COMMERCIAL, "unclear", [], READ, "Not recorded"),
        (CEILING, "use-restricted", ["revenue-threshold"], {}, "Yes"),
        (CEILING, "use-restricted", [], {"checked": "secondary"}, "Not recorded"),
        (CEILING, "use-restricted", [], {"checked": "excerpt"}, "Not recorded"),
        (CEILING, "use-restricted", [], READ, "No"),
        (CEILING, "open-software", [], {"checked": "list"}, "No"),
        (FIELDS, "use-restricted", ["field-of-use"], {}, "Yes"),
        (FIELDS, "non-commercial", ["research-only", "non-commercial"], {}, "Yes"),
        (FIELDS, "open-software", [], {}, "No"),
        (USES, "use-restricted", ["acceptable-use"], {}, "Yes"),
        (USES, "use-restricted", ["guardrail-duty"], {}, "With limits"),
        (USES, "use-restricted", ["field-of-use"], READ, "No"),
        (COUNTRIES, "use-restricted", ["territory"], {}, "Yes"),
        (COUNTRIES, "use-restricted", ["acceptable-use"], {"checked": "memory"}, "Not recorded"),
        (NAMING, "use-restricted", ["naming-duty"], {}, "Yes"),
        (NAMING, "open-software", [], {"attribution": "required"}, "Yes"),
        (NAMING, "open-content", [], {"attribution": "not-required"}, "No"),
        (NAMING, "open-software", [], READ, "Not recorded"),
        (PATENTS, "open-software", [], {"patent_grant": "granted"}, "Yes"),
        (PATENTS, "open-software", [], {"patent_grant": "not-mentioned"}, "Not mentioned"),
        (PATENTS, "open-content", [], {"patent_grant": "not-granted"}, "No"),
        (PATENTS, "permissive-unlisted", ["no-patent-grant"], READ, "No"),
        (PATENTS, "open-software", [], {}, "Not recorded"),
        (OUTPUTS, "use-restricted", ["no-output-training"], {}, "No"),
        (OUTPUTS, "use-restricted", ["acceptable-use"], READ, "Yes"),
        (OUTPUTS, "use-restricted", ["acceptable-use"], {"checked": "excerpt"}, "Not recorded"),
        (OUTPUTS, "open-software", [], {}, "Yes"),
        (REVOCATION, "use-restricted", ["update-at-will"], {}, "Yes"),
        (REVOCATION, "use-restricted", ["revocable"], {}, "Yes"),
        (REVOCATION, "open-software", [], {}, "Not recorded"),
        (REVOCATION, "use-restricted", [], READ, "No"),
    ],
)
def test_a_question_is_answered_as_far_as_the_license_is_known(
    question, license_class, restrictions, facts, expected
):
    assert answer(question, license_class, *restrictions, **facts) == expected


def test_a_ceiling_is_given_in_the_words_recorded():
    ceiling = answers(
        Terms("use-restricted", ["mau-threshold"], threshold="700 million monthly active users")
    )[CEILING]
    assert "700 million monthly active users" in ceiling.reason


@pytest.mark.parametrize("license_class", terms("license_classes"))
@pytest.mark.parametrize("checked", ["text", "excerpt", "secondary", "list", "memory"])
def test_every_question_has_an_answer_and_its_reason(license_class, checked):
    assert all(row.answer and row.reason for row in answers(Terms(license_class, checked=checked)))


@pytest.mark.parametrize("restriction", terms("license_restrictions"))
def test_every_restriction_of_the_vocabulary_changes_an_answer(restriction):
    plain, limited = (
        Terms("use-restricted", restrictions, checked="secondary")
        for restrictions in ([], [restriction])
    )

    assert answers(plain) != answers(limited)
