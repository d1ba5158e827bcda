"""What each page tells its reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from announcements.filters import AnnouncementFilter
from announcements.imports import seed_article
from announcements.vocabularies import terms, vocabularies
from tests import make, surfaces
from tests.documents import Document, read

pytestmark = pytest.mark.django_db

CHANGES = vocabularies()["status_transitions"]


def table(page: Document, text: str) -> list[str]:
    """The rows of the table that holds a text, each in single spaces."""
    return [row.words for row in page.all("tr") if text in row.words]


def figures(page: Document) -> list[str]:
    """The figures at the head of a page, each with its words."""
    strip = next(e for e in page.all("dl") if e.attributes.get("class") == "figures")
    return [e.words for e in page.all("div") if e.begin > strip.begin and e.end <= strip.end]


def test_the_overview_counts_what_stands_and_out_of_how_many(client):
    surfaces.fill()
    page = read(client, "/")

    assert "2 announcements by 2 companies" in page.words("main")
    assert figures(page) == [
        "promises on record 5",
        "delivered in full 1 of 5",
        "past their date 1",
        "delivered late, of those delivered that had named a date (median 38 days) 1 of 1",
        "release called open source, and found not to be 1 of 1",
    ]
    assert table(page, "Announced 2") == ["Announced 2 1"]
    assert ("/announcements/?status=announced", "1") in page.links


def test_the_overview_names_overdue_promises_with_their_days(client):
    yesterday = timezone.localdate() - timedelta(days=1)
    announcement = make.published(slug="slow", announced_on="2024-01", company=make.company("Acme"))
    make.promise(
        announcement,
        title="Anvil weights",
        due_from="2024-02-01",
        due_to=yesterday,
        due_words="soon",
    )
    page = read(client, "/")

    assert ("/announcements/slow/", "Anvil weights") in page.links
    assert "Acme · said Jan 2024, “soon”" in page.words("main")
    assert "1 day overdue" in page.words("main")
    assert (
        "/announcements/?overdue=yes",
        "All announcements with an overdue promise: 1",
    ) in page.links


def test_without_an_overdue_promise_the_overview_says_so(client):
    make.published()

    assert "No promise is past its date." in read(client, "/").words("main")


def test_the_overview_says_what_is_due_what_came_late_and_what_is_not_as_called(client):
    in_a_week = timezone.localdate() + timedelta(days=7)
    promised = {"due_from": "2024-01-01", "due_to": "2024-03-01"}
    story = [("2024-01-01", "announced"), ("2024-03-11", "delivered")]
    make.promise(title="Bolt code", story=story, **promised)
    make.promise(title="Nut data", due_from=in_a_week, due_to=in_a_week)
    make.release(name="Screw", called="open-source", license="mit", components={"weights": "none"})
    main = read(client, "/").words("main")

    assert "Due in the next 90 days 1 Nut data 7 days left" in main
    assert "Came late most recently 1 of 1 with a date Bolt code 10 days late" in main
    assert "delivered 11 Mar 2024, promised for 1 January 2024 to 1 March 2024" in main
    assert "Called open source, found otherwise 1 of 1 Screw" in main


def test_the_overview_tells_what_came_last_and_whether_in_time(client):
    promised = {"due_from": "2024-01-01", "due_to": "2024-03-01"}
    for title, day, facts in (("Early", "2024-02-01", promised), ("Undated", "2024-02-02", {})):
        make.promise(title=title, story=[("2024-01", "announced"), (day, "delivered")], **facts)
    main = read(client, "/").words("main")

    assert main.index("2 Feb 2024 Undated") < main.index("1 Feb 2024 Early")
    assert "no date was named" in main
    assert "· in time" in main


def test_the_overview_says_that_small_numbers_are_small(client):
    make.promise()
    page = read(client, "/")

    assert "of 1 promise, shares and medians say little" in page.words("main")
    assert "called open source, and found not to be: no release is called so –" in figures(page)


def test_blocks_of_the_chart_lead_to_what_they_count(client):
    promise = make.promise(make.published(announced_on=timezone.localdate().isoformat()))
    quarter = timezone.localdate().isoformat()[:4]
    page = read(client, "/")
    blocks = [a for a in page.all("a") if "data-lists" in a.attributes]

    assert [a.attributes["data-lists"] for a in blocks] == ["1"]
    assert read(client, blocks[0].attributes["href"]).slugs == [promise.announcement.slug]
    assert blocks[0].words.endswith(f"{quarter}, announced: 1")


@pytest.mark.parametrize(
    "words",
    [
        "Acme, Inc. (formerly Anvil Works) with Bolt, Inc.",
        "October 2023",
        "Editors' note October 2023 is the source's own word.",
        "Says something will be opened later; on that day nothing of it can be obtained.",
        "In its own newsroom, blog, repository, filing or event.",
        "Parts Model weights, Code to run it",
        "1 January 2024 to 31 March 2024, “early next year”",
        "Condition once it is stable",
        "delivered under narrower terms",
        "38 days late",
        "Replaced by Anvil code",
        "Now promised for 1 January 2099 to 30 June 2099, “later”.",
        "Withdrawn correction Taken back.",
        "Why it was corrected: The page was misread.",
        "What the company calls it Open source",
        "What was found Weights with limits",
        "License announced Apache License 2.0",
        "License found Llama 3.1 Community License Agreement",
        "Model weights partly or with limits",
        "Training data not published",
        "Code to run it open Apache License 2.0 checked 1 Jun 2024 In full.",
        "Misuse, also Privacy answered",
        "Untyped open",
        "Raised by A critic · November 2023",
        "The company's answer · measure named · 1 December 2023",
        "No answer by the company is recorded.",
        "Claimed by The company · argued with reasons",
        "no archived copy yet",
        "http://testserver/announcements/public/",
    ],
)
def test_an_announcement_tells_all_that_is_known(client, words):
    surfaces.fill()
    page = read(client, "/announcements/public/")

    assert words in page.words("main")


def test_every_fact_leads_to_its_source_even_one_that_the_list_lacks(client):
    surfaces.fill()
    page = read(client, "/announcements/public/")
    numbers = {text for href, text in page.links if href.startswith("#source-")}

    assert numbers == {"Source 1", "Source 2", "Source 3"}
    assert {"source-1", "source-2", "source-3"} <= set(page.ids)
    assert ("https://example.org/copy", "archived copy") in page.links


def test_a_promise_replaced_by_one_of_another_announcement_leads_there(client):
    newer = make.promise(make.published(slug="newer"))
    older = make.promise(status="superseded", superseded_by=newer)
    page = read(client, older.announcement.get_absolute_url())

    assert (f"/announcements/newer/#promise-{newer.pk}", newer.title) in page.links


def test_the_founding_article_says_that_its_date_is_its_own_word(client):
    seed_article()
    main = read(client, "/announcements/meta-to-open-source-versions-of-its-next-ai-models/").words(
        "main"
    )

    assert "October 2023 is the article's own word" in main
    assert "PyTorch" in main
    assert "deepfakes" in main


def test_companies_are_listed_with_what_became_of_their_promises(client):
    surfaces.fill()
    page = read(client, "/companies/")

    assert table(page, "Acme") == [
        "Acme 2 5 2 announced · 1 delivered · 1 withdrawn · 1 superseded 1 overdue United States"
    ]
    assert table(page, "Bolt")[0].startswith("Bolt 1 5")


def test_a_company_shows_its_record_with_denominators(client):
    surfaces.fill()
    page = read(client, "/companies/acme/")

    assert figures(page) == [
        "announcements 2",
        "promises delivered in full 1 of 5",
        "overdue, of those still open that name a date 1 of 1",
        "delivered late, of those delivered that had named a date (median 38 days) 1 of 1",
    ]
    assert "too few for shares and medians to say much" in page.words("main")
    assert "Anvil Works (until 1999)" in page.words("main")
    assert ("/announcements/?company=acme&concern=privacy", "1") in page.links
    assert ("/announcements/?company=acme&license=apache-2.0", "1") in page.links


def test_a_company_that_only_took_part_has_the_announcement_in_its_record(client):
    surfaces.fill()
    page = read(client, "/companies/bolt/")

    assert page.slugs == ["public"]
    assert ("/announcements/?company=bolt", "1") in page.links


def test_an_initiative_shows_its_announcements_and_its_siblings(client):
    acme = surfaces.fill().company
    make.initiative("Closer", company=acme)
    page = read(client, "/initiatives/opener/")

    assert page.slugs == ["public"]
    assert table(page, "Closer") == ["Closer 0"]
    assert ("/announcements/?initiative=opener", "1") in read(client, "/initiatives/").links


def test_every_number_of_the_concern_table_leads_to_its_announcements(client):
    surfaces.fill()
    links = read(client, "/concerns/").links

    assert ("/announcements/?company=bolt&concern=privacy", "1") in links
    assert ("/announcements/?company=acme&concern=misuse&concern=privacy", "1") in links
    assert ("/announcements/?concern=misuse", "1") in links
    assert "1 of 2 concerns fits no type yet" in read(client, "/concerns/").words("main")


def test_a_type_of_concern_shows_its_meaning_and_its_cases(client):
    surfaces.fill()
    make.concern_type("quality-control")
    kind = make.concern_type("misuse")
    kind.use_instead = "flaw without bad intent: quality-control; anything else"
    kind.save()
    page = read(client, "/concerns/misuse/")

    assert figures(page) == [
        "concern recorded 1",
        "announcement with one 1",
        "companies concerned 2",
    ]
    assert kind.definition in page.words("main")
    assert ("/concerns/quality-control/", "Quality control") in page.links
    assert "anything else" in page.words("main")


@pytest.mark.parametrize("page", ["0", "2", "x"])
def test_cases_have_no_pages_that_do_not_exist(client, page):
    surfaces.fill()

    assert client.get(f"/concerns/misuse/?page={page}").status_code == 404


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        ("text", "The whole text was read"),
        ("excerpt", "A part of the text was read"),
        ("secondary", "The text itself was not read"),
        ("list", "The text itself was not read"),
        ("memory", "The text was not read. What stands here is general knowledge"),
    ],
)
def test_a_license_says_how_far_its_terms_were_read(client, checked, words):
    make.license("apache-2.0", checked=checked)

    assert words in read(client, "/licenses/apache-2.0/").words("main")


def test_a_license_counts_what_came_under_it_wholly_or_in_part(client):
    surfaces.fill()
    page = read(client, "/licenses/apache-2.0/")

    assert page.slugs == ["public"]
    assert "1 release in 1 announcement, wholly or in part." in page.words("main")
    assert table(read(client, "/licenses/"), "Apache") == ["Apache License 2.0 Apache-2.0 1"]


@pytest.mark.parametrize(
    "vocabulary",
    [
        "delivery_statuses",
        "announcement_kinds",
        "announcement_basis",
        "component_states",
        "components",
        "license_classes",
        "source_kinds",
    ],
)
def test_the_method_defines_every_word(client, vocabulary):
    main = read(client, "/about/").words("main")

    assert [
        term["slug"]
        for term in terms(vocabulary).values()
        if " ".join(term["definition"].split()) not in main
    ] == []


def test_the_method_names_every_change_of_status_that_is_allowed(client):
    main = read(client, "/about/").words("main")

    assert "to withdrawn official copies gone: company statement or two checks" in main
    assert [row["needs"] for row in CHANGES if row["needs"] not in main] == []


def test_the_data_page_names_the_license_the_schema_and_every_filter(client):
    page = read(client, "/data/")

    assert "CC-BY-4.0" in page.words("main")
    assert ("/data/record.schema.json", "JSON Schema") in page.links
    assert [name for name in AnnouncementFilter.base_filters if not table(page, name)] == []


def test_the_schema_of_a_record_is_one(client):
    response = client.get("/data/record.schema.json")

    assert response["Content-Type"] == "application/schema+json"
    assert response.json()["type"] == "object"
