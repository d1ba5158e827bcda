"""What is ready waits for its time: seen by nobody before, by everybody after, and only if it is whole."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from announcements.models import Announcement, Citation, Source
from announcements.models.embargo import publish_due
from tests import make
from tests.at_once import at_once
from tests.surfaces import PUBLIC_ADDRESSES, SECRET, body, fill

pytestmark = pytest.mark.django_db


def waiting(minutes: int = 1, **facts) -> Announcement:
    announcement = make.proven(**facts)
    announcement.ready(publish_at=timezone.now() + timedelta(minutes=minutes + 1))
    return announcement


def later(minutes: int = 5):
    return timezone.now() + timedelta(minutes=minutes)


def test_what_is_due_is_published_and_the_rest_waits():
    soon, tomorrow = waiting(1), waiting(24 * 60)
    make.proven().ready()
    assert publish_due().published == []
    assert publish_due(later()).published == [soon]
    tomorrow.refresh_from_db()
    assert tomorrow.state == "ready"
    assert list(Announcement.objects.published()) == [soon]


def test_a_second_run_does_nothing():
    waiting()
    publish_due(later())
    shown = Announcement.objects.get()
    again = publish_due(later())
    assert (again.published, again.lacking) == ([], [])
    assert Announcement.objects.get().published_at == shown.published_at


def come_to_lack(announcement: Announcement) -> None:
    """As if the rules had become stricter: no door lets it happen."""
    models.QuerySet(Citation).filter(announcement=announcement).delete()


def test_one_that_lacks_something_stays_ready_and_keeps_no_other_back():
    lacking, other = waiting(), waiting()
    come_to_lack(lacking)
    due = publish_due(later())
    assert due.published == [other]
    [(named, sentences)] = due.lacking
    lacking.refresh_from_db()
    assert (named, lacking.state, lacking.publish_at is None) == (lacking, "ready", False)
    assert sentences == ["Add a source: no fact without one."]


def test_the_command_names_what_it_did_and_fails_for_what_it_could_not(monkeypatch, capsys):
    lacking, other = waiting(slug="lacking"), waiting(slug="other")
    come_to_lack(lacking)
    now = later()
    monkeypatch.setattr("announcements.models.states.timezone.now", lambda: now)
    with pytest.raises(CommandError, match="1 announcement whose time has come lacks something"):
        call_command("publish_due")
    told = capsys.readouterr()
    assert "published: other" in told.out
    assert "not published: lacking: Add a source" in told.err
    other.refresh_from_db()
    assert other.is_published


def test_nothing_of_it_is_seen_before(client):
    fill()
    hidden = Announcement.objects.get(slug="draft")
    Source.objects.filter(citations__announcement=hidden).update(kind="company-statement")
    hidden.promises.all().delete()
    make.component(hidden.releases.get(), "model_card", checked_on="2024-05-09")
    hidden.ready(publish_at=later(60))
    for address in PUBLIC_ADDRESSES:
        assert SECRET not in body(client.get(address)).decode(errors="replace")
    assert client.get("/announcements/draft/").status_code == 404
    publish_due(later(120))
    assert client.get("/announcements/draft/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_publish_each_one_once():
    rows = [waiting() for _ in range(5)]
    runs = at_once(lambda: publish_due(later()), lambda: publish_due(later()))
    published = [row.pk for run in runs for row in run.published]
    assert sorted(published) == [row.pk for row in rows]
