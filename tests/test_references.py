"""How an announcement's page is cited, and that no title can break the form."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements.models import Announcement, Update
from announcements.references import Reference, bibtex_text, reference
from tests import make, surfaces

ADDRESS = "https://tracker.example/announcements/anvil/"


def anvil(**facts) -> Reference:
    known = {
        "key": "anvil",
        "title": "Acme opens Anvil",
        "companies": ["Acme, Inc.", "Bolt, Inc."],
        "announced": "October 2023",
        "summary": "Acme says that it will.",
        "version": date(2024, 3, 1),
        "accessed": date(2024, 5, 9),
        "address": ADDRESS,
    }
    return Reference(**known | facts)


def test_in_a_sentence_it_names_the_version_and_the_day_it_was_read():
    assert anvil().plain == (
        "Open-Source AI Tracker (2024). “Acme opens Anvil” (Acme, Inc., Bolt, Inc.; October 2023). "
        f"Version of 1 March 2024. {ADDRESS} (accessed 9 May 2024)."
    )


def test_for_bibtex_it_is_an_entry_of_a_page():
    assert anvil(title="R&D_100% {open").bibtex == (
        "@misc{anvil,\n"
        "  author = {{Open-Source AI Tracker}},\n"
        "  title = {{R\\&D\\_100\\% \\textbraceleft{}open}},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "  note = {Acme, Inc., Bolt, Inc.; October 2023. Version of 1 March 2024},\n"
        f"  url = {{{ADDRESS}}},\n"
        "  urldate = {2024-05-09},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain", "plain"),
        ("100 %", r"100 \%"),
        ("a & b", r"a \& b"),
        ("$5", r"\$5"),
        ("#1", r"\#1"),
        ("snake_case", r"snake\_case"),
        ("{", r"\textbraceleft{}"),
        ("}", r"\textbraceright{}"),
        ("\\end", r"\textbackslash{}end"),
        ("~", r"\textasciitilde{}"),
        ("x^2", r"x\textasciicircum{}2"),
        ("“Zürich” — 通义", "“Zürich” — 通义"),
        (" two\n\n lines\t", "two lines"),
    ],
)
def test_what_tex_would_take_for_a_command_is_escaped(text, escaped):
    assert bibtex_text(text) == escaped


@given(st.text())
def test_whatever_a_title_is_an_entry_stays_whole(title):
    entry = anvil(title=title).bibtex
    unescaped = re.sub(r"\\[#$%&_]", "", entry)

    assert entry.count("{") == entry.count("}")
    assert not re.search(r"[#$%&~^]", unescaped.replace(ADDRESS, ""))
    assert len(entry.split("\n")) == 10


def test_for_programs_it_has_the_names_and_types_of_csl():
    assert anvil().csl == {
        "id": "anvil",
        "type": "webpage",
        "title": "Acme opens Anvil",
        "author": [{"literal": "Open-Source AI Tracker"}],
        "container-title": "Open-Source AI Tracker",
        "publisher": "Open-Source AI Tracker",
        "abstract": "Acme says that it will.",
        "note": "Acme, Inc., Bolt, Inc.; October 2023",
        "issued": {"date-parts": [[2024, 3, 1]]},
        "accessed": {"date-parts": [[2024, 5, 9]]},
        "version": "2024-03-01",
        "URL": ADDRESS,
        "language": "en-US",
    }


@pytest.mark.django_db
def test_the_version_is_the_day_of_the_last_change_also_of_a_promises_story():
    announcement = surfaces.fill()
    Announcement.objects.filter(pk=announcement.pk).update(
        modified_at=datetime(2024, 1, 1, tzinfo=UTC)
    )
    Update.objects.update(recorded_at=datetime(2024, 2, 1, tzinfo=UTC))
    Update.objects.filter(pk=Update.objects.latest("pk").pk).update(
        recorded_at=datetime(2024, 3, 1, tzinfo=UTC)
    )
    announcement = Announcement.objects.get(pk=announcement.pk)

    assert reference(announcement, ADDRESS, date(2024, 5, 9)).version == date(2024, 3, 1)


@pytest.mark.django_db
def test_the_files_are_those_that_programs_for_references_take(client):
    surfaces.fill()
    bib = client.get("/announcements/public/citation.bib")
    csl = client.get("/announcements/public/citation.json")

    assert bib["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert bib["Content-Disposition"] == 'attachment; filename="public.bib"'
    assert bib.text.startswith("@misc{public,")
    assert csl["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert csl["Content-Disposition"] == 'attachment; filename="public.json"'
    assert json.loads(csl.content)[0]["URL"] == "http://testserver/announcements/public/"


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["citation.bib", "citation.json", "preview.png"])
def test_a_draft_has_none_of_them(client, file):
    make.draft(slug="hidden")

    assert client.get(f"/announcements/hidden/{file}").status_code == 404
