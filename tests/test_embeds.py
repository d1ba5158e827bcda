"""An announcement on other people's pages: the card, oEmbed, badges, and what to copy."""

import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from announcements.embeds import badge_of_promises, limit, slug_at
from announcements.embeds.badges import PADDING, text_width
from announcements.entries import Entry
from tests import make, surfaces
from tests.documents import Document, read
from tests.surfaces import CARDS, DRAFT_ADDRESS, PUBLIC_ADDRESSES, SECRET

SITE = "http://testserver"
PAGE = "/announcements/public/"
CARD = f"{PAGE}embed/"
SVG = "{http://www.w3.org/2000/svg}"
OVERDUE = {"due_from": "2024-01-01", "due_to": "2024-01-31"}

django_db = pytest.mark.django_db


def ask(client, address: str = SITE + PAGE, more: str = ""):
    return client.get(f"/oembed/?url={quote(address, safe='')}{more}")


def may_be_framed(answer) -> bool:
    policy = answer["Content-Security-Policy"]
    told = ("X-Frame-Options" in answer, "frame-ancestors *" in policy)
    assert told in [(True, False), (False, True)], "both headers say the same"
    return told == (False, True)


@django_db
def test_nothing_but_the_card_may_be_framed(client):
    surfaces.fill()
    addresses = [*PUBLIC_ADDRESSES, "/nothing/", f"{DRAFT_ADDRESS}embed/"]

    assert [a for a in addresses if may_be_framed(client.get(a))] == CARDS


@django_db
def test_a_copy_of_the_card_that_holds_may_still_be_framed(client):
    surfaces.fill()
    tag = client.get(CARD)["ETag"]
    answer = client.get(CARD, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert may_be_framed(answer)


@django_db
def test_the_card_keeps_the_rest_of_the_policy(client):
    surfaces.fill()
    policy, usual = (client.get(a)["Content-Security-Policy"] for a in (CARD, PAGE))

    assert policy.replace("frame-ancestors *", "frame-ancestors 'none'") == usual


@django_db
def test_the_card_tells_who_what_and_what_came_of_it(client):
    surfaces.fill()
    card = read(client, CARD)

    assert card.words("h1") == "Acme opens the Anvil models"
    assert "Acme with Bolt · October 2023" in card.words("main")
    assert "Anvil weights Announced" in card.words("main")
    assert "days overdue promised for 1 January 2024 to 31 March 2024" in card.words("main")
    assert "; delivered 8 May 2024" in card.words("main")
    assert "Open-Source AI Tracker" in card.words("footer")


@django_db
def test_every_link_of_the_card_leaves_the_frame_for_an_absolute_address(client):
    surfaces.fill()
    links = read(client, CARD).all("a")

    assert {link.attributes["target"] for link in links} == {"_top"}
    assert links[0].attributes["href"] == SITE + PAGE
    assert all(link.attributes["href"].startswith("http") for link in links)


@django_db
def test_the_card_has_no_script_and_no_style_of_its_own(client):
    surfaces.fill()
    card = read(client, CARD)

    assert not card.all("script", "style")
    assert not [e for e in card.elements if "style" in e.attributes]
    assert len(card.ids) == len(set(card.ids))


@django_db
def test_a_card_of_many_promises_shows_some_and_says_how_many_more(client):
    announcement = make.published(slug="many")
    for number in range(6):
        make.promise(announcement, title=f"Model {number}")
    words = read(client, "/announcements/many/embed/").words("main")

    assert "Model 3" in words
    assert "Model 4" not in words
    assert "and 2 more promises" in words


@django_db
@pytest.mark.parametrize("part", ["embed/", "badge.svg", "promises/1/badge.svg"])
def test_signs_follow_a_former_address_and_leave_drafts_alone(client, part):
    announcement = surfaces.fill()
    announcement.slug = "renamed"
    announcement.save()
    moved = client.get(f"{PAGE}{part}")

    assert (moved.status_code, moved["Location"]) == (301, f"/announcements/renamed/{part}")
    assert client.get(f"{DRAFT_ADDRESS}{part}").status_code == 404
    assert client.get(f"/announcements/nothing/{part}").status_code == 404


@django_db
def test_a_page_names_its_oembed_answers_and_they_answer(client):
    surfaces.fill()
    found = {
        link.attributes["type"]: link.attributes["href"]
        for link in read(client, PAGE).all("link")
        if "oembed" in link.attributes.get("type", "")
    }

    assert set(found) == {"application/json+oembed", "text/xml+oembed"}
    for address in found.values():
        assert client.get(address.removeprefix(SITE)).status_code == 200


@django_db
def test_oembed_answers_what_a_rich_answer_needs(client):
    surfaces.fill()
    answer = ask(client)
    told = json.loads(answer.content)

    assert answer["Content-Type"] == "application/json"
    assert (told["type"], told["version"]) == ("rich", "1.0")
    assert told["title"] == "Acme opens the Anvil models"
    assert told["provider_name"] == "Open-Source AI Tracker"
    assert told["provider_url"] == f"{SITE}/"
    assert told["thumbnail_url"] == f"{SITE}{PAGE}preview.png"
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
    frame = Document(told["html"]).all("iframe")[0].attributes
    assert frame["src"] == SITE + CARD
    assert (frame["width"], frame["height"]) == (str(told["width"]), str(told["height"]))


@django_db
def test_oembed_says_the_same_in_xml(client):
    surfaces.fill()
    answer = ask(client, more="&format=xml")
    root = ET.fromstring(answer.content)  # noqa: S314

    assert answer["Content-Type"].startswith("text/xml")
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in json.loads(ask(client).content).items()
    }


