"""The page of one announcement: whose word, which license, what answer, how to cite, and the way on."""

import pytest

from tests import make, surfaces
from tests.documents import Document, read

pytestmark = pytest.mark.django_db

PUBLIC = "/announcements/public/"


def part(page: Document, heading: str) -> str:
    """The words of the section under a heading with this id."""
    return next(e.words for e in page.holding("aria-labelledby", heading) if e.tag == "section")


def word(client, slug: str) -> str:
    return read(client, f"/announcements/{slug}/").holding("class", "word")[0].words


def test_the_statement_says_on_whose_word_it_is_and_where_that_is_to_be_read(client):
    surfaces.fill()
    page = read(client, PUBLIC)

    assert page.holding("class", "word")[0].words == (
        "Stated by the company. In its own newsroom, blog, repository, filing or event. "
        "Source: A page, Example Source 1"
    )


@pytest.mark.parametrize(
    ("supports", "number"),
    [
        (["context", "announcement"], "Source 2"),
        (["delivery", "announcement"], "Source 2"),
        (["concern", "delivery"], "Source 2"),
        (["announcement", "announcement"], "Source 1"),
    ],
)
def test_the_source_of_the_statement_is_the_first_that_shows_it(client, supports, number):
    announcement = make.draft(slug="here", sources=[])
    for evidence in supports:
        make.citation(announcement, supports=evidence)
    announcement.publish(evidence_later=True)

    assert word(client, "here").endswith(number)


def test_a_statement_whose_sources_show_something_else_names_none(client):
    announcement = make.draft(slug="here", sources=[])
    make.citation(announcement, supports="concern")
    announcement.publish(evidence_later=True)

    assert word(client, "here").endswith("event.")


def test_a_concern_is_a_thread_from_who_raised_it_to_what_the_company_said(client):
    surfaces.fill()
    threads = [thread.words for thread in read(client, PUBLIC).holding("class", "thread")]

    assert threads == [
        "Raised by A critic · November 2023 What is feared. Source 2 "
        "The company's answer · measure named · 1 December 2023 "
        "There will be a form to fill in. Source 2",
        "Raised by A critic What is feared. Source 3 No answer by the company is recorded.",
    ]


@pytest.mark.parametrize("status", ["open", "answered", "disputed", "resolved", "withdrawn"])
def test_the_status_of_a_concern_has_a_mark_and_a_word(client, status):
    announcement = make.published(slug="here")
    make.concern(announcement, status=status, answer="Yes.")
    page = read(client, "/announcements/here/")

    assert f"Misuse {status}" in page.words("main")
    assert f"#mark-concern-{status}" in {e.attributes["href"] for e in page.all("use")}
    assert f"mark-concern-{status}" in page.ids


def test_a_license_that_is_not_the_one_announced_is_said_to_be_another(client):
    surfaces.fill()
    releases = part(read(client, PUBLIC), "releases")

    assert "License announced Apache License 2.0 License found Llama 3.1" in releases
    assert "The license found is not the one announced." in releases


def test_a_component_with_another_license_names_the_one_announced_for_it(client):
    announcement = make.published(slug="here")
    make.promise(announcement, license="mit", parts=["weights"])
    release = make.release(announcement, license="mit")
    make.component(release, "weights", license="apache-2.0")
    releases = part(read(client, "/announcements/here/"), "releases")

    assert "Model weights open Apache License 2.0 announced: MIT License" in releases
    assert "not the one announced" not in releases


def test_it_can_be_cited_in_three_forms_and_taken_away_in_two(client):
    surfaces.fill()
    page = read(client, PUBLIC)
    citing = part(page, "citing")

    assert "“Acme opens the Anvil models” (Acme, Inc., Bolt, Inc.; October 2023)" in citing
    assert "@misc{public," in citing
    assert '"type": "webpage"' in citing
    assert (f"{PUBLIC}citation.bib", "Download public.bib") in page.links
    assert (f"{PUBLIC}citation.json", "Download public.json") in page.links


def test_related_announcements_stand_under_the_reason(client):
    surfaces.fill()
    aside = read(client, PUBLIC).words("aside")

    assert "Related Linked by the editors Related" in aside


def test_the_way_on_leads_to_the_previous_and_the_next(client):
    acme = make.company("Acme")
    make.published(slug="first", title="First", company=acme, announced_on="2024-01-01")
    make.published(slug="second", title="Second", announced_on="2024-01-02")
    make.published(slug="third", title="Third", company=acme, announced_on="2024-01-03")
    page = read(client, "/announcements/third/")
    ways = {a.attributes["rel"]: a.text for a in page.all("a") if "rel" in a.attributes}

    assert ways["prev"] == "Second"
    assert "next" not in ways
    assert "Previous of Acme First 1 Jan 2024" in page.holding("class", "previous-next")[0].words


@pytest.mark.parametrize(("promises", "lists"), [(4, 0), (5, 1)])
def test_many_promises_are_told_at_a_glance_first(client, promises, lists):
    announcement = make.published(slug="here")
    rows = [make.promise(announcement, status="delivered") for _ in range(promises)]
    page = read(client, "/announcements/here/")

    assert len(page.holding("class", "at-a-glance")) == lists
    assert page.links.count((f"#promise-{rows[-1].pk}", rows[-1].title)) == lists


def test_an_announcement_with_nothing_but_its_words_and_a_source_says_what_is_not_recorded(client):
    make.published(slug="bare")
    page = read(client, "/announcements/bare/")

    assert "No promise is recorded" in part(page, "promises")
    assert "No release is recorded" in part(page, "releases")
    assert part(page, "concerns").endswith("None recorded.")
    assert not page.holding("class", "previous-next")
    assert "Related" not in page.words("aside")
