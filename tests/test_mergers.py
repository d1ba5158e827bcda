"""Two records put into one: everything moves, nothing is lost, and all of it can be undone."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from announcements import mergers, search
from announcements.filters import Selection
from announcements.mergers import RULES, Refused, merge, obstacles, undo
from announcements.mergers.rules import Links
from announcements.models import (
    Announcement,
    Company,
    FormerCompanyAddress,
    Initiative,
    Merger,
    Source,
)
from announcements.models.version import current_version
from tests import make
from tests.editing import log_in

pytestmark = pytest.mark.django_db

APP = apps.get_app_config("announcements")
OWN_MEMORY = ("dataversion", "change", "merger")
CLOCKS = ("modified_at",)


def relations():
    """Every column and every many-to-many field of the app that leads to a model that can be merged."""
    for model in APP.get_models():
        if hasattr(model, "instance_type"):
            continue  # The past is about the record that it was about.
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.related_model in RULES:
                yield field.related_model, model, field


def known(target, model, field):
    if field.many_to_many:
        accessor = field.remote_field.get_accessor_name()
        return any(isinstance(rule, Links) and rule.accessor == accessor for rule in RULES[target])
    return any(
        rule.model is model and getattr(rule, "column", "") == field.name for rule in RULES[target]
    )


@pytest.mark.parametrize(
    ("target", "model", "field"),
    [pytest.param(*row, id=f"{row[1].__name__}.{row[2].name}") for row in relations()],
)
def test_every_relation_to_what_can_be_merged_has_its_rule(target, model, field):
    assert known(target, model, field), "Add a row to mergers/rules.py."


def test_no_rule_speaks_of_a_relation_that_is_not_there():
    rules = sum(len(rules) for rules in RULES.values())
    assert rules == len(list(relations()))


def dump():
    """All rows of the app by model; links by what they link, because they get new keys."""
    return {
        model._meta.model_name: sorted(map(repr, rows(model)))
        for model in APP.get_models(include_auto_created=True)
        # History goes on: what was undone was done.
        if model._meta.model_name not in OWN_MEMORY
        and not model._meta.model_name.startswith("historical")
    }


def rows(model):
    kept = [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in CLOCKS and not (model._meta.auto_created and field.primary_key)
    ]
    return model._base_manager.order_by().values_list(*kept)


def two_companies():
    """Two that are one, with everything that both can have."""
    meta = make.company("Meta", country="US", slug="meta")
    facebook = make.company(
        "Facebook", description="A network.", slug="facebook", legal_name="Facebook, Inc."
    )
    meta.former_names.create(name="TheFacebook")
    facebook.former_names.create(name="TheFacebook", used_until="2005")
    facebook.former_names.create(name="Facemash", used_from="2003", used_until="2004")
    mine = make.initiative("FAIR", company=meta)
    theirs = make.initiative("FAIR", company=facebook, url="https://fair.example")
    make.initiative("Caffe2", company=facebook)
    third = make.company("Microsoft")
    make.published(company=meta, partners=[third, facebook], initiatives=[mine, theirs])
    make.published(company=facebook, partners=[meta], initiatives=[theirs])
    make.published(company=third, partners=[facebook, meta])
    make.published(company=third, partners=[facebook])
    make.draft(company=facebook)
    return facebook, meta


def two_initiatives():
    company = make.company()
    mine = make.initiative("PyTorch", company=company)
    theirs = make.initiative("Pytorch", company=make.company(), url="https://pytorch.example")
    theirs.former_names.create(name="Torch")
    make.published(initiatives=[mine, theirs])
    make.published(initiatives=[theirs])
    return theirs, mine


def two_sources():
    mine = make.source("https://example.org/a", title="A report", published_on="2024-05")
    theirs = make.source(
        "https://example.org/b", title="The report", kind="press-named", note="Says so."
    )
    other = make.source("https://example.org/c", derived_from=theirs)
    Source.objects.filter(pk=mine.pk).update(derived_from=other)
    both = make.published(sources=[mine, theirs])
    both.citations.filter(source=mine).update(supports="context")
    one = make.published(sources=[theirs])
    make.concern(one, source=theirs, answer="No.", answer_source=theirs)
    make.benefit(one, source=theirs)
    promise = make.promise(one)
    promise.updates.update(source=theirs)
    return theirs, mine


PAIRS = pytest.mark.parametrize("pair", [two_companies, two_initiatives, two_sources])
EVERYTHING_THEIRS = {
    field.name: "theirs" for model in RULES for field in model._meta.concrete_fields
}
CHOICES = pytest.mark.parametrize("choices", [{}, EVERYTHING_THEIRS], ids=["mine", "theirs"])


def left_to(record):
    """How many rows still name a record."""
    return sum(
        model._base_manager.filter(**{field.name: record.pk}).count()
        for target, model, field in relations()
        if target is type(record)
    )


@PAIRS
@CHOICES
def test_everything_moves(pair, choices):
    absorbed, kept = pair()
    merge(absorbed, kept, choices)
    assert not type(kept).objects.filter(pk=absorbed.pk).exists()
    assert left_to(absorbed) == 0
    assert left_to(kept) > 0


@PAIRS
@CHOICES
def test_a_merge_that_is_undone_leaves_everything_as_it_was(pair, choices):
    absorbed, kept = pair()
    before = dump()
    merger = merge(absorbed, kept, choices)
    assert dump() != before
    undo(merger)
    assert dump() == before


def test_one_announcement_names_a_company_once():
    facebook, meta = two_companies()
    merge(facebook, meta, {})
    named = [
        [company.name for company in row.companies] for row in Announcement.objects.order_by("pk")
    ]
    assert named == [
        ["Meta", "Microsoft"],
        ["Meta"],
        ["Microsoft", "Meta"],
        ["Microsoft", "Meta"],
        ["Meta"],
    ]


def test_names_of_the_absorbed_company_are_former_names_of_the_kept():
    facebook, meta = two_companies()
    merge(facebook, meta, {})
    names = {row.name: str(row.used_until or "") for row in meta.former_names.all()}
    assert names == {
        "TheFacebook": "2005",
        "Facemash": "2004",
        "Facebook": "",
        "Facebook, Inc.": "",
    }


def test_a_name_that_gives_way_to_the_other_is_kept_as_a_former_one():
    facebook, meta = two_companies()
    merge(facebook, meta, {"name": "theirs", "slug": "theirs"})
    meta.refresh_from_db()
    assert (meta.name, meta.legal_name, meta.slug) == ("Facebook", "Meta, Inc.", "facebook")
    assert "Meta" in meta.former_names.values_list("name", flat=True)
    assert [row.slug for row in meta.former_addresses.all()] == ["meta"]


def test_empty_fields_are_filled_and_filled_ones_stay():
    facebook, meta = two_companies()
    merge(facebook, meta, {})
    meta.refresh_from_db()
    assert (meta.country, meta.description, meta.name) == ("US", "A network.", "Meta")


def test_initiatives_of_one_name_become_one():
    facebook, meta = two_companies()
    merge(facebook, meta, {})
    fair = Initiative.objects.get(name="FAIR")
    assert (fair.company, fair.url, fair.announcements.count()) == (meta, "https://fair.example", 2)
    assert [row.slug for row in fair.former_addresses.all()] == ["fair-2"]


def test_an_announcement_that_cites_both_pages_cites_one_for_the_best_they_show():
    theirs, mine = two_sources()
    merge(theirs, mine, {})
    both = Announcement.objects.order_by("pk").first()
    assert [(row.source, row.supports) for row in both.citations.all()] == [(mine, "announcement")]


def test_a_source_never_retells_itself():
    theirs, mine = two_sources()
    merge(theirs, mine, {})
    mine.refresh_from_db()
    assert mine.derived_from is None
    assert mine.retellings.get().url == "https://example.org/c"


def test_a_kind_that_says_nothing_gives_way():
    theirs, mine = two_sources()
    merge(theirs, mine, {})
    mine.refresh_from_db()
    assert (mine.kind, mine.title, mine.note) == ("press-named", "A report", "Says so.")


def test_the_address_of_the_other_page_leads_to_the_kept_source():
    theirs, mine = two_sources()
    merge(theirs, mine, {})
    assert Source.objects.at("http://www.example.org/b/?utm_source=x") == mine
    assert Source.objects.get_or_add("https://example.org/b") == (mine, False)


def test_former_addresses_of_the_absorbed_lead_to_the_kept_at_once():
    a, b, c = make.company("A"), make.company("B"), make.company("C")
    merge(a, b, {})
    merge(b, c, {})
    assert [(row.slug, row.record) for row in FormerCompanyAddress.objects.all()] == [
        ("a", c),
        ("b", c),
    ]


def test_search_and_filters_follow():
    facebook, meta = two_companies()
    before = current_version()
    merge(facebook, meta, {})
    assert current_version() != before
    assert len([key for tier in search.found("facebook").tiers for key in tier]) == 5
    assert Selection(QueryDict("company=facebook")).total == 4
    assert Selection(QueryDict("company=meta")).total == 4


def test_a_record_is_not_merged_into_itself():
    company = make.company()
    with pytest.raises(Refused, match="itself"):
        merge(company, company, {})


def test_who_comes_second_is_told():
    facebook, meta = make.company("Facebook"), make.company("Meta")
    merge(facebook, meta, {})
    with pytest.raises(Refused, match="Facebook"):
        merge(Company(pk=facebook.pk or 1, name="Facebook"), meta, {})


def test_a_merge_says_who_and_what():
    facebook, meta = two_companies()
    key = facebook.pk
    merger = merge(facebook, meta, {})
    assert str(merger) == "“Facebook” into “Meta”"
    assert (merger.kind, merger.kept_key, merger.absorbed_key) == ("company", meta.pk, key)


IN_THE_WAY = {
    "a row deleted": (lambda meta: meta.announcements.first().delete(), "deleted since"),
    "a row moved": (
        lambda meta: meta.announcements.update(company=make.company()),
        "belongs to another record now",
    ),
    "a value written": (
        lambda meta: Company.objects.filter(pk=meta.pk).update(description="New."),
        "description of the company “Meta” was changed",
    ),
    "a former name deleted": (
        lambda meta: meta.former_names.filter(name="Facebook").delete(),
        "former name “Facebook”",
    ),
    "the name taken": (lambda _: make.company("Facebook"), "has the name “Facebook” now"),
    "the record merged again": (
        lambda meta: merge(meta, make.company("Alphabet"), {}),
        "itself merged into “Alphabet”: undo that first",
    ),
}


@pytest.mark.parametrize(("change", "words"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_stands_in_the_way_is_said_and_nothing_is_undone(change, words):
    facebook, meta = two_companies()
    merger = merge(facebook, meta, {})
    change(meta)
    before = dump()
    assert any(words in sentence for sentence in obstacles(merger))
    with pytest.raises(Refused, match=words.replace("(", "")):
        undo(merger)
    assert dump() == before


def test_a_link_taken_off_stands_in_the_way():
    theirs, mine = two_initiatives()
    merger = merge(theirs, mine, {})
    mine.announcements.last().initiatives.clear()
    assert any("is not about “PyTorch” any more" in words for words in obstacles(merger))


def test_a_citation_taken_out_stands_in_the_way():
    theirs, mine = two_sources()
    merger = merge(theirs, mine, {})
    one = Announcement.objects.order_by("pk").last()
    make.citation(one)
    one.citations.get(source=mine).delete()
    assert any("One row of kind citation" in words for words in obstacles(merger))


def test_what_came_later_stays_with_the_kept_record():
    facebook, meta = two_companies()
    merger = merge(facebook, meta, {})
    later = make.published(company=meta)
    undo(merger)
    later.refresh_from_db()
    assert later.company == meta


def test_merges_of_a_chain_are_undone_from_the_last():
    a, b, c = make.company("A"), make.company("B"), make.company("C")
    before = dump()
    first, second = merge(a, b, {}), merge(b, c, {})
    undo(second)
    undo(first)
    assert dump() == before
    assert obstacles(Merger.objects.get(pk=first.pk)) == ["This merge was undone already."]


def test_comparing_costs_the_same_for_few_rows_and_for_many():
    facebook, meta = two_companies()
    with CaptureQueriesContext(connection) as few:
        mergers.compare(facebook, meta)
    for _ in range(5):
        make.published(company=facebook, partners=[meta])
    with CaptureQueriesContext(connection) as many:
        mergers.compare(facebook, meta)
    assert len(many) == len(few)


def test_an_address_of_a_merged_source_is_taken():
    other, kept = make.source("https://example.org/b"), make.source("https://example.org/a")
    merge(other, kept, {})
    with pytest.raises(ValidationError, match="recorded already"):
        Source.objects.create(url="http://example.org/b/")
    with pytest.raises(ValidationError, match="recorded already"):
        Source.objects.bulk_create([Source(url="http://example.org/b/")])
    another = make.source()
    with pytest.raises(ValidationError, match="recorded already"):
        Source.objects.filter(pk=another.pk).update(url="https://example.org/b")


def test_a_pasted_address_of_a_merged_source_is_known(client):
    other, kept = make.source("https://example.org/b"), make.source(title="The kept page")
    merge(other, kept, {})
    log_in(client)
    page = client.get("/admin/announcements/announcement/paste/?url=https://example.org/b")
    assert "The kept page" in page.content.decode()
    found = client.get("/admin/announcements/source/?q=https://example.org/b")
    assert "The kept page" in found.content.decode()
