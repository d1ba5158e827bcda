"""An announcement that may be recorded already: asked about before it is saved, and once."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from announcements.likeness import NEAR, are_alike, are_near, likeness
from announcements.models import Announcement, NearMatch, Source
from announcements.models.near_match import MOST, near_matches
from tests import make
from tests.at_once import at_once
from tests.editing import ADD, Page, filled, log_in, page_of

TITLE = "Meta opens the weights of Llama 3"
LIKE = "Meta opens the weights of Llama 3.1"


# Likeness


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (TITLE, TITLE, True),
        (TITLE, TITLE.upper(), True),
        (TITLE, LIKE, True),
        (TITLE, "Llama 3 weights opened by Meta", False),
        (TITLE, "Meta gives the weights of its models away", True),
        ("Meta opens Llama", "Meta closes Llama", True),
        ("Meta opens PyTorch", "Meta forms a research group", False),
        ("", "", False),
        ("", TITLE, False),
    ],
)
def test_titles_are_alike_by_the_words_they_share(one, other, alike):
    assert are_alike(one, other) == are_alike(other, one) == alike
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


DAY = date(2024, 5, 8)
MAY = (date(2024, 5, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ((DAY, DAY), (DAY, DAY), True),
        ((DAY, DAY), (DAY + NEAR, DAY + NEAR), True),
        ((DAY, DAY), (DAY + NEAR + timedelta(1), DAY + NEAR + timedelta(1)), False),
        (MAY, (MAY[1] + NEAR, MAY[1] + NEAR), True),
        (MAY, (MAY[1] + NEAR + timedelta(1), DAY + 2 * NEAR), False),
        ((DAY, DAY), (date(2024, 1, 1), date(2024, 12, 31)), True),
        ((date.min, date.min), (date.max, date.max), False),
    ],
)
def test_days_are_near_within_ninety(one, other, near):
    assert are_near(one, other) == are_near(other, one) == near


# Which are near


@pytest.fixture
def meta(db):
    return make.company("Meta")


def found_by(draft, *companies):
    keys = [company.pk for company in companies] or [draft.company_id]
    return [other.title for other in near_matches(draft, keys)]


@pytest.mark.parametrize(
    ("here", "there", "near"),
    [
        ("2024-05-08", "2024-08-06", True),
        ("2024-05-08", "2024-08-07", False),
        ("2024-05-08", "2024-02-08", True),
        ("2024-05-08", "2024-02-07", False),
        ("2024-05-08", "2024-08", True),
        ("2024-05-08", "2024-09", False),
        ("2024-05-08", "2024", True),
        ("2024-05-08", "2022", False),
        ("2024", "2025-03-31", True),
        ("2024", "2025-04-01", False),
        ("0001-01-01", "0001-02", True),
        ("9999-12-31", "9999-12", True),
    ],
)
def test_dates_are_near_by_any_day_they_can_mean(meta, here, there, near):
    make.draft(title=LIKE, company=meta, announced_on=there)
    mine = make.draft(title=TITLE, company=meta, announced_on=here)
    assert found_by(mine) == ([LIKE] if near else [])


@pytest.mark.parametrize(("days", "near"), [(0, True), (89, True), (92, False)])
def test_what_has_no_date_stands_at_the_day_it_was_begun(meta, days, near):
    today = timezone.localdate()
    stub = make.draft(title=LIKE, company=meta, announced_on=None)
    mine = make.draft(title=TITLE, company=meta, announced_on=str(today + timedelta(days)))
    assert found_by(mine) == ([LIKE] if near else [])
    assert found_by(stub) == ([TITLE] if near else [])
    unsaved = Announcement(title=LIKE)
    assert found_by(unsaved, meta) == ([LIKE, TITLE] if near else [LIKE])


def test_companies_count_whether_first_or_partner(meta):
    partner, stranger = make.company(), make.company()
    make.draft(title=LIKE, company=partner, partners=[meta])
    make.draft(title=LIKE, company=stranger)
    mine = Announcement(title=TITLE, announced_on=Announcement.objects.first().announced_on)
    for companies in ([meta], [partner], [partner, meta]):
        assert found_by(mine, *companies) == [LIKE]
    assert near_matches(mine, []) == []


def test_drafts_and_published_ones_are_found_the_likest_first(meta):
    make.published(title=LIKE, company=meta)
    make.draft(title=TITLE, company=meta)
    mine = make.draft(title=TITLE, company=meta)
    assert found_by(mine) == [TITLE, LIKE]


def test_many_are_cut_off_and_cost_no_more_than_few(meta):
    mine = make.draft(title=TITLE, company=meta)
    counts = []
    for _ in range(2):
        for _ in range(MOST):
            make.draft(title=LIKE, company=meta)
        with CaptureQueriesContext(connection) as asked:
            assert len(near_matches(mine, [meta.pk])) == MOST
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5


# Asking


@pytest.fixture
def editor(client, db):
    return log_in(client)


@pytest.fixture
def known(editor, meta):
    return make.published(title=LIKE, company=meta, announced_on="2024-04")


@pytest.fixture
def page(client, known):
    """A new announcement like the one that is known, filled in and sent once."""
    page = filled(Page(client, ADD), title=TITLE, company=known.company, announced_on="2024-05")
    page.send()
    return page


def answer(page, other, words):
    page.values[f"near-{other.pk}"] = [words]
    return page.send()


def test_a_near_match_is_shown_before_anything_is_saved(page, known):
    assert page.response.status_code == 409
    assert "Nothing is saved yet" in page.errors[0]
    assert page.values["citations-0-address"] == ["https://www.axios.com/a?utm_source=x"]
    assert f"What is yours to “{LIKE}”?" in page.html
    for words in ("May 2024", "April 2024", "Not saved yet", "A page"):
        assert words in page.html
    assert Announcement.objects.get() == known


def test_the_question_stays_until_it_is_answered(page, known):
    assert page.send().status_code == 409
    assert answer(page, known, "nonsense").status_code == 409
    assert Announcement.objects.get() == known


@pytest.mark.parametrize(("words", "linked"), [("follow-up", True), ("different", False)])
def test_what_is_another_is_saved_and_never_asked_about_again(page, known, editor, words, linked):
    answer(page, known, words)
    assert page.errors == []
    new = Announcement.objects.get(title=TITLE)
    assert list(new.related.all()) == ([known] if linked else [])
    kept = NearMatch.objects.get()
    assert (kept.first, kept.second, kept.answer) == (known, new, words)
    assert kept.answered_by == editor
    for row in (new, known):
        again = Page(page.client, page_of(row)).fill(title=f"{TITLE} today")
        assert again.send().status_code == 200
        assert again.errors == []


def test_the_same_leads_to_the_recorded_one_with_the_sources_typed(page, known):
    answer(page, known, "same")
    assert Announcement.objects.get() == known
    assert page.response.redirect_chain[-1][0] == f"{page_of(known)}#citations-group"
    assert "No new announcement is saved: it is this one." in page.messages[0]
    added = known.citations.last()
    assert (added.source.title, added.position) == ("A report", 1)
    assert LogEntry.objects.get().get_change_message() == f"Added source “{added.source}”."
    assert not NearMatch.objects.exists()


def test_the_same_with_a_source_that_it_has_adds_nothing(page, known):
    known.citations.create(source=make.source("https://axios.com/a"), position=1)
    answer(page, known, "same")
    assert known.citations.count() == 2
    assert "No source was added to it." in page.messages[0]
    assert not LogEntry.objects.exists()


def test_each_of_several_has_an_answer_of_its_own(page, known, meta):
    other = make.draft(title=TITLE, company=meta)
    assert answer(page, known, "follow-up").status_code == 409
    assert page.values[f"near-{known.pk}"] == ["follow-up"]
    answer(page, other, "different")
    new = Announcement.objects.latest("pk")
    assert list(new.related.all()) == [known]
    assert sorted(NearMatch.objects.values_list("answer", flat=True)) == ["different", "follow-up"]


def test_answers_stay_when_the_page_comes_back_for_another_reason(page, known):
    page.fill(announced_on="soon")
    answer(page, known, "different")
    assert page.values[f"near-{known.pk}"] == ["different"]
    page.fill(announced_on="2024-05").send()
    assert page.errors == []


def test_publishing_waits_for_the_answer(page, known):
    page.values[f"near-{known.pk}"] = ["different"]
    page.send("_publish")
    assert Announcement.objects.get(title=TITLE).is_published


def test_what_is_linked_already_needs_no_answer(client, known):
    page = filled(Page(client, ADD), title=TITLE, company=known.company, announced_on="2024-05")
    page.fill(related=[known]).send()
    assert page.errors == []


def test_a_partner_that_was_typed_counts(client, known):
    page = filled(Page(client, ADD), title=TITLE, announced_on="2024-05")
    page.row("partners", company=known.company).send()
    assert page.response.status_code == 409


def test_the_page_comes_back_first_with_what_is_wrong_in_it(client, known):
    page = filled(Page(client, ADD), title=TITLE, company=known.company, announced_on="soon")
    assert page.send().status_code == 200
    assert "Recorded already?" not in page.html


def test_nonsense_for_an_answer_is_no_error(page):
    for name in ("near-", "near-x", "near-0", f"near-{'9' * 40}", "near-\u0663"):
        page.values[name] = ["same"]
    assert page.send().status_code == 409


# An announcement that is recorded


@pytest.fixture
def recorded(known):
    return make.draft(title="Something else", company=known.company, announced_on="2024-05")


@pytest.mark.parametrize(
    ("changed", "asked"),
    [({"title": TITLE}, True), ({"note": "A note."}, False), ({"title": "Nothing like it"}, False)],
)
def test_only_a_change_of_what_decides_is_asked_about(client, recorded, changed, asked):
    if "note" in changed:
        Announcement.objects.filter(pk=recorded.pk).update(title=TITLE)
    page = Page(client, page_of(recorded)).fill(**changed)
    assert page.send().status_code == (409 if asked else 200)


def test_two_recorded_ones_that_are_the_same_are_both_kept_until_one_is_deleted(
    client, recorded, known
):
    page = Page(client, page_of(recorded)).fill(title=TITLE)
    page.send()
    answer(page, known, "same")
    assert NearMatch.objects.get().answer == "same"
    assert known.citations.count() == 2
    assert page.response.redirect_chain[-1][0] == f"{page_of(known)}#citations-group"
    assert f'<a href="{page_of(recorded, "delete")}">Delete “{TITLE}”</a>' in page.messages[0]
    recorded.refresh_from_db()
    assert recorded.title == TITLE


@pytest.mark.parametrize("gone", ["first", "second"])
def test_an_answer_goes_with_either_of_the_two(known, recorded, editor, gone):
    kept = NearMatch.objects.keep(recorded, known, "different", editor)
    getattr(kept, gone).delete()
    assert not NearMatch.objects.exists()


def test_a_later_answer_takes_the_place_of_an_earlier(known, recorded, editor):
    NearMatch.objects.keep(recorded, known, "different", editor)
    NearMatch.objects.keep(known, recorded, "follow-up", None)
    kept = NearMatch.objects.get()
    assert (kept.answer, kept.answered_by) == ("follow-up", None)


def test_answers_are_read_corrected_and_given_on_a_page_of_their_own(client, known, recorded):
    page = Page(client, "/admin/announcements/nearmatch/add/")
    page.fill(first=recorded, second=known, answer="different").send()
    assert page.errors == []
    kept = NearMatch.objects.get()
    assert (kept.first, kept.second, kept.answered_by.username) == (known, recorded, "editor")
    assert LIKE in client.get("/admin/announcements/nearmatch/").content.decode()
    page = Page(client, "/admin/announcements/nearmatch/add/")
    page.fill(first=known, second=recorded, answer="same").send()
    assert "There is an answer for these two already." in page.errors
    page.fill(second=known).send()
    assert "Choose another announcement than the first." in page.errors


# Several editors


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_same_at_the_same_moment_are_not_both_saved(client, known):
    other = Client()
    log_in(other, "other")
    new = {"title": "Mega begins", "company": make.company("Mega"), "announced_on": "2024-05"}
    pages = [
        Page(editor, ADD).fill(**new).row("citations", address="https://example.org/mega")
        for editor in (client, other)
    ]
    at_once(*(page.send for page in pages))
    assert sorted(page.response.status_code for page in pages) == [200, 409]
    assert Announcement.objects.filter(title="Mega begins").count() == 1


def test_who_may_not_change_the_recorded_one_is_led_there_and_adds_nothing(
    page, known, monkeypatch
):
    monkeypatch.setattr("announcements.admin.near_match.may_attach", lambda *_: False)
    answer(page, known, "same")
    assert known.citations.count() == Source.objects.count() == 1


# The starter data


def test_of_the_starter_data_few_would_have_been_asked_about(db):
    call_command("seed", verbosity=0)
    asked = {
        frozenset((one.pk, other.pk))
        for one in Announcement.objects.select_related("company").prefetch_related("partners")
        for other in near_matches(one, [company.pk for company in one.companies])
    }
    assert 0 < len(asked) < 10
