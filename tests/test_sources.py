"""One page is one source, however its address is spelled and however many write at once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from announcements.models import Citation, Source
from tests import make
from tests.at_once import at_once

SPELLINGS = [
    "https://example.org/news/open-model",
    "http://example.org/news/open-model",
    "https://www.example.org/news/open-model/",
    "HTTPS://EXAMPLE.ORG:443/news/open-model",
    "https://example.org/news/open-model?utm_source=feed&utm_medium=rss",
    "https://example.org/news/open-model#weights",
    "https://m.example.org/news/open-model",
    "  https://example.org/news/open-model\n",
]


@pytest.mark.django_db
def test_many_spellings_of_a_page_are_one_source():
    sources = {Source.objects.get_or_add(spelling)[0] for spelling in SPELLINGS}
    assert len(sources) == Source.objects.count() == 1


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.django_db
def test_any_spelling_may_come_first(spelling):
    page, _ = Source.objects.get_or_add(spelling)
    page.refresh_from_db()
    assert page.canonical_url == SPELLINGS[0]
    assert page.url.startswith(("https://", "http://"))


@pytest.mark.django_db
def test_the_first_writer_says_what_is_known_of_a_page():
    first, is_new = Source.objects.get_or_add(SPELLINGS[0], title="As published")
    again, is_new_again = Source.objects.get_or_add(SPELLINGS[1], title="Another title")
    assert (is_new, is_new_again) == (True, False)
    assert (again.pk, again.title, again.url) == (first.pk, "As published", SPELLINGS[0])


@pytest.mark.django_db
def test_parameters_that_carry_meaning_make_another_page():
    one = make.source("https://example.org/item?id=1")
    other = make.source("https://example.org/item?id=2")
    assert one != other


@pytest.mark.parametrize("address", ["", "example.org/page", "mailto:a@example.org", "https://"])
@pytest.mark.django_db
def test_what_is_no_address_is_refused_with_a_sentence(address):
    with pytest.raises(ValidationError) as refusal:
        Source.objects.get_or_add(address)
    assert list(refusal.value.message_dict) == ["url"]
    with pytest.raises(ValidationError):
        Source.objects.create(url=address)
    assert Source.objects.at(address) is None


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.django_db
def test_a_source_is_found_at_any_spelling(spelling):
    page = make.source(SPELLINGS[0])
    assert Source.objects.at(spelling) == page
    assert Source.objects.at("https://example.org/elsewhere") is None


@pytest.mark.django_db
def test_saving_a_second_spelling_is_refused():
    make.source(SPELLINGS[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(url=SPELLINGS[2])
    with pytest.raises(ValidationError, match="This page is recorded already"):
        Source(url=SPELLINGS[2]).clean()


@pytest.mark.django_db
def test_a_source_may_be_cleaned_again():
    make.source(SPELLINGS[0]).clean()


@pytest.mark.django_db
def test_bulk_created_sources_get_their_canonical_address():
    Source.objects.bulk_create([Source(url=SPELLINGS[2])])
    assert Source.objects.get().canonical_url == SPELLINGS[0]


@pytest.mark.parametrize(
    "lean_on",
    [
        pytest.param(lambda page: make.published(sources=[page]), id="citation"),
        pytest.param(lambda page: make.concern(source=page), id="concern"),
        pytest.param(lambda page: make.concern(answer="x", answer_source=page), id="answer"),
        pytest.param(lambda page: make.benefit(source=page), id="benefit"),
        pytest.param(lambda page: make.update(make.promise(), source=page), id="update"),
    ],
)
@pytest.mark.django_db
def test_a_source_that_something_rests_on_stays(lean_on):
    page = make.source()
    lean_on(page)
    with pytest.raises(ProtectedError):
        page.delete()
    assert Source.objects.filter(pk=page.pk).exists()


@pytest.mark.django_db
def test_a_retelling_outlives_its_original():
    original = make.source()
    retelling = make.source(derived_from=original)
    original.delete()
    retelling.refresh_from_db()
    assert retelling.derived_from is None


@pytest.mark.parametrize(
    ("kind", "strength"),
    [("company-statement", "strong"), ("press-unnamed", "none"), ("archived-copy", "as original")],
)
def test_a_source_is_as_strong_as_its_kind(kind, strength):
    assert Source(kind=kind).strength == strength


@pytest.mark.django_db
def test_a_source_is_called_by_publisher_and_title():
    assert str(Source(title="A page", publisher="Example")) == "Example: A page"
    assert str(Source(canonical_url=SPELLINGS[0])) == SPELLINGS[0]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_the_same_moment_make_one_source():
    jobs = [lambda url=url: Source.objects.get_or_add(url) for url in SPELLINGS]
    answers = at_once(*jobs)
    assert [is_new for _, is_new in answers].count(True) == 1
    assert len({source.pk for source, _ in answers}) == Source.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_writers_within_transactions_make_one_source():
    def write(url):
        with transaction.atomic():
            Source.objects.get_or_add(url)
            return make.company().pk

    answers = at_once(lambda: write(SPELLINGS[0]), lambda: write(SPELLINGS[1]))
    assert all(isinstance(answer, int) for answer in answers)
    assert Source.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_editors_cannot_each_take_one_of_the_last_two_sources():
    shown = make.published(sources=[make.source(), make.source()])
    one, other = shown.citations.all()
    answers = at_once(one.delete, other.delete)
    assert [type(answer) for answer in answers].count(ValidationError) == 1
    assert Citation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_publishes_what_another_takes_the_source_from():
    draft = make.draft()
    at_once(draft.publish, draft.citations.get().delete)
    draft.refresh_from_db()
    assert draft.state == "draft" or draft.missing() == []


@pytest.mark.django_db(transaction=True)
def test_two_editors_of_one_story_leave_it_true():
    promise = make.promise(status="delayed")
    first = promise.updates.first()

    def rewrite():
        first.status = "unverifiable"
        first.save()

    at_once(rewrite, lambda: make.update(promise, "delivered", position=7))
    promise.refresh_from_db()
    assert promise.status == "delivered"