@django_db
def test_an_answer_stays_within_what_the_page_can_give(client):
    surfaces.fill()
    told = json.loads(ask(client, more="&maxwidth=300&maxheight=200").content)

    assert (told["width"], told["height"]) == (300, 200)
    assert 'width="300" height="200"' in told["html"]
    assert "thumbnail_url" not in told


@django_db
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?url=", 400),
        (f"?url={SITE}{PAGE}&maxwidth=0", 400),
        (f"?url={SITE}{PAGE}&maxwidth=wide", 400),
        (f"?url={SITE}{PAGE}&maxheight={'9' * 5000}", 400),
        (f"?url={SITE}{PAGE}&format=yaml", 501),
        (f"?url={SITE}/companies/acme/", 404),
        (f"?url={SITE}{DRAFT_ADDRESS}", 404),
        (f"?url=https://example.org{PAGE}", 404),
        ("?url=%00", 404),
        ("?url=http://[", 404),
        ("?url=http://testserver:x/", 404),
        (f"?url={SITE}/announcements/%25ff/", 404),
        (f"?url={SITE}{PAGE}&format=xml&format=json&referrer=x", 200),
    ],
)
def test_oembed_refuses_by_the_statuses_that_it_names(client, query, status):
    make.published(slug="public")
    make.draft(slug="draft", title=SECRET)
    answer = client.get(f"/oembed/{query}")

    assert answer.status_code == status
    assert SECRET not in answer.text


@django_db
def test_what_is_wrong_with_a_limit_is_told_by_its_name(client):
    told = json.loads(ask(client, more="&maxwidth=x&maxheight=200").content)

    assert [row["parameter"] for row in told["errors"]] == ["maxwidth"]


@django_db
def test_a_former_address_is_answered_with_the_present_card(client):
    announcement = surfaces.fill()
    announcement.slug = "renamed"
    announcement.save()

    assert f"{SITE}/announcements/renamed/embed/" in json.loads(ask(client).content)["html"]


@pytest.mark.parametrize(
    ("address", "host", "slug"),
    [
        ("https://example.org/announcements/a/", "example.org", "a"),
        (" http://EXAMPLE.org:80/announcements/a ", "example.org", "a"),
        ("https://www.example.org./announcements//a/?utm_source=x#sources", "example.org", "a"),
        ("https://example.org/announcements/%61/", "www.example.org", "a"),
        ("https://example.org/announcements/a/embed/", "example.org", "a"),
        ("http://localhost:8000/announcements/a/", "localhost:8000", "a"),
        ("http://localhost:8001/announcements/a/", "localhost:8000", None),
        ("https://example.com/announcements/a/", "example.org", None),
        ("https://example.org/announcements/", "example.org", None),
        ("https://example.org/announcements/a/corrections/", "example.org", None),
        ("ftp://example.org/announcements/a/", "example.org", None),
        ("/announcements/a/", "example.org", None),
        ("https://example.org/nothing/", "example.org", None),
        ("https://example.org:99999/announcements/a/", "example.org", None),
        ("https://[/announcements/a/", "example.org", None),
        ("", "example.org", None),
    ],
)
def test_an_announcement_is_known_by_any_spelling_of_its_address(address, host, slug):
    assert slug_at(address, host) == slug


