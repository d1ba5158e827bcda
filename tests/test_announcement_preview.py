"""The preview: the page as readers will see it, for editors alone, of what is not published yet."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from announcements.models import Announcement
from tests import make
from tests.editing import Page, log_in, page_of
from tests.surfaces import fill

pytestmark = pytest.mark.django_db


class Main(HTMLParser):
    """The text of the page's main part, without what stands beside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.is_within = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.is_within = self.is_within or tag == "main"

    def handle_endtag(self, tag):
        self.is_within = self.is_within and tag != "main"

    def handle_data(self, data):
        if self.is_within and data.strip():
            self.words.append(data.strip())


def preview_of(announcement: Announcement) -> str:
    return page_of(announcement, "preview")


def test_readers_will_see_what_editors_saw(client):
    shown = fill()
    page = client.get(shown.get_absolute_url()).content.decode()
    shown.unpublish()
    log_in(client)
    preview = client.get(preview_of(shown)).content.decode()
    assert Main(preview).words == Main(without_cards(page)).words


def without_cards(page: str) -> str:
    """The page without the code of its card and badge: only what is public has them."""
    before, found, rest = page.partition("<summary>Show it on another page</summary>")
    assert found
    return before + rest.partition("</details>")[2]


def test_it_says_that_it_is_not_public_and_is_kept_nowhere(client):
    log_in(client)
    ready = make.proven()
    ready.ready(publish_at=timezone.now() + timedelta(days=1))
    response = client.get(preview_of(ready))
    assert "Preview: not public." in response.content.decode()
    assert "to be published at" in response.content.decode()
    assert '<meta name="robots" content="noindex' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_strangers_are_asked_to_log_in(client):
    response = client.get(preview_of(make.draft()))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_an_account_without_the_right_sees_nothing(client):
    client.force_login(User.objects.create_user("somebody", is_staff=True))
    assert client.get(preview_of(make.draft())).status_code == 403


def test_a_draft_that_lacks_much_can_be_looked_at(client):
    log_in(client)
    draft = make.draft(basis="", summary="", sources=[])
    draft.promises.create(title="Without a step")
    make.concern(draft, source=None, raised_by="", type=None)
    make.release(draft)
    assert client.get(preview_of(draft)).status_code == 200


@pytest.mark.parametrize("lacking", [{"company": None}, {"announced_on": None}, {"kind": ""}])
def test_a_stub_without_a_page_leads_back_and_says_why(client, lacking):
    log_in(client)
    stub = make.draft(**lacking)
    response = client.get(preview_of(stub), follow=True)
    assert response.redirect_chain == [(page_of(stub), 302)]
    assert "There is no page to preview yet" in response.content.decode()


def test_what_is_published_or_gone_has_no_preview(client):
    log_in(client)
    assert client.get(preview_of(make.published())).status_code == 404
    assert client.get("/admin/announcements/announcement/99/preview/").status_code == 404


def test_the_form_leads_to_it(client):
    log_in(client)
    draft, shown = make.draft(), make.published()
    assert f'href="{preview_of(draft)}"' in Page(client, page_of(draft)).html
    assert preview_of(shown) not in Page(client, page_of(shown)).html
