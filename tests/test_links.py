"""With the starter records in: every link leads somewhere, and every number to exactly what it counts."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import resolve

from announcements.filters import Selection
from tests.documents import Document

pytestmark = pytest.mark.django_db


def crawl(client: Client, start: str = "/") -> dict[str, Document]:
    """Every page of the site that links lead to, by address; lists of a selection are left out.

    Of what is no page, such as feeds and badges, the first of each kind is opened.
    """
    pages: dict[str, Document] = {}
    no_pages: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop()
        kind = resolve(address).view_name
        if address in pages or kind in no_pages:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        if not answer["Content-Type"].startswith("text/html"):
            no_pages.add(kind)
            continue
        pages[address] = Document(answer.content.decode())
        targets = (urldefrag(href).url for href, _ in pages[address].links)
        waiting += [target for target in targets if target.startswith("/") and "?" not in target]
    return pages


def test_every_link_leads_somewhere_and_every_number_to_what_it_counts(client):
    call_command("seed", verbosity=0)
    # Nothing counts the rows of a transaction that is never committed, and plans go astray without.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = crawl(client)
    links = {(page, *link) for page, document in pages.items() for link in document.links}
    selections = {
        (urlsplit(href).query, text)
        for _, href, text in links
        if re.match(r"(/announcements/)?\?.", href)
    }

    assert len(pages) > 300
    assert broken_anchors(pages) == []
    assert [
        query for query in {q for q, _ in selections} if Selection(QueryDict(query)).errors
    ] == []
    assert miscounted(selections) == []


def broken_anchors(pages: dict[str, Document]) -> list[str]:
    """Links to a place in a page of this site that is not there."""
    return [
        f"{address}: {href}"
        for address, page in pages.items()
        for href, _ in page.links
        for target, anchor in [urldefrag(href)]
        if anchor and (not target or target in pages)
        if anchor not in pages[target or address].ids
    ]


def miscounted(selections: set[tuple[str, str]]) -> list[str]:
    """Links whose text is a number, and whose list has another."""
    totals = {
        query: Selection(QueryDict(query)).total for query, text in selections if text.isdigit()
    }
    return [
        f"{query}: {text}, not {totals[query]}"
        for query, text in sorted(selections)
        if text.isdigit() and int(text) != totals[query]
    ]
