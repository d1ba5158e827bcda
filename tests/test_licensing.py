"""The license announced beside the license found."""

import pytest

from announcements.licensing import licensing
from announcements.models import Release
from tests import make

pytestmark = pytest.mark.django_db


def beside(
    announced: list[tuple[str, list[str]]], found: str | None, own: dict[str, str | None]
) -> tuple[bool, dict[str, list[str]]]:
    """Whether the whole differs and what was announced instead, for licenses by component."""
    announcement = make.published()
    promises = [
        make.promise(announcement, license=license or None, parts=parts)
        for license, parts in announced
    ]
    release = make.release(announcement, license=found)
    for slug, license in own.items():
        make.component(release, slug, license=license)
    facts = licensing(Release.objects.get(pk=release.pk), promises)
    instead = {
        slug: [license.slug for license in licenses]
        for slug, licenses in facts.announced_instead.items()
    }
    return facts.differs, instead


@pytest.mark.parametrize(
    ("announced", "found", "own", "expected"),
    [
        ([("mit", [])], "mit", {"weights": None}, (False, {})),
        ([("mit", [])], "apache-2.0", {"weights": None}, (True, {})),
        ([("", [])], "apache-2.0", {"weights": None}, (False, {})),
        ([("mit", [])], None, {"weights": None}, (False, {})),
        ([("mit", [])], "unknown", {"weights": None}, (False, {})),
        ([("mit", [])], "mit", {"weights": "apache-2.0"}, (False, {"weights": ["mit"]})),
        ([("mit", [])], "apache-2.0", {"weights": "mit"}, (True, {})),
        (
            [("mit", ["weights"]), ("apache-2.0", ["inference_code"])],
            "apache-2.0",
            {"weights": None, "inference_code": None},
            (False, {"weights": ["mit"]}),
        ),
        (
            [("mit", []), ("apache-2.0", [])],
            "llama-3.1-community",
            {"weights": None, "inference_code": "llama-3.1-community"},
            (True, {"inference_code": ["mit", "apache-2.0"]}),
        ),
    ],
)
def test_what_was_announced_is_named_where_another_license_was_found(
    announced, found, own, expected
):
    assert beside(announced, found, own) == expected


def test_of_a_component_that_cannot_be_obtained_no_license_is_compared():
    announcement = make.published()
    promise = make.promise(announcement, license="mit")
    release = make.release(announcement, license="mit")
    make.component(release, "weights", availability="none", license="apache-2.0")

    assert licensing(release, [promise]).announced_instead == {}
