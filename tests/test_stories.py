"""The feed of one announcement: everything that happened to it, each thing once and for readers only."""

import pytest

from announcements.feeds import stories
from announcements.history import because
from tests import make, surfaces
from tests.test_feeds import atom, entries, json_of, link, text

pytestmark = pytest.mark.django_db

STORY = "/announcements/public/story.atom"


def titles(client, address: str = STORY) -> list[str]:
    return [text(row, "title") for row in entries(client, address)]


def test_a_story_tells_the_latest_first_and_what_has_no_date_last(client):
    announcement = make.published(
        slug="public", company=make.company("Acme"), title="Anvil", announced_on="2024-01"
    )
    make.promise(
        announcement, title="Weights", story=[("2024-01-05", "announced"), ("2024-06", "delivered")]
    )
    make.release(announcement, name="Anvil 1", released_on="2024-06-02", license="mit")
    make.release(announcement, name="Anvil 0")
    make.concern(
        announcement,
        title="In anyone's hands",
        raised_on="2024-02",
        answer="There is a form.",
        answered_on="2024-03-01",
        status="answered",
    )

    assert titles(client) == [
        "Acme: Anvil 1: released",
        "Acme: Weights: Delivered",
        "Concern answered: In anyone's hands",
        "Concern raised: In anyone's hands",
        "Acme: Weights: Announced",
        "Acme: Anvil",
        "Acme: Anvil 0: released",
    ]
    dates = [
        item.get("_tracker", {}).get("happened_on") for item in json_of(client, STORY)["items"]
    ]
    assert dates == [
        "2024-06-02", "2024-06", "2024-03-01", "2024-02", "2024-01-05", "2024-01", None
    ]  # fmt: skip


def test_a_correction_stands_in_the_story_if_the_editors_said_why(client):
    announcement = make.published(slug="public")
    announcement.note = "Without a reason."
    announcement.save()
    with because("The report had the wrong month."):
        announcement.announced_on = "2024-06"
        announcement.save()

    corrected = [title for title in titles(client) if title.startswith("Corrected")]
    assert corrected == ["Corrected: The report had the wrong month."]
    [row] = [row for row in entries(client, STORY) if text(row, "title") == corrected[0]]
    assert link(row, "alternate").endswith("/announcements/public/corrections/")


def test_every_entry_leads_to_its_place_on_the_page(client):
    surfaces.fill()
    ids = client.get("/announcements/public/").text

    for row in entries(client, STORY):
        _, _, anchor = link(row, "alternate").partition("#")
        assert not anchor or f'id="{anchor}"' in ids


def test_what_happened_is_the_same_entry_in_every_feed_that_tells_it(client):
    announcement = make.published(slug="public")
    make.promise(announcement)
    told = {text(row, "id") for row in entries(client, STORY)}

    for address in ("/announcements.atom", "/updates.atom"):
        assert {text(row, "id") for row in entries(client, address)} <= told


def test_a_long_story_is_cut_and_says_so(client, monkeypatch):
    monkeypatch.setattr(stories, "LIMIT", 2)
    announcement = make.published(slug="public")
    for _ in range(3):
        make.concern(announcement)

    assert len(titles(client)) == 2
    assert text(atom(client, STORY), "subtitle").endswith("2 of 4 events of its story")


def test_a_former_address_leads_on_in_the_form_that_was_asked_for(client):
    announcement = make.published(slug="old")
    announcement.slug = "new"
    announcement.save()

    for form in ("atom", "feed.json"):
        response = client.get(f"/announcements/old/story.{form}")
        assert response.status_code == 301
        assert response["Location"] == f"/announcements/new/story.{form}"


@pytest.mark.parametrize("address", ["/announcements/draft/", "/announcements/nothing/"])
def test_a_draft_and_nothing_have_no_story_and_programs_are_told_so(client, address):
    make.draft(slug="draft")
    response = client.get(f"{address}story.atom")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_story_takes_no_parameter(client):
    make.published(slug="public")
    response = client.get(f"{STORY}?company=acme")

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "company"
