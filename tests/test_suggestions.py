"""Readers tell what is wrong or missing: nothing typed is lost, and programs are kept out."""

import time
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcements.forms import suggestions as guard
from announcements.models import Announcement, Suggestion
from tests import make
from tests.documents import read
from tests.editing import FormParser

pytestmark = pytest.mark.django_db

NEW = "/suggest/"
TYPED = {
    "title": "Acme opens the Anvil models",
    "company": "Acme",
    "source": "https://example.org/anvil",
    "text": "In May, under the Apache license.",
    "contact": "ann@example.org",
}
WRONG = {"about": "date", "text": "It was in May 2024.", "source": "", "contact": ""}


def opened(seconds_ago=60) -> str:
    return signing.dumps(int(time.time()) - seconds_ago, salt=guard.SALT)


def send(client, address=NEW, **typed):
    return client.post(address, {**TYPED, "topic": "", "opened": opened(), **typed})


def correct(client, announcement, **typed):
    return send(client, f"{announcement.get_absolute_url()}suggest/", **WRONG | typed)


def kept(response) -> dict[str, str]:
    """What the form shows of what was typed."""
    values = FormParser(response.content.decode()).values
    return {name: values[name][-1] for name in values if name in {*TYPED, *WRONG}}


def sentences(response) -> str:
    return " ".join(response.context["form"].non_field_errors())


# What a reader does


def test_a_new_announcement_is_suggested_and_the_reader_thanked(client):
    response = send(client)
    assert response["Location"] == "/suggest/thanks/"
    assert "with the editors" in client.get(response["Location"]).content.decode()
    suggestion = Suggestion.objects.get()
    assert {name: getattr(suggestion, name) for name in TYPED} == TYPED
    assert (suggestion.about, suggestion.state) == ("new", "open")


def test_a_correction_names_its_announcement_and_leads_back_to_it(client):
    announcement = make.published(title="Acme opens a thing")
    response = correct(client, announcement)
    suggestion = announcement.suggestions.get()
    assert (suggestion.about, suggestion.text) == ("date", "It was in May 2024.")
    thanks = client.get(response["Location"]).content.decode()
    assert f'href="{announcement.get_absolute_url()}">Back to' in thanks


def test_a_step_is_suggested_with_its_promise_and_its_source(client):
    announcement = make.published()
    promise = make.promise(announcement)
    refused = correct(client, announcement, about="delivered")
    assert set(refused.context["form"].errors) == {"source", "promise"}
    source = "https://example.org/weights"
    correct(client, announcement, about="delivered", promise=promise.pk, source=source)
    assert announcement.suggestions.get().promise == promise


def test_a_promise_of_another_announcement_is_no_choice(client):
    announcement = make.published()
    make.promise(announcement)
    other = make.promise()
    response = correct(client, announcement, about="promise", promise=other.pk)
    assert "promise" in response.context["form"].errors


@pytest.mark.parametrize("about", ["delivered", "promise", "new", "nonsense", ""])
def test_what_an_announcement_without_promises_cannot_be_corrected_in(client, about):
    response = correct(client, make.published(), about=about)
    assert "about" in response.context["form"].errors


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"source": ""}, "source"),
        ({"source": "javascript:alert(1)"}, "source"),
        ({"source": "no address"}, "source"),
        ({"text": "x" * 2001}, "text"),
        ({"contact": "x" * 255}, "contact"),
        ({"company": "a\0b"}, "company"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_stays(client, wrong, where):
    response = send(client, **wrong)
    assert set(response.context["form"].errors) == {where}
    assert "This field" not in str(response.context["form"].errors)
    assert kept(response) == TYPED | wrong
    assert not Suggestion.objects.exists()


def test_the_same_sent_again_is_kept_once(client):
    announcement = make.published()
    for text in ("It was in May 2024.", "  it was in May 2024. "):
        assert correct(client, announcement, text=text).status_code == 302
    assert Suggestion.objects.count() == 1
    correct(client, make.published())
    assert Suggestion.objects.count() == 2


def test_a_suggestion_is_told_to_no_reader(client):
    announcement = make.published()
    correct(client, announcement, text="Xylophagous", contact="xylophagous@example.org")
    for address in (announcement.get_absolute_url(), "/", "/announcements/?q=xylophagous"):
        page = client.get(address).content.decode().replace('value="xylophagous"', "")
        assert "Xylophagous" not in page
        assert "xylophagous@" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_takes_no_suggestion(client, method):
    draft = make.draft()
    response = getattr(client, method)(f"/announcements/{draft.slug}/suggest/", WRONG)
    assert response.status_code == 404
    assert not Suggestion.objects.exists()


def test_the_thanks_name_no_draft(client):
    draft = make.draft(title="Secret")
    for slug in (draft.slug, "nothing", "a\0b", "x" * 5000):
        page = client.get("/suggest/thanks/", {"announcement": slug})
        assert page.status_code == 200
        assert "Secret" not in page.content.decode()


def test_every_announcement_and_every_page_lead_to_their_form(client):
    announcement = make.published()
    links = dict(read(client, announcement.get_absolute_url()).links)
    assert f"{announcement.get_absolute_url()}suggest/" in links
    assert NEW in links


# What a program does


def test_a_field_that_nobody_sees_is_left_empty_by_people(client):
    response = send(client, topic="Buy now")
    assert guard.FILLED_IN in sentences(response)
    assert kept(response) == TYPED
    form = FormParser(response.content.decode())
    assert form.values["topic"] == [""]
    html = response.content.decode()
    assert 'aria-hidden="true"' in html
    assert 'tabindex="-1" autocomplete="off"' in html
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("ago", "words"),
    [(0, guard.TOO_FAST), (-900, guard.TOO_FAST), (2 * 24 * 60 * 60, guard.TOO_OLD)],
)
def test_who_sends_too_fast_or_from_an_old_page_is_asked_again(client, ago, words):
    response = send(client, opened=opened(ago))
    assert words in sentences(response)
    assert kept(response) == TYPED
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    "made_up",
    ["", "made up", signing.dumps(1, salt="another form"), "a:" * 900],
    ids=["empty", "nonsense", "of another form", "long"],
)
def test_nobody_makes_up_when_the_page_was_opened(client, made_up):
    response = send(client, opened=made_up)
    assert guard.TOO_OLD in sentences(response)
    assert not Suggestion.objects.exists()


