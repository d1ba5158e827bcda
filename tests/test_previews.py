"""Pictures of announcements: what they show, and when they are new ones."""

import re
from dataclasses import fields
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from announcements import previews, statuses
from announcements.entries import Entry, StatusCount
from announcements.models import Announcement
from announcements.previews.letters import fitted, font, shortened, writable
from announcements.previews.marks import MARKS
from announcements.previews.pictures import TOKENS
from tests import make, surfaces

CSS = Path(__file__).parent.parent / "announcements/static/announcements/site.css"
TOKEN = re.compile(r"--([\w-]+): (?:light-dark\((#\w+), #\w+\)|var\(--([\w-]+)\));")
FACTS = {
    "title": "Acme opens Anvil",
    "companies": "Acme with Bolt",
    "announced": "October 2023",
    "statuses": (
        StatusCount("announced", "Announced", 1),
        StatusCount("delivered", "Delivered", 2),
    ),
    "days_overdue": 1,
    "days_late": 0,
    "squares": ("open", "partial", "none", "unknown"),
    "openness": "Weights with limits",
    "concerns": 1,
}


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


def shown(announcement: Announcement) -> previews.Preview:
    """The facts of an announcement as they are in the database now."""
    row = Announcement.objects.for_lists().get(pk=announcement.pk)
    return previews.preview(Entry(row, timezone.localdate()))


def test_a_picture_has_the_size_that_pages_say():
    picture = opened(previews.picture(previews.Preview(**FACTS)))

    assert (picture.format, picture.size) == ("PNG", (previews.WIDTH, previews.HEIGHT))
    assert opened(previews.picture_of_the_site()).size == (1200, 630)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {},
            "Acme opens Anvil. Acme with Bolt, October 2023. 1 announced, 2 delivered. "
            "1 day overdue. Weights with limits. 1 concern recorded.",
        ),
        (
            {
                "statuses": (StatusCount("delivered", "Delivered", 1),),
                "days_overdue": 0,
                "days_late": 38,
                "concerns": 2,
            },
            "Acme opens Anvil. Acme with Bolt, October 2023. Delivered. 38 days late. "
            "Weights with limits. 2 concerns recorded.",
        ),
        (
            {"statuses": (), "days_overdue": 0, "squares": (), "openness": "", "concerns": 0},
            "Acme opens Anvil. Acme with Bolt, October 2023. No concerns recorded.",
        ),
    ],
)
def test_a_picture_is_told_in_words(facts, words):
    assert previews.Preview(**FACTS | facts).words == words


@pytest.mark.parametrize("fact", [field.name for field in fields(previews.Preview)])
def test_another_fact_gives_another_name_and_another_picture(fact):
    others = {
        "statuses": (StatusCount("lapsed", "Lapsed", 1),),
        "days_overdue": 2,
        "days_late": 3,
        "squares": ("open",),
        "concerns": 4,
    }
    before = previews.Preview(**FACTS | {"days_overdue": 0 if fact == "days_late" else 1})
    after = previews.Preview(**vars(before) | {fact: others.get(fact, "Other")})

    assert before.name != after.name
    assert previews.picture(before) != previews.picture(after)


@pytest.mark.parametrize("status", [*statuses.ALL, "overdue", "late"])
def test_every_status_has_a_mark_and_the_color_of_the_pages(status):
    light = {name: color or alias for name, color, alias in TOKEN.findall(CSS.read_text())}

    assert status in MARKS
    assert TOKENS[status] == light.get(light[status], light[status])


@pytest.mark.parametrize("token", ["paper", "ink", "muted", "rule", "edge", "accent"])
def test_the_other_colors_are_those_of_the_pages(token):
    assert f"--{token}: light-dark({TOKENS[token]}, " in CSS.read_text()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zürich Łódź Ærø", "Zurich Lodz AEro"),
        ("Straße – naïve — İstanbul", "Strasse - naive - Istanbul"),
        ("Nguyễn x² ½", "Nguyen x2 1⁄2"),
        ("Qwen (通义千问) 3", "Qwen 3"),
        ("“Qwen (通义)”, released", "“Qwen”, released"),
        ("通义千问", ""),
        ("launch 🎉\u200b!", "launch!"),
        ("a\n b\u00a0c", "a b c"),
    ],
)
def test_letters_that_the_typeface_lacks_are_written_by_their_likeness_or_left_out(text, written):
    assert writable(text) == written


@given(st.text())
def test_whatever_the_text_no_box_is_drawn_and_it_stays_on_its_lines(text):
    typeface, lines = fitted(writable(text), 300, ((40, 1), (20, 2)))
    box = bytes(font(40).getmask("\uffff"))

    assert len(lines) <= 2
    assert all(typeface.getlength(line) <= 300 for line in lines)
    assert box not in {bytes(font(40).getmask(letter)) for line in lines for letter in line}


def test_a_title_shrinks_before_it_is_cut():
    words = "Acme opens its models"

    assert fitted(words, 500, ((40, 1), (20, 1))) == (font(40), [words])
    assert fitted(words, 300, ((40, 1), (20, 1))) == (font(20), [words])
    assert fitted(words, 150, ((40, 1), (20, 1)))[1] == [shortened(words, font(20), 150)]
    assert shortened(words, font(20), 150).endswith("…")


def test_a_word_wider_than_a_line_is_broken():
    lines = fitted("A" * 40, 200, ((20, 9),))[1]

    assert len(lines) > 1
    assert "".join(lines) == "A" * 40


@pytest.mark.django_db
def test_the_picture_of_an_announcement_shows_what_is_recorded():
    facts = shown(surfaces.fill())

    assert facts.companies == "Acme with Bolt"
    assert facts.announced == "October 2023"
    assert {row.status: row.count for row in facts.statuses} == {
        "announced": 2,
        "delivered": 1,
        "withdrawn": 1,
        "superseded": 1,
    }
    assert (facts.days_late, facts.openness) == (38, "Weights with limits")
    assert facts.concerns == 2


@pytest.mark.django_db
def test_a_change_of_any_part_gives_the_picture_another_name():
    announcement = make.published()
    promise = make.promise(announcement)
    names = [shown(announcement).name]
    make.update(promise, "delivered")
    names.append(shown(announcement).name)
    make.release(announcement, components=["weights"])
    names.append(shown(announcement).name)
    make.concern(announcement)
    names.append(shown(announcement).name)

    assert len(set(names)) == 4


@pytest.mark.django_db
def test_an_overdue_promise_gives_every_day_another_name():
    announcement = make.published()
    make.promise(announcement, due_from="2024-01-01", due_to="2024-01-31")
    row = Announcement.objects.for_lists().get(pk=announcement.pk)
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    assert previews.preview(Entry(row, today)).name != previews.preview(Entry(row, tomorrow)).name


@pytest.mark.django_db
def test_who_has_the_picture_is_told_that_it_is_the_same_until_a_fact_changes(client):
    announcement = surfaces.fill()
    address = "/announcements/public/preview.png"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    make.concern(announcement)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_the_same_facts_are_drawn_once(client, monkeypatch):
    surfaces.fill()
    first = client.get("/announcements/public/preview.png")
    monkeypatch.setattr(previews, "picture", None)

    assert client.get("/announcements/public/preview.png").content == first.content
