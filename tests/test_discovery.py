"""What programs look for at a site: sitemaps, robots.txt and the description of its search."""

from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from announcements.models import Announcement
from announcements.models.version import Change
from announcements.sitemaps import SECTIONS, AnnouncementPages, Pages
from tests import make, surfaces
from tests.documents import read
from tests.surfaces import DRAFT_ADDRESS, PAGES, PUBLIC_ADDRESSES

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
FORMS_AND_PARTS = {"/announcements/public/corrections/", "/announcements/filters/company/"}


def listed(client, address: str) -> dict[str, str | None]:
    """Every address that a sitemap or the index of them lists, with when it changed last."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    root = ET.fromstring(answer.content)  # noqa: S314
    return {row.findtext(f"{MAP}loc"): row.findtext(f"{MAP}lastmod") for row in root}


def all_pages(client) -> dict[str, str | None]:
    maps = listed(client, "/sitemap.xml")
    return {
        page: changed
        for address in maps
        for page, changed in listed(client, address.removeprefix(SITE)).items()
    }


def test_every_page_is_in_a_sitemap_and_every_address_in_one_answers(client):
    surfaces.fill()
    found = {address.removeprefix(SITE) for address in all_pages(client)}
    kept_out = FORMS_AND_PARTS | {page for page in PAGES if page.startswith("/suggest/")}

    assert {page for page in PAGES if not page.endswith("/suggest/")} - kept_out <= found
    assert DRAFT_ADDRESS not in found
    assert all(client.get(address).status_code == 200 for address in found)


def test_the_index_names_a_sitemap_of_each_section(client):
    surfaces.fill()

    assert list(listed(client, "/sitemap.xml")) == [f"{SITE}/sitemap-{n}.xml" for n in SECTIONS]


def test_an_announcement_is_listed_with_the_day_of_its_last_change(client):
    announcement = surfaces.fill()
    changed = Change.objects.get(announcement_key=announcement.pk).version.written_at
    day = listed(client, "/sitemap-announcements.xml")[f"{SITE}/announcements/public/"]
    newest = Change.objects.order_by("-version").first().version.written_at

    assert day == f"{changed:%Y-%m-%d}"
    index = listed(client, "/sitemap.xml")
    assert index[f"{SITE}/sitemap-announcements.xml"] == newest.isoformat()
    assert index[f"{SITE}/sitemap-companies.xml"] is None


@pytest.mark.parametrize("change", ["rename the company", "tell of a promise", "unpublish"])
def test_whatever_changes_an_announcement_is_noted(client, change):
    announcement = make.published()
    make.promise(announcement)
    before = AnnouncementPages().items().get().changed

    if change == "rename the company":
        announcement.company.name = "Renamed"
        announcement.company.save()
    elif change == "tell of a promise":
        make.update(
            announcement.promises.get(), "delayed", due_from="2099-01-01", due_to="2099-02-01"
        )
    else:
        announcement.unpublish()

    assert AnnouncementPages().get_latest_lastmod() > before
    rows = AnnouncementPages().items()
    assert [row.changed > before for row in rows] == [
        True
    ] * Announcement.objects.published().count()


def test_a_sitemap_goes_on_on_a_further_page(client, monkeypatch):
    for _ in range(5):
        make.published()
    monkeypatch.setattr(AnnouncementPages, "limit", 2)
    maps = [address for address in listed(client, "/sitemap.xml") if "announcements" in address]
    pages = [set(listed(client, address.removeprefix(SITE))) for address in maps]

    assert [urlsplit(address).query for address in maps] == ["", "p=2", "p=3"]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len(set.union(*pages)) == 5


@pytest.mark.parametrize("page", ["0", "-1", "9", "x", "%00", "9" * 5000])
def test_a_page_that_is_not_there_answers_404(client, page):
    assert client.get(f"/sitemap-announcements.xml?p={page}").status_code in (400, 404)


def test_there_is_no_sitemap_of_what_is_no_section(client):
    assert client.get("/sitemap-drafts.xml").status_code == 404


def test_a_sitemap_has_the_scheme_and_host_it_is_asked_by(client):
    answer = client.get("/sitemap.xml", secure=True, headers={"Host": "localhost:8443"})

    assert "<loc>https://localhost:8443/sitemap-pages.xml</loc>" in answer.text


def test_a_copy_of_a_sitemap_is_not_held_for_fresh_by_a_date(client):
    surfaces.fill()

    assert "Last-Modified" not in client.get("/sitemap-announcements.xml")


def test_every_page_that_there_is_one_of_is_named(client):
    alone = {reverse(f"announcements:{name}") for name in Pages.NAMES}

    assert alone <= set(PUBLIC_ADDRESSES)


def test_robots_txt_leads_to_the_sitemap_and_says_where_crawling_has_no_end(client):
    answer = client.get("/robots.txt")
    rules = [line for line in answer.text.splitlines() if line and not line.startswith("#")]

    assert answer["Content-Type"] == "text/plain"
    assert rules == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /announcements/filters/",
        "Disallow: /announcements/?*&*&",
        "Disallow: /*?as_of=",
        "Disallow: /*&as_of=",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


def test_the_search_is_described_within_the_limits_of_opensearch(client):
    surfaces.fill()
    answer = client.get("/opensearch.xml")
    root = ET.fromstring(answer.content)  # noqa: S314
    urls = {url.attrib["type"]: url.attrib["template"] for url in root.iter(f"{SEARCH}Url")}

    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    assert root.tag == f"{SEARCH}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{SEARCH}ShortName")) <= 16
    assert 0 < len(root.findtext(f"{SEARCH}LongName")) <= 48
    assert 0 < len(root.findtext(f"{SEARCH}Description")) <= 1024
    assert urls["text/html"] == f"{SITE}/announcements/?q={{searchTerms}}"
    for template in urls.values():
        address = template.replace("{searchTerms}", "anvil+models").removeprefix(SITE)
        assert client.get(address).status_code == 200


def test_every_page_names_the_description_of_the_search(client):
    surfaces.fill()

    for address in PAGES:
        links = read(client, address).all("link")
        found = [row.attributes["href"] for row in links if row.attributes["rel"] == "search"]
        assert found == ["/opensearch.xml"], address