def test_who_is_asked_again_sends_the_same_and_is_heard(client, monkeypatch):
    page = FormParser(send(client, opened="").content.decode())
    later = time.time() + 5
    monkeypatch.setattr("announcements.forms.suggestions.time.time", lambda: later)
    again = {name: values[-1] for name, values in page.values.items() if name != "q"}
    assert client.post(NEW, again).status_code == 302


def test_a_mistake_does_not_begin_the_time_anew(client):
    before = opened()
    response = send(client, title="", opened=before)
    assert FormParser(response.content.decode()).values["opened"] == [before]


def test_the_sixth_within_an_hour_waits_with_all_that_was_typed(client):
    for number in range(5):
        assert send(client, title=f"Title {number}").status_code == 302
    response = send(client)
    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3600
    assert "send it again in 60 minutes" in response.content.decode()
    assert kept(response) == TYPED
    assert Suggestion.objects.count() == 5


def test_mistakes_are_not_counted(client):
    for _ in range(9):
        send(client, title="")
    assert send(client).status_code == 302


def test_an_hour_later_it_goes_on(client, monkeypatch):
    for number in range(6):
        send(client, title=f"Title {number}")
    later = time.time() + 3601
    monkeypatch.setattr("time.time", lambda: later)
    assert send(client).status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("192.0.2.1", "192.0.2.2", 302),
        ("192.0.2.1", "::ffff:192.0.2.1", 429),
        ("2001:db8:0:1::1", "2001:db8:0:1::2", 429),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", 302),
        ("", "/run/socket", 429),
    ],
)
def test_who_counts_as_one(client, first, second, status):
    for number in range(5):
        client.post(NEW, {**TYPED, "title": number, "opened": opened()}, REMOTE_ADDR=first)
    last = client.post(NEW, {**TYPED, "opened": opened()}, REMOTE_ADDR=second)
    assert last.status_code == status


def test_no_address_is_kept(client):
    client.post(NEW, {**TYPED, "opened": opened()}, REMOTE_ADDR="192.0.2.77")
    assert "192.0.2.77" not in str(Suggestion.objects.values().get())
    assert "192.0.2.77" not in str(getattr(cache, "_cache", {}))


def test_without_a_cache_everybody_is_heard(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert send(client).status_code == 302


def test_the_token_of_the_form_is_asked_for():
    strict = Client(enforce_csrf_checks=True)
    assert send(strict).status_code == 403


@pytest.mark.parametrize("address", [NEW, "/announcements/public/suggest/"])
def test_a_page_with_a_form_is_kept_by_no_cache(client, address):
    make.published(slug="public")
    for response in (client.get(address), client.post(address)):
        assert "no-store" in response["Cache-Control"]


FORM = "application/x-www-form-urlencoded"
TEXTS = st.one_of(
    st.text(max_size=50),
    st.sampled_from(["\0", "\u202e", "x" * 5000, "9" * 500, "https://[", "//", "-1", "=1+1"]),
)


def test_nothing_that_is_sent_answers_500(client):
    announcement = make.published(slug="public")
    make.promise(announcement)
    names = [*TYPED, *WRONG, "promise", "topic", "opened", "x"]

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(sent=st.dictionaries(st.sampled_from(names), TEXTS), is_timely=st.booleans())
    def ask(sent, is_timely):
        cache.clear()
        more = {"opened": opened()} if is_timely else {}
        for address in (NEW, "/announcements/public/suggest/"):
            body = urlencode(sent | more, errors="replace")
            assert client.post(address, body, content_type=FORM).status_code in (200, 302)

    ask()


# What is forgotten


def test_contacts_are_forgotten_and_the_rest_is_kept(client, capsys):
    old, young = make.suggestion(contact="a@b"), make.suggestion(contact="c@d")
    long_ago = timezone.now() - timezone.timedelta(days=91)
    Suggestion.objects.filter(pk=old.pk).update(created_at=long_ago)
    call_command("forget_contacts")
    assert capsys.readouterr().out == "Deleted 1 contact.\n"
    assert [Suggestion.objects.get(pk=row.pk).contact for row in (old, young)] == ["", "c@d"]
    call_command("forget_contacts", "--days", "0")
    assert not Suggestion.objects.exclude(contact="").exists()


def test_a_suggestion_goes_with_its_announcement():
    announcement = make.suggestion().announcement
    Announcement.objects.get(pk=announcement.pk).delete()
    assert not Suggestion.objects.exists()
