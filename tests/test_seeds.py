"""What the project brings: vocabularies, starter records, the founding article."""

import io

import pytest
from django.core.management import call_command

from announcements.models import Announcement, BenefitType, Company, ConcernType, License
from tests.starter_data import COMPANIES, RECORDS

pytestmark = pytest.mark.django_db

ARTICLE = "meta-to-open-source-versions-of-its-next-ai-models"
REPORT = "meta-open-versions-of-next-models-2026"


def run(command: str) -> str:
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue().strip()


def article() -> Announcement:
    return Announcement.objects.published().for_reading().get(slug=ARTICLE)


def test_the_vocabularies_become_rows_once():
    assert run("load_vocabularies").startswith("concern types: 14 added")
    assert run("load_vocabularies").splitlines() == [
        "concern types: 0 added",
        "benefit types: 0 added",
        "licenses: 0 added",
    ]


def test_what_an_editor_changed_in_a_vocabulary_stays():
    run("load_vocabularies")
    ConcernType.objects.filter(slug="misuse").update(name="Abuse")
    License.objects.filter(slug="mit").update(description="Ours.")
    run("load_vocabularies")
    assert ConcernType.objects.get(slug="misuse").name == "Abuse"
    assert License.objects.get(slug="mit").description == "Ours."


def test_the_founding_concerns_come_first():
    run("load_vocabularies")
    first = list(ConcernType.objects.values_list("slug", flat=True)[:3])
    assert first == ["misuse", "intellectual-property", "quality-control"]
    assert first == list(ConcernType.objects.filter(founding=True).values_list("slug", flat=True))


def test_the_article_is_recorded_as_it_tells_it():
    run("seed_article")
    record = article()
    assert record.title == "Scoop: Meta to open source versions of its next AI models"
    assert (str(record.announced_on), record.kind) == ("2023-10", "intent")
    assert record.company.legal_name == "Meta Platforms, Inc."
    assert [former.name for former in record.company.former_names.all()] == ["Facebook, Inc."]
    assert [promise.status for promise in record.promises.all()] == ["announced"]
    assert "October 2023" in record.note


def test_the_article_names_three_initiatives_three_concerns_and_seven_benefits():
    run("seed_article")
    record = article()
    assert {(row.name, row.kind) for row in record.initiatives.all()} == {
        ("PyTorch", "library"),
        ("Detectron2", "platform"),
        ("FAIR", "research-group"),
    }
    concerns = {row.type.slug: row.text.lower() for row in record.concerns.all()}
    assert "deepfake" in concerns["misuse"]
    assert "cyber" in concerns["misuse"]
    assert "blur" in concerns["intellectual-property"]
    assert "contributors" in concerns["quality-control"]
    assert [row.type.slug for row in record.benefits.all()] == list(
        BenefitType.objects.exclude(group="added").values_list("slug", flat=True)
    )


def test_the_article_twice_doubles_nothing_and_keeps_a_correction():
    run("seed_article")
    Announcement.objects.filter(slug=ARTICLE).update(title="Corrected")
    assert run("seed_article") == "0 created, 0 updated, 0 unchanged, 0 refused"
    assert [row.title for row in Announcement.objects.all()] == ["Corrected"]
    assert Company.objects.count() == 1


def test_an_empty_database_is_filled_and_then_left_alone():
    run("seed")
    assert Company.objects.count() == len(COMPANIES) == 54
    assert Announcement.objects.published().count() == len(RECORDS) + 1 == 141
    assert [row.slug for row in article().related.all()] == [REPORT]
    Announcement.objects.get(slug=REPORT).delete()
    assert "nothing was added" in run("seed")
    assert Announcement.objects.count() == 140