@pytest.mark.parametrize(("text", "pixels"), [("", None), ("1", 1), ("640", 640)])
def test_a_limit_is_a_number_of_pixels(text, pixels):
    assert limit(text) == pixels


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "٣", "1e3", "100001"])
def test_anything_else_is_no_limit(text):
    with pytest.raises(ValueError, match="whole number of pixels"):
        limit(text)


@django_db
@pytest.mark.parametrize(
    ("promises", "label", "message", "status"),
    [
        ([], "promises", "none recorded", "unverifiable"),
        ([("announced", {})], "promise", "announced", "announced"),
        ([("announced", OVERDUE)], "promise", "overdue", "overdue"),
        ([("delivered", OVERDUE)], "promise", "delivered", "delivered"),
        ([("delivered", {})] * 2, "promises", "2 of 2 delivered", "delivered"),
        (
            [("delivered", {}), ("withdrawn", {})],
            "promises",
            "1 of 2 delivered",
            "partly-delivered",
        ),
        ([("announced", {}), ("withdrawn", {})], "promises", "0 of 2 delivered", "announced"),
        ([("withdrawn", {})] * 3, "promises", "3 of 3 withdrawn", "withdrawn"),
        ([("delivered", {}), ("announced", OVERDUE)], "promises", "1 of 2 overdue", "overdue"),
    ],
)
def test_a_badge_says_what_counts_most(promises, label, message, status):
    announcement = make.published()
    for became, facts in promises:
        make.promise(announcement, status=became, **facts)
    badge = badge_of_promises(Entry(announcement, timezone.localdate()))

    assert (badge.label, badge.message, badge.status) == (label, message, status)
    assert badge.width == badge.label_width + badge.message_width


@django_db
def test_a_badge_is_a_picture_that_can_be_read_aloud(client):
    surfaces.fill()
    answer = client.get(f"{PAGE}badge.svg")
    root = ET.fromstring(answer.content)  # noqa: S314
    title = root.find(f"{SVG}title")

    assert answer["Content-Type"] == "image/svg+xml"
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == title.attrib["id"]
    assert title.text == "Acme opens the Anvil models. promises: 1 of 5 overdue"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["promises", "1 of 5 overdue"]
    assert "style" not in answer.text


@django_db
def test_each_promise_has_a_badge_by_its_number_in_the_record(client):
    surfaces.fill()
    words = [client.get(f"{PAGE}promises/{number}/badge.svg").text for number in (2, 3)]

    assert "Anvil weights: overdue" in words[0]
    assert "Anvil code: delivered" in words[1]
    for number in ("0", "6", "9" * 5000, "x"):
        assert client.get(f"{PAGE}promises/{number}/badge.svg").status_code == 404


@django_db
def test_no_title_breaks_a_badge_or_an_answer(client):
    evil = "</title>\"'<b>&\x0b\ud7ff" + "long " * 20
    announcement = make.published(slug="evil", title=evil)
    make.promise(announcement, title=evil)
    for part in ("badge.svg", "promises/1/badge.svg"):
        ET.fromstring(client.get(f"/announcements/evil/{part}").content)  # noqa: S314
    answer = ask(client, f"{SITE}/announcements/evil/", "&format=xml")
    root = ET.fromstring(answer.content)  # noqa: S314

    assert "<b>" in root.findtext("title")
    assert len(Document(root.findtext("html")).elements) == 1


@pytest.mark.parametrize(("text", "width"), [("", 0), ("iii", 10), ("mmm", 33), ("模型", 22)])
def test_a_field_is_as_wide_as_its_words(text, width):
    assert text_width(text) == width
    assert PADDING > 0


@django_db
def test_the_page_shows_what_to_copy_and_what_it_names_answers(client):
    surfaces.fill()
    page = read(client, PAGE)
    card, badge, markdown = [code.text for code in page.all("code") if SITE in code.text]
    image = Document(badge).all("img")[0].attributes

    assert Document(card).all("iframe")[0].attributes["src"] == SITE + CARD
    assert client.get(image["src"].removeprefix(SITE)).status_code == 200
    assert image["alt"]
    assert markdown.endswith(f"({SITE}{PAGE}badge.svg)]({SITE}{PAGE})")
    assert (f"{PAGE}promises/2/badge.svg", "Anvil weights") in page.links
    assert not page.all("iframe")


@django_db
def test_a_page_of_a_past_day_offers_no_signs(client):
    surfaces.fill()
    today = timezone.localdate()
    page = client.get(f"{PAGE}?as_of={today}").text

    assert "oembed" not in page
    assert "badge.svg" not in page
