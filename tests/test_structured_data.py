"""An announcement as programs that read pages take it in."""

import json

import pytest
from django.urls import reverse

from announcements.exports.downloads import write_downloads
from announcements.models.version import DataVersion
from announcements.shapes import SHAPES
from announcements.structured_data import data_block
from tests import make, surfaces
from tests.documents import read

pytestmark = pytest.mark.django_db

EVIL = '</script><script>alert("&")</script><!--\u2028'


def graph(client, address: str) -> list[dict]:
    blocks = [
        script.text
        for script in read(client, address).all("script")
        if script.attributes.get("type") == "application/ld+json"
    ]
    assert len(blocks) == 1
    return json.loads(blocks[0])["@graph"]


def test_an_article_says_who_it_is_about_and_what_it_rests_on(client):
    surfaces.fill()
    article, _ = graph(client, "/announcements/public/")

    assert article["@type"] == "Article"
    assert article["headline"] == "Acme opens the Anvil models"
    assert article["mainEntityOfPage"] == "http://testserver/announcements/public/"
    assert article["image"] == "http://testserver/announcements/public/preview.png"
    assert article["temporalCoverage"] == "2023-10"
    assert article["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert article["publisher"]["name"] == article["author"]["name"] == "Open-Source AI Tracker"
    assert article["about"] == [
        {
            "@type": "Organization",
            "name": "Acme",
            "legalName": "Acme, Inc.",
            "alternateName": ["Anvil Works"],
        },
        {"@type": "Organization", "name": "Bolt", "legalName": "Bolt, Inc."},
    ]
    assert [source["url"] for source in article["citation"]][:1] == article["isBasedOn"]
    assert len(article["citation"]) == 3


def test_its_dates_are_moments_with_their_zone(client):
    announcement = surfaces.fill()
    article, _ = graph(client, "/announcements/public/")

    assert article["datePublished"] == announcement.published_at.isoformat(timespec="seconds")
    assert article["dateModified"] >= article["datePublished"]
    assert article["dateModified"].endswith("+00:00")


def test_the_trail_leads_to_the_page(client):
    surfaces.fill()
    _, trail = graph(client, "/announcements/public/")

    assert [
        (step["position"], step["name"], step["item"]) for step in trail["itemListElement"]
    ] == [
        (1, "Announcements", "http://testserver/announcements/"),
        (2, "Acme", "http://testserver/companies/acme/"),
        (3, "Acme opens the Anvil models", "http://testserver/announcements/public/"),
    ]


def test_no_title_ends_the_block_or_begins_a_script(client):
    make.published(slug="evil", title=EVIL, summary=EVIL)
    article, trail = graph(client, "/announcements/evil/")

    assert len(read(client, "/announcements/evil/").all("script")) == 1
    assert article["headline"] == article["abstract"] == trail["itemListElement"][2]["name"] == EVIL


def test_a_block_holds_no_letter_that_html_reads():
    block = data_block({"text": EVIL})

    assert not set("<>&\u2028") & set(block)
    assert json.loads(block) == {"text": EVIL}


def test_the_data_as_a_whole_says_what_it_is_and_whose(client):
    surfaces.fill()
    make.published(announced_on="2025-02")
    (data,) = graph(client, "/data/")

    assert data["@type"] == "Dataset"
    assert data["name"] == "Open-Source AI Tracker"
    assert 50 <= len(data["description"]) <= 5000
    assert data["url"] == "http://testserver/data/"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["creator"]["name"] == "Open-Source AI Tracker"
    assert data["temporalCoverage"] == "2023-10-01/2025-02-01"
    newest = DataVersion.objects.latest("number").written_at
    assert data["dateModified"] == newest.isoformat(timespec="seconds")


def test_the_data_names_every_file_it_can_be_had_as(client):
    surfaces.fill()
    (data,) = graph(client, "/data/")
    files = [shape for shape in SHAPES if shape.kind == "file"]

    assert [(row["contentUrl"], row["encodingFormat"]) for row in data.get("distribution", [])] == [
        (f"http://testserver{reverse(f'announcements:{shape.name}')}", shape.media_type)
        for shape in files
    ]


def test_the_data_names_the_files_that_lie_ready_with_size_and_checksum(client):
    make.published()
    latest, _ = write_downloads()
    (data,) = graph(client, "/data/")
    named = {row["contentUrl"]: row for row in data["distribution"]}

    assert latest.files
    for file in latest.files:
        row = named[f"http://testserver/data/downloads/{file.name}"]
        assert (row["contentSize"], row["sha256"]) == (f"{file.size} B", file.sha256)
        assert row["encodingFormat"] == file.kind.media_type


def test_data_without_an_announcement_covers_no_time(client):
    (data,) = graph(client, "/data/")

    assert "temporalCoverage" not in data
