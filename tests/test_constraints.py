"""The database refuses what must not be: one row or more per constraint, each broken behind Django's back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F
from django.utils import timezone

from announcements.models import Announcement, Company, ImportBatch, Merger, NearMatch, Update
from announcements.partial_dates import PartialDate
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 5, 8, 12, tzinfo=UTC)
FAR = {"url": "ftp://example.org/page"}
BACKWARDS = {"due_from": "2025-02-01", "due_to": "2025-01-31"}
REJECTED = {"state": "rejected", "decided_at": timezone.now()}
HALF = {"due_from": "2025-01-31", "due_to": None}


def former_name() -> models.Model:
    return make.company().former_names.create(name="Before")


def former_initiative_name() -> models.Model:
    return make.initiative().former_names.create(name="Before")


def former_address(record: Any) -> models.Model:
    """One more former address of a record; its number keeps two apart."""
    return record.former_addresses.create(slug=f"former-{next(make.NUMBERS)}")


def former_page() -> models.Model:
    address = f"https://example.org/former/{next(make.NUMBERS)}"
    return make.source().former_addresses.create(canonical_url=address)


def merger() -> models.Model:
    facts = {"kind": "company", "kept_key": 1, "absorbed_key": 2, "steps": []}
    return Merger.objects.create(kept_name="Kept", absorbed_name="Other", **facts)


def partner() -> models.Model:
    return make.published(partners=[make.company()]).partners.get()


def answered() -> models.Model:
    return make.concern(status="answered", answer="We look into it.")


def step() -> Update:
    return make.promise().updates.get()


def weights() -> models.Model:
    return make.release(components=["weights"]).components.get()


def ready() -> models.Model:
    announcement = make.proven()
    announcement.ready()
    return announcement


def stub() -> models.Model:
    return make.draft(announced_on=None)


def own_license() -> models.Model:
    return make.license(f"license-{next(make.NUMBERS)}")


def own_type() -> models.Model:
    return make.concern_type(f"type-{next(make.NUMBERS)}")


def own_benefit_type() -> models.Model:
    return make.benefit_type(f"type-{next(make.NUMBERS)}")


def near_match() -> models.Model:
    return NearMatch.objects.keep(make.draft(), make.draft(), "different", None)


def import_batch() -> models.Model:
    return ImportBatch.objects.create(file_name="table.csv")


def imported_record() -> models.Model:
    number = next(make.NUMBERS)
    return import_batch().records.create(noun="announcement", key=number, name="A")


# The constraint, a row to break it with, and what is written into the row.
CHECKS: list[tuple[str, Any, dict[str, Any]]] = [
    ("announcement_has_title", make.draft, {"title": ""}),
    ("announcement_has_title", make.draft, {"slug": ""}),
    ("announcement_draft_has_facts", make.draft, {"company": None}),
    ("announcement_draft_has_facts", make.draft, {"announced_on": None, "first_day": None}),
    ("announcement_draft_has_facts", make.published, {"kind": ""}),
    ("announcement_ready_has_words", ready, {"summary": ""}),
    ("announcement_ready_has_words", make.published, {"summary": ""}),
    ("announcement_ready_has_words", make.published, {"basis": ""}),
    ("announcement_published_says_when", make.published, {"published_at": None}),
    ("announcement_set_time_only_when_ready", make.draft, {"publish_at": "2099-01-01T00:00Z"}),
    ("announcement_evidence_due_only_when_published", make.draft, {"evidence_due": True}),
    ("announcement_first_day_follows_date", make.draft, {"announced_on": "2025"}),
    ("announcement_first_day_follows_date", stub, {"first_day": "2024-05-08"}),
    ("announcement_first_day_follows_date", make.draft, {"first_day": None}),
    ("announcement_first_day_follows_date", make.draft, {"first_day": "2024-05-09"}),
    (
        "announcement_first_day_follows_date",
        make.draft,
        {"announced_on": "2024-05", "first_day": "2024-05-08"},
    ),
    ("announcement_state_known", make.draft, {"state": "hidden"}),
    ("benefit_has_words", make.benefit, {"text": ""}),
    ("benefit_has_words", make.benefit, {"claimed_by": ""}),
    ("benefit_type_named", own_benefit_type, {"name": ""}),
    ("benefit_type_named", own_benefit_type, {"slug": ""}),
    ("company_leaves_compare_free", make.company, {"slug": "compare"}),
    ("company_has_names", make.company, {"name": ""}),
    ("company_has_names", make.company, {"slug": ""}),
    ("company_website_absent_or_web", make.company, {"website": "example.org"}),
    ("component_availability_known", weights, {"availability": "partial"}),
    ("component_known", weights, {"component": "logo"}),
    ("component_url_absent_or_web", weights, FAR),
    ("concern_answered_has_answer", answered, {"answer": ""}),
    ("concern_has_words", make.concern, {"title": ""}),
    ("concern_has_words", make.concern, {"text": ""}),
    ("concern_status_known", make.concern, {"status": "closed"}),
    ("concern_type_named", own_type, {"name": ""}),
    ("concern_type_named", own_type, {"slug": ""}),
    ("concern_without_type_has_note", make.concern, {"type": None}),
    ("former_initiative_name_not_empty", former_initiative_name, {"name": ""}),
    ("former_name_not_empty", former_name, {"name": ""}),
    ("merger_kind_known", merger, {"kind": "license"}),
    ("import_undone_was_applied", import_batch, {"undone_at": NOON}),
    ("imported_record_noun_known", imported_record, {"noun": "source"}),
    ("initiative_named", make.initiative, {"name": ""}),
    ("initiative_named", make.initiative, {"slug": ""}),
    ("initiative_url_absent_or_web", make.initiative, FAR),
    ("license_named", own_license, {"name": ""}),
    ("license_named", own_license, {"slug": ""}),
    ("license_open_software_is_osi_approved", own_license, {"osi_approved": True}),
    ("license_open_software_is_osi_approved", own_license, {"license_class": "open-software"}),
    ("license_url_absent_or_web", own_license, FAR),
    ("near_match_answer_known", near_match, {"answer": "perhaps"}),
    ("near_match_of_two", near_match, {"second": F("first")}),
    ("promise_due_range_whole_and_ordered", make.promise, BACKWARDS),
    ("promise_due_range_whole_and_ordered", make.promise, HALF),
    ("promise_due_range_whole_and_ordered", make.promise, {"due_to": "2025-01-31"}),
    ("promise_has_title", make.promise, {"title": ""}),
    ("promise_not_its_own_successor", make.promise, {"superseded_by": F("pk")}),
    ("promise_not_its_own_successor", make.promise, {"renews": F("pk")}),
    ("promise_status_known", make.promise, {"status": "kept"}),
    ("release_has_name", make.release, {"name": ""}),
    ("release_type_known", make.release, {"type": "hardware"}),
    ("release_url_absent_or_web", make.release, FAR),
    ("source_archived_url_absent_or_web", make.source, {"archived_url": "ark:/1"}),
    ("source_has_address", make.source, {"url": ""}),
    ("source_has_address", make.source, {"canonical_url": ""}),
    ("source_not_its_own_origin", make.source, {"derived_from": F("pk")}),
    ("source_url_absent_or_web", make.source, FAR),
    ("update_due_range_whole_and_ordered", step, BACKWARDS),
    ("update_due_range_whole_and_ordered", step, HALF),
    ("update_has_source_or_search_note", step, {"source": None, "note": ""}),
    ("update_has_text", step, {"text": ""}),
    ("update_status_known", step, {"status": "kept"}),
    ("announcement_basis_known", make.draft, {"basis": "rumor"}),
    ("announcement_kind_known", make.draft, {"kind": "party"}),
    ("benefit_claimant_known", make.benefit, {"claimant": "me"}),
    ("benefit_support_known", make.benefit, {"support": "strong"}),
    ("citation_supports_known", make.citation, {"supports": "nothing"}),
    ("concern_stance_known", make.concern, {"stance": "unsure"}),
    ("initiative_kind_known", make.initiative, {"kind": "club"}),
    ("license_attribution_known", own_license, {"attribution": "perhaps"}),
    ("license_checked_known", own_license, {"checked": "guessed"}),
    ("license_license_class_known", own_license, {"license_class": "free"}),
    ("license_patent_grant_known", own_license, {"patent_grant": "perhaps"}),
    ("promise_terms_known", make.promise, {"terms": "same"}),
    ("release_called_known", make.release, {"called": "free"}),
    ("release_level_known", make.release, {"level": "wide-open"}),
    ("source_kind_known", make.source, {"kind": "rumor"}),
    ("suggestion_about_known", make.suggestion, {"about": "weather"}),
    ("suggestion_state_known", make.suggestion, {"state": "lost", "decided_at": timezone.now()}),
    ("suggestion_says_something", make.suggestion, {"text": ""}),
    ("suggestion_decided_says_when", make.suggestion, {"state": "accepted"}),
    ("suggestion_decided_says_when", make.suggestion, {"decided_at": timezone.now()}),
    ("suggestion_rejected_says_why", make.suggestion, REJECTED),
]

# The constraint, how to make a row, and the fields that no two rows may share.
TWINS: list[tuple[str, Any, list[str]]] = [
    ("announcement.slug", make.draft, ["slug"]),
    ("benefittype.name", own_benefit_type, ["name"]),
    ("benefittype.slug", own_benefit_type, ["slug"]),
    ("citation_once_per_announcement", make.citation, ["announcement", "source"]),
    ("company.name", make.company, ["name"]),
    ("company.slug", make.company, ["slug"]),
    ("company_legal_name_unique", make.company, ["legal_name"]),
    ("component_once_per_release", weights, ["release", "component"]),
    ("concerntype.name", own_type, ["name"]),
    ("concerntype.slug", own_type, ["slug"]),
    (
        "formerannouncementaddress.slug",
        lambda: former_address(make.published()),
        ["slug"],
    ),
    ("formercompanyaddress.slug", lambda: former_address(make.company()), ["slug"]),
    ("formerconcerntypeaddress.slug", lambda: former_address(own_type()), ["slug"]),
    ("formerinitiativeaddress.slug", lambda: former_address(make.initiative()), ["slug"]),
    ("formerlicenseaddress.slug", lambda: former_address(own_license()), ["slug"]),
    ("formersourceaddress.canonical_url", former_page, ["canonical_url"]),
    ("former_name_once_per_company", former_name, ["company", "name"]),
    ("former_name_once_per_initiative", former_initiative_name, ["initiative", "name"]),
    ("imported_once_per_batch", imported_record, ["batch", "noun", "key"]),
    ("initiative.slug", make.initiative, ["slug"]),
    ("initiative_once_per_company", make.initiative, ["company", "name"]),
    ("license.name", own_license, ["name"]),
    ("license.slug", own_license, ["slug"]),
    ("near_match_once", near_match, ["first", "second"]),
    ("partner_once_per_announcement", partner, ["announcement", "company"]),
    ("source.canonical_url", make.source, ["canonical_url"]),
    ("suggestion.digest", make.suggestion, ["digest"]),
    ("update_place_in_story", step, ["promise", "position"]),
]


def named_constraints() -> set[str]:
    tables = list(apps.get_app_config("announcements").get_models())
    named = {constraint.name for noun in tables for constraint in noun._meta.constraints}
    unique = {
        f"{noun._meta.model_name}.{field.name}"
        for noun in tables
        for field in noun._meta.fields
        if field.unique and not field.primary_key
    }
    return named | unique


def test_every_constraint_is_broken_below():
    assert {name for name, _, _ in CHECKS + TWINS} == named_constraints()


def refused_by(error: IntegrityError, row: models.Model, constraint: str) -> bool:
    """Whether it was this constraint: PostgreSQL names it, SQLite names the columns of a unique one."""
    if connection.vendor == "postgresql":
        table, _, column = constraint.partition(".")
        name = error.__cause__.diag.constraint_name
        return name.startswith(f"announcements_{table}_{column}") if column else name == constraint
    if constraint in str(error):
        return True
    fields = next(fields for name, _, fields in TWINS if name == constraint)
    columns = [row._meta.get_field(field).column for field in fields]
    return str(error).endswith(", ".join(f"{row._meta.db_table}.{column}" for column in columns))


def write(row: models.Model, facts: dict[str, Any]) -> None:
    """An UPDATE that no model hears of."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**facts)


