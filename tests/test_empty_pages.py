"""What pages say when there is nothing to show."""

import pytest

from tests.documents import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "No announcement is published yet"),
        ("/announcements/", "No announcement is published yet"),
        ("/calendar/", "Nothing is promised for a day to come."),
        ("/companies/", "No company is recorded yet"),
        ("/companies/?q=acme", "No company of this name is recorded"),
        ("/companies/compare/", "There is nothing to compare yet"),
        ("/initiatives/", "No initiative is recorded yet"),
        ("/concerns/", "No concern is recorded yet"),
        ("/licenses/", "No license of this class is recorded yet"),
        ("/about/", "No type is recorded"),
        ("/data/", "Addresses of lists"),
        ("/announcements/?kind=intent", "No announcement meets this"),
    ],
)
def test_an_empty_page_says_so_in_words(client, address, words):
    assert words in read(client, address).words("main")
