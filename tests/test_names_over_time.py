"""An announcement shows the name that its company bore then, with the present one beside it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from announcements.entries import entries
from announcements.models import Announcement, Company, FormerName
from announcements.partial_dates import PartialDate
from announcements.previews import preview
from announcements.records import announcement_record
from tests import make
from tests.editing import Page, log_in, page_of

pytestmark = pytest.mark.django_db

# From, until, and the name on a date: the former one only where every day of the date lies in its time.
BORE = [
    ("", "2021-10-28", "2021-10-27", "Facebook"),
    ("", "2021-10-28", "2021-10-28", "Facebook"),
    ("", "2021-10-28", "2021-10-29", "Meta"),
    ("", "2021-10-28", "2021-09", "Facebook"),
    ("", "2021-10-28", "2021-10", "Meta"),
    ("", "2021-10-28", "2021-11", "Meta"),
    ("", "2021-10-28", "2020", "Facebook"),
    ("", "2021-10-28", "2021", "Meta"),
    ("", "2021-10-28", "2022", "Meta"),
    ("", "2021-10", "2021-10-01", "Facebook"),
    ("", "2021-10", "2021-10-31", "Facebook"),
    ("", "2021-10", "2021-11-01", "Meta"),
    ("", "2021-10", "2021-10", "Facebook"),
    ("", "2021-10", "2021", "Meta"),
    ("", "2021", "2021-12-31", "Facebook"),
    ("", "2021", "2021", "Facebook"),
    ("", "2021", "2022-01-01", "Meta"),
    ("2005-09-20", "2021-10-28", "2005-09-19", "Meta"),
    ("2005-09-20", "2021-10-28", "2005-09-20", "Facebook"),
    ("2005-09-20", "2021-10-28", "2005-09", "Meta"),
    ("2005-09", "2021-10-28", "2005-09", "Facebook"),
    ("2005", "2021-10-28", "2005-01-01", "Facebook"),
    ("2005", "2021-10-28", "2004", "Meta"),
    ("", "", "2019", "Meta"),
    ("2005", "", "2019", "Meta"),
]


@pytest.mark.parametrize(("used_from", "used_until", "when", "name"), BORE)
def test_the_name_on_a_date(used_from, used_until, when, name):
    company = make.company("Meta")
    company.former_names.create(name="Facebook", used_from=used_from, used_until=used_until)
    assert company.name_on(PartialDate.parse(when)) == name


def test_without_a_date_it_is_the_present_name():
    company = make.company("Meta")
    company.former_names.create(name="Facebook", used_until="2021")
    assert company.name_on(None) == "Meta"


@pytest.mark.parametrize(
    ("when", "name"),
    [("1998", "BackRub"), ("2010", "Google"), ("2015-06", "Google Inc."), ("2020", "Alphabet")],
)
def test_of_several_names_it_is_the_one_of_that_time(when, name):
    company = make.company("Alphabet")
    for former, used_from, used_until in (
        ("Google", "", "2014"),
        ("BackRub", "", "1998"),
        ("Google Inc.", "2015", "2017"),
    ):
        company.former_names.create(name=former, used_from=used_from, used_until=used_until)
    assert company.name_on(PartialDate.parse(when)) == name


def test_a_name_does_not_end_before_it_begins():
    name = FormerName(name="Facebook", used_from="2021", used_until="2020-12")
    with pytest.raises(ValidationError, match="ends before it begins"):
        name.clean()
    FormerName(name="Facebook", used_from="2021-10-28", used_until="2021-10").clean()


def test_an_editor_writes_from_when_to_when(client):
    log_in(client)
    meta = make.company("Meta")
    page = Page(client, page_of(meta))
    page.row("former_names", name="Facebook", used_from="2022", used_until="2021-10").send()
    assert any("ends before it begins" in words for words in page.errors)
    page.row("former_names", 0, used_from="2005-09").send()
    assert str(meta.former_names.get().used_from) == "2005-09"


@pytest.fixture
def then():
    """An announcement of Meta, with Alphabet, at a time when both had other names."""
    meta = make.company("Meta", legal_name="Meta Platforms, Inc.", slug="meta")
    alphabet = make.company("Alphabet", legal_name="Alphabet Inc.")
    meta.former_names.create(name="Facebook", used_until="2021-10-28")
    alphabet.former_names.create(name="Google", used_until="2015-10")
    record = make.published(
        company=meta, partners=[alphabet], announced_on="2015-06", slug="then", kind="intent"
    )
    make.concern(record, "misuse")
    release = make.release(
        record, license="apache-2.0", called="open-source", components={"weights": "limited"}
    )
    make.promise(record, license=release.license, due_from="2015-07-01", due_to="2015-07-31")
    make.published(company=meta, partners=[alphabet], announced_on="2023", slug="now")
    return record


SHOWN = {
    "/announcements/": "Facebook (now Meta) with Google (now Alphabet)",
    "/announcements/then/": "Facebook (now Meta Platforms, Inc.)",
    "/announcements/now/": "Facebook (now Meta)",
    "/announcements/then/citation.bib": "Facebook (now Meta Platforms, Inc.)",
    "/announcements/then/citation.json": "Google (now Alphabet Inc.)",
    "/companies/meta/": "Facebook (now Meta)",
    "/calendar/": "Facebook (now Meta)",
    "/concerns/misuse/": "Facebook (now Meta)",
    "/licenses/apache-2.0/": "Facebook (now Meta)",
    "/": "Facebook (now Meta)",
}


@pytest.mark.parametrize(("address", "words"), SHOWN.items(), ids=SHOWN)
def test_every_page_says_both_names(client, then, address, words):
    then.related.add(Announcement.objects.get(slug="now"))
    text = " ".join(client.get(address).content.decode().split())
    assert words in text.replace("</a>", "").replace('<a href="/companies/alphabet/">', "")


def test_an_announcement_of_today_says_the_present_name_alone(client, then):
    answer = client.get("/announcements/now/citation.bib").content.decode()
    assert "Meta Platforms, Inc." in answer
    assert "Facebook" not in answer


def test_the_name_leads_to_the_present_company(client, then):
    answer = client.get("/announcements/then/").content.decode()
    assert '<a href="/companies/meta/">Facebook (now Meta Platforms, Inc.)</a>' in answer


def test_the_picture_says_both_names(then):
    [entry] = entries(Announcement.objects.filter(slug="then").for_lists(), then.first_day)
    assert preview(entry).companies == "Facebook (now Meta) with Google (now Alphabet)"


def test_a_record_names_companies_as_they_are_called_now(then):
    record = announcement_record(Announcement.objects.for_reading().get(slug="then"))
    assert record["companies"] == ["Meta Platforms, Inc.", "Alphabet Inc."]
    assert "Facebook" not in json.dumps(record)


def test_a_name_that_is_the_present_one_again_is_said_once():
    company = make.company("Meta")
    company.former_names.create(name="Meta", used_until="2010")
    record = make.published(company=company, announced_on="2009")
    assert str(record.announcer) == "Meta"


def test_a_draft_without_a_company_has_no_name():
    assert make.draft(company=None).announcer is None


@pytest.mark.parametrize("rows", ["for_lists", "for_reading"])
def test_names_cost_the_same_for_few_announcements_and_for_many(then, rows):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            found = getattr(Announcement.objects.all(), rows)()
            assert all(str(name) for row in found for name in row.announcers)
        return len(captured)

    few = cost()
    for company in Company.objects.all():
        make.published(company=company, partners=[make.company()])
    assert cost() == few


def test_search_finds_what_was_announced_about_an_initiative_by_a_former_name(client):
    initiative = make.initiative("PyTorch")
    make.published(initiatives=[initiative], title="A thing")
    name = initiative.former_names.create(name="Wolpertinger")
    assert "A thing" in client.get("/announcements/?q=wolpertinger").content.decode()
    name.delete()
    assert "A thing" not in client.get("/announcements/?q=wolpertinger").content.decode()
