"""In random worlds, drafts among them: pages, keys and queries list the same, and numbers what they count.

``EXAMPLES=1000`` in the environment tries more of them.
"""

import os
import re
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcements.filters import ORDERS, Selection
from announcements.models import Announcement
from tests.documents import Document, read
from tests.test_facets import COMPANIES, LICENSES, TODAY, TYPES, announcements, build, questions
from tests.test_links import miscounted

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
SIZE = 2

worlds = st.lists(announcements, max_size=7)
hidden = st.sets(st.integers(0, 6), max_size=3)
NUMBERS = [
    "/",
    "/calendar/",
    "/companies/",
    "/companies/compare/?company=acme&company=bolt&company=core",
    *[f"/companies/{slug}/" for slug in COMPANIES],
    "/concerns/",
    *[f"/concerns/{slug}/" for slug in TYPES],
    "/initiatives/",
    "/initiatives/alpha/",
    "/licenses/",
    *[f"/licenses/{slug}/" for slug in LICENSES],
]


def build_with_drafts(world, hidden) -> None:
    build(world)
    for number, announcement in enumerate(Announcement.objects.order_by("pk")):
        if number in hidden:
            announcement.unpublish()


@pytest.fixture(autouse=True)
def _small_pages_of_one_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    monkeypatch.setattr("announcements.views.announcements.PER_PAGE", SIZE)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(world=worlds, hidden=hidden, question=questions, order=st.sampled_from(list(ORDERS)))
def test_pages_list_what_the_query_lists_in_every_order(world, hidden, question, order):
    with transaction.atomic():
        build_with_drafts(world, hidden)
        asked = urlencode({**question, "order": order}, doseq=True)
        selection = Selection(QueryDict(asked))
        keys = [
            key
            for start in range(0, selection.total, SIZE)
            for key in selection.keys[start : start + SIZE]
        ]
        wanted = list(selection.queryset.values_list("pk", flat=True))
        if order == "relevance":
            # What matches better is a matter of the sets alone.
            assert sorted(keys) == sorted(wanted)
        else:
            assert keys == wanted
        if selection.is_valid:
            assert_pages_show(asked, keys)
        transaction.set_rollback(True)


def assert_pages_show(asked: str, keys: list[int]) -> None:
    """The pages themselves: every entry once and in order, their total, none behind the last."""
    slugs = dict(Announcement.objects.values_list("pk", "slug"))
    shown, pages = [], max(1, -(-len(keys) // SIZE))
    for number in range(1, pages + 1):
        page = read(Client(), f"/announcements/?{asked}&page={number}")
        assert page.all("main")[0].attributes["data-total"] == str(len(keys))
        shown += page.slugs
    assert shown == [slugs[key] for key in keys]
    read(Client(), f"/announcements/?{asked}&page={pages + 1}", status=400)


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(world=worlds, hidden=hidden, question=questions, page=st.sampled_from(NUMBERS))
def test_a_number_on_a_page_is_what_its_link_lists(world, hidden, question, page):
    with transaction.atomic():
        build_with_drafts(world, hidden)
        for address in [page, f"/calendar/?{urlencode(question, doseq=True)}"]:
            if (response := Client().get(address)).status_code == 200:
                assert miscounted(counted(response.text)) == [], address
        transaction.set_rollback(True)


def counted(html: str) -> set[tuple[str, str]]:
    """The query strings of the lists that a page links to, each with the number or words that lead there."""
    return {
        (urlsplit(href).query, text)
        for href, text in Document(html).links
        if re.match(r"/announcements/\?.", href)
    }