@pytest.mark.parametrize(
    ("constraint", "maker", "facts"),
    CHECKS,
    ids=[f"{name}-{'-'.join(facts)}" for name, _, facts in CHECKS],
)
def test_the_database_refuses_a_row_that_must_not_be(constraint, maker, facts):
    row = maker()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(row, facts)
    assert refused_by(error.value, row, constraint)


@pytest.mark.parametrize(
    ("constraint", "maker", "fields"), TWINS, ids=[name for name, _, _ in TWINS]
)
def test_the_database_refuses_a_twin(constraint, maker, fields):
    row, twin = maker(), maker()
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(twin, {field: getattr(row, field) for field in fields})
    assert refused_by(error.value, row, constraint)


def test_companies_without_a_legal_name_are_no_twins():
    make.company(legal_name="")
    make.company(legal_name="")
    assert Company.objects.filter(legal_name="").count() == 2


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_the_first_day_follows_a_date_of_any_precision(date):
    draft = make.draft(announced_on=date)
    draft.full_clean()
    assert draft.first_day == PartialDate.parse(date).earliest


def test_a_changed_date_is_clean_and_moves_the_first_day():
    draft = make.draft(announced_on="2024-02")
    draft.announced_on = "2025"
    draft.full_clean()
    draft.save()
    assert str(Announcement.objects.get().first_day) == "2025-01-01"


@pytest.mark.parametrize("nonsense", ["soon", "2024-13", "24"])
def test_no_write_stores_a_date_that_is_none(nonsense):
    row = step()
    with pytest.raises(ValidationError, match="is not a"):
        write(row, {"happened_on": nonsense})
    with pytest.raises(ValidationError, match="is not a"):
        row.happened_on = nonsense
