"""A license's page: questions with answers, what the lists of licenses say, what came and was promised under it."""

import pytest

from announcements.imports.vocabulary_rows import load_vocabularies
from tests import make
from tests.documents import read

pytestmark = pytest.mark.django_db


def words(client, slug: str) -> str:
    return read(client, f"/licenses/{slug}/").words("main")


def test_a_lawyer_finds_questions_with_answers(client):
    load_vocabularies()
    page = read(client, "/licenses/llama-3.1-community/")

    assert "700 million monthly active users" in page.rows("Is there a ceiling")[0]
    assert page.rows("Does it grant a patent license? Not recorded")
    assert "no legal advice" in page.words("main")


def test_what_the_spdx_list_says_stands_beside_the_license(client):
    make.license("gpl-3.0", name="GPL", spdx_id="GPL-3.0")
    page = read(client, "/licenses/gpl-3.0/")

    assert ("https://spdx.org/licenses/GPL-3.0.html", "GPL-3.0") in page.links
    assert "GNU General Public License v3.0 only" in page.words("main")
    assert "no longer recommended" in page.words("main")
    assert "listed as free" in page.words("main")


def test_a_license_that_is_not_on_the_spdx_list_says_so(client):
    make.license("own", name="Own License")

    assert "not on the SPDX list" in words(client, "own")


def test_promises_that_name_a_license_stand_on_its_page_and_drafts_do_not(client):
    shown = make.promise(title="Anvil weights", license="mit")
    make.promise(make.draft(), title="Secret weights", license="mit")
    page = read(client, "/licenses/mit/")

    assert (
        f"{shown.announcement.get_absolute_url()}#promise-{shown.pk}",
        "Anvil weights",
    ) in page.links
    assert "Secret weights" not in page.words("main")
    assert "No recorded release came under it" in page.words("main")


def test_answers_of_new_licenses_come_with_the_vocabulary_and_editors_words_stay(client):
    make.license("mit", patent_grant="granted")
    load_vocabularies()

    assert "Does it grant a patent license? Yes" in words(client, "mit")
    assert "Does it grant a patent license? Yes" in words(client, "apache-2.0")
    assert "Does it grant a patent license? Not mentioned" in words(client, "bsd-2-clause")
