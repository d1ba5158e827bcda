"""With the starter records in: every link leads somewhere, and every number to exactly what it counts."""

import re
from urllib.parse import urldefrag, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client

from announcements.filters import Selection
from tests.documents import Document, read

pytestmark = pytest.mark.django_db


def crawl(client: Client, start: str = "/") -> dict[str, Document]:
    """Every page of the site that links lead to, by address; lists of a selection are left out."""
    pages: dict[str, Document] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address not in pages:
            pages[address] = read(client, address)
            targets = (urldefrag(href).url for href, _ in pages[address].links)
            waiting += [
                target for target in targets if target.startswith("/") and "?" not in target
            ]
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
