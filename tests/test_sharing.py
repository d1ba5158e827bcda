"""What every page says of itself to those who show a link to it."""

from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from tests import make
from tests.documents import Document, read
from tests.surfaces import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

STATIC = Path(__file__).parent.parent / "announcements/static/announcements"
SITE = "http://testserver"


def told(page: Document) -> dict[str, str]:
    """The page's Open Graph and Twitter properties."""
    return {
        meta.attributes.get("property") or meta.attributes["name"]: meta.attributes["content"]
        for meta in page.all("meta")
        if {"property", "name"} & set(meta.attributes)
    }


def canonical(page: Document) -> list[str]:
    return [
        link.attributes["href"]
        for link in page.all("link")
        if link.attributes["rel"] == "canonical"
    ]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_its_name_its_address_and_its_picture(client, address):
    tracked = f"{address}?utm_source=x"
    # Pages that take filters refuse what they do not know.
    page = read(client, tracked if client.get(tracked).status_code == 200 else address)
    facts = told(page)

    assert canonical(page) == [facts["og:url"]] == [SITE + address]
    assert page.words("title").startswith(facts["og:title"])
    assert facts["og:description"] == facts["description"]
    assert facts["og:site_name"] == "Open-Source AI Tracker"
    assert facts["og:type"] == ("article" if address == "/announcements/public/" else "website")
    assert facts["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("address", PAGES)
def test_the_picture_of_a_page_is_there_in_the_size_it_says(client, address):
    facts = told(read(client, address))
    answer = client.get(facts["og:image"].removeprefix(SITE))

    assert answer["Content-Type"] == facts["og:image:type"]
    assert Image.open(BytesIO(answer.content)).size == (
        int(facts["og:image:width"]),
        int(facts["og:image:height"]),
    )
    assert facts["og:image:alt"]


def test_an_announcement_has_a_picture_of_its_own_told_in_words(client):
    facts = told(read(client, "/announcements/public/"))

    assert facts["og:image"] == f"{SITE}/announcements/public/preview.png"
    assert facts["og:image:alt"].startswith("Acme opens the Anvil models. Acme with Bolt")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("page=1", ""),
        ("q=&order=&company=acme", "?company=acme"),
        ("concern=misuse&company=acme&page=1", "?company=acme&concern=misuse"),
        ("company=acme&company=bolt", "?company=acme&company=bolt"),
        ("q=%22anvil%20models%22", "?q=%22anvil+models%22"),
    ],
)
def test_the_address_of_a_list_keeps_its_filters_and_nothing_idle(client, query, kept):
    assert canonical(read(client, f"/announcements/?{query}")) == [f"{SITE}/announcements/{kept}"]


def test_a_further_page_of_a_list_has_an_address_of_its_own(client):
    for _ in range(26):
        make.published()

    assert canonical(read(client, "/announcements/?page=2")) == [f"{SITE}/announcements/?page=2"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/companies/?page=1&q=", "/companies/"),
        ("/companies/?q=acme", "/companies/?q=acme"),
        ("/companies/?q=nobody&page=9", "/companies/"),
        ("/companies/compare/?company=bolt&company=acme", None),
        ("/companies/compare/?company=acme", None),
        ("/calendar/?company=acme&q=", "/calendar/?company=acme"),
        ("/calendar/?page=2", "/calendar/"),
        ("/announcements/filters/company/?kind=intent", None),
        ("/concerns/misuse/?page=1", "/concerns/misuse/"),
        ("/announcements/?as_of={today}", None),
        (
            "/announcements/public/?as_of={today}&utm_source=x",
            "/announcements/public/?as_of={today}",
        ),
    ],
)
def test_the_address_of_a_page_keeps_what_the_page_depends_on(client, address, kept):
    today = timezone.localdate()
    address = address.format(today=today)
    page = Document(client.get(address).text)

    assert canonical(page) == [SITE + (kept or address).format(today=today)]
    assert told(page)["og:url"] == canonical(page)[0]
    assert ("robots" in told(page)) is ("as_of" in address)


def test_a_further_page_of_companies_has_an_address_of_its_own(client):
    for number in range(101):
        make.company(f"Company {number}")
    page = read(client, "/companies/?page=2&q=company")

    assert canonical(page) == [f"{SITE}/companies/?q=company&page=2"]


def test_a_list_that_was_not_understood_has_the_address_of_the_whole_list(client):
    assert canonical(read(client, "/announcements/?kind=nonsense", 400)) == [
        f"{SITE}/announcements/"
    ]


def test_an_address_with_nothing_behind_it_asks_not_to_be_found(client):
    page = read(client, "/nothing/here/", 404)

    assert canonical(page) == []
    assert told(page)["robots"] == "noindex"


def test_a_title_cannot_leave_its_attribute(client):
    make.published(slug="evil", title='A "quoted" <title> & more', summary='"><b>')
    facts = told(read(client, "/announcements/evil/"))

    assert facts["og:title"] == 'A "quoted" <title> & more'
    assert facts["description"].endswith(': "><b>')


@pytest.mark.parametrize(("name", "size"), [("favicon-32", 32), ("touch-icon-180", 180)])
def test_an_icon_has_the_size_in_its_name_and_every_page_names_it(client, name, size):
    hrefs = [link.attributes["href"] for link in read(client, "/").all("link")]

    assert Image.open(BytesIO((STATIC / f"{name}.png").read_bytes())).size == (size, size)
    assert f"/static/announcements/{name}.png" in hrefs
