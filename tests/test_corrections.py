"""What readers saw change: in words, with reasons, without editors' names, and nothing of a draft."""

import pytest

from announcements.history import because
from announcements.models import Announcement, Concern
from tests import make
from tests.editing import Page, log_in, page_of

pytestmark = pytest.mark.django_db


def page(client, shown) -> str:
    return client.get(f"{shown.get_absolute_url()}corrections/").content.decode()


def told(client, shown) -> list:
    return client.get(f"{shown.get_absolute_url()}corrections/").context["corrections"]


def test_a_change_is_told_with_its_reason_and_without_who_made_it(client):
    shown = make.published()
    log_in(client, "Wilhelmina")
    form = Page(client, page_of(shown))
    form.fill(announced_on="2023-10", change_reason="The filing has the month.").send()
    client.logout()
    html = page(client, shown)
    assert "The filing has the month." in html
    assert "October 2023" in html
    assert "Wilhelmina" not in html


def test_only_what_readers_see_has_a_reason_to_give(client):
    log_in(client)
    assert "change_reason" not in Page(client, page_of(make.draft())).values
    assert "change_reason" in Page(client, page_of(make.published())).values


def test_what_it_was_as_a_draft_is_not_told(client):
    draft = make.draft(summary="A rumor, to be checked.")
    draft.summary = "What happened."
    draft.publish(evidence_later=True)
    assert "Nothing that readers see has changed since." in page(client, draft)
    assert "A rumor" not in page(client, draft)


def test_of_a_time_as_a_draft_again_only_the_outcome_is_told(client):
    shown = make.published(summary="First.")
    shown.unpublish()
    for words in ("A rumor.", "Second."):
        shown.summary = words
        shown.save()
    shown.publish(evidence_later=True)
    [correction] = told(client, shown)
    [field] = correction.rows[0].fields
    assert (field.before, field.after) == ("First.", "Second.")
    assert "A rumor" not in page(client, shown)


def test_parts_that_came_and_went_are_named(client):
    shown = make.published()
    concern = make.concern(shown, title="In anyone's hands")
    concern.delete()
    rows = [row for correction in told(client, shown) for row in correction.rows]
    assert [(row.noun, row.what) for row in rows] == [("concern", "removed"), ("concern", "added")]
    assert "Concern “In anyone&#x27;s hands” removed." in page(client, shown)


def test_what_only_editors_see_is_not_told(client):
    shown = make.published()
    make.concern(shown)
    before = len(told(client, shown))
    Concern.objects.update(note="To be looked at.", position=3)
    assert len(told(client, shown)) == before


def test_no_draft_is_named(client):
    shown, hidden = make.published(), make.draft(title="Xylophagous")
    hidden.related.add(shown)
    promise = make.promise(shown)
    promise.renews = make.promise(hidden, title="Xylophagous")
    promise.save()
    hidden.delete()
    assert "Xylophagous" not in page(client, shown)


def test_a_draft_has_no_such_page(client):
    draft = make.draft()
    assert client.get(f"{draft.get_absolute_url()}corrections/").status_code == 404


def test_only_so_many_are_shown(client, monkeypatch):
    monkeypatch.setattr("announcements.views.corrections.MOST", 2)
    shown = make.published()
    for number in range(3):
        with because(f"Reason {number}."):
            Announcement.objects.update(title=f"Title {number}")
    assert "the last 2 of 3 changes are shown" in page(client, shown)


def test_the_announcement_leads_there(client):
    shown = make.published()
    html = client.get(shown.get_absolute_url()).content.decode()
    assert f'href="{shown.get_absolute_url()}corrections/"' in html
