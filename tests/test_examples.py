"""The page of examples; that they run is tested in ``tests/examples/``."""

import re

import pytest

from announcements.examples import EXAMPLES, SITE
from tests.documents import read

pytestmark = pytest.mark.django_db


def test_the_page_shows_every_example_with_the_address_of_this_site(client):
    page = read(client, "/data/examples/")
    shown = [code.text for code in page.all("code")]

    assert shown == [example.at("http://testserver/") for example in EXAMPLES]
    assert not [code for code in shown if SITE in code]
    assert {example.slug for example in EXAMPLES} <= set(page.ids)


def test_every_example_begins_at_the_address_of_this_site():
    for example in EXAMPLES:
        assert re.findall(r"https?://", example.code) == [], example.slug
        assert SITE in example.code


def test_the_page_of_the_data_leads_to_the_examples(client):
    assert "/data/examples/" in dict(read(client, "/data/").links)
