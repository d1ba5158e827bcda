"""Logging in is guarded against guessing, and the guard tells nobody which names exist."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tests.test_strangers import status
from tracker.forwarded import ForwardedForMiddleware
from tracker.logins import address_of

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
RIGHT, WRONG = "long-and-strange", "short"


@pytest.fixture(autouse=True)
def ann() -> User:
    return User.objects.create_user("ann", password=RIGHT, is_staff=True)


def guess(client, password=WRONG, name="ann", address="192.0.2.1", **headers):
    sent = {"username": name, "password": password}
    return client.post(LOGIN, sent, REMOTE_ADDR=address, **headers)


def fail(client, times=5, **how):
    return [guess(client, **how).status_code for _ in range(times)]


def test_the_sixth_guess_is_refused_even_if_it_is_right(client):
    assert fail(client) == [200, 200, 200, 200, 429]
    assert guess(client, RIGHT).status_code == 429
    assert "_auth_user_id" not in client.session


def test_before_that_the_right_password_opens_and_the_count_begins_anew(client):
    fail(client, times=4)
    assert guess(client, RIGHT).status_code == 302
    client.logout()
    assert fail(client, times=4) == [200] * 4


def test_another_address_is_not_locked_out(client):
    fail(client)
    assert guess(client, RIGHT, address="192.0.2.2").status_code == 302


def test_another_name_at_the_same_address_is_not_locked_out(client):
    User.objects.create_user("bob", password=RIGHT, is_staff=True)
    fail(client)
    assert guess(client, RIGHT, name="bob").status_code == 302


@pytest.mark.parametrize("spelling", ["ann", " ann", "ann ", "\uff41nn"])
def test_a_name_counts_as_one_however_it_is_spelled(client, spelling):
    fail(client, name=spelling)
    assert guess(client, RIGHT).status_code == 429


def test_a_guesser_who_says_to_be_another_browser_gains_nothing(client):
    for number in range(5):
        guess(client, HTTP_USER_AGENT=f"browser {number}")
    assert guess(client, RIGHT).status_code == 429


@pytest.mark.parametrize(("minutes", "status"), [(14, 429), (16, 302)])
def test_after_the_wait_it_opens(client, minutes, status):
    fail(client)
    ago = timezone.now() - timedelta(minutes=minutes)
    AccessAttempt.objects.update(attempt_time=ago)
    assert guess(client, RIGHT).status_code == status


def test_guessing_on_does_not_make_the_wait_longer(client):
    fail(client)
    before = AccessAttempt.objects.get().attempt_time
    fail(client, times=3)
    assert AccessAttempt.objects.get().attempt_time == before


def test_names_that_do_not_exist_are_answered_in_the_same_way(client):
    known = [guess(client, name="ann") for _ in range(6)]
    unknown = [guess(client, name="eve") for _ in range(6)]
    assert [one.status_code for one in known] == [one.status_code for one in unknown]
    assert known[-1].content == unknown[-1].content
    words = [one.context["form"].non_field_errors() for one in (known[0], unknown[0])]
    assert words[0] == words[1]


@pytest.mark.parametrize("headers", [{}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}])
def test_the_page_says_how_long_to_wait(client, headers):
    fail(client)
    response = guess(client, **headers)
    assert "for 15 minutes" in response.content.decode()
    assert response["Retry-After"] == "900"
    assert "Content-Security-Policy" in response
    assert "Access-Control-Allow-Origin" not in response


def test_a_command_ends_the_wait(client, capsys):
    fail(client)
    call_command("axes_reset_username", "ann")
    assert guess(client, RIGHT).status_code == 302


def test_no_password_is_kept(client):
    guess(client, "my secret")
    kept = AccessAttempt.objects.values().get()
    assert "my secret" not in str(kept)


def test_without_a_request_nobody_guesses(client):
    assert client.login(username="ann", password=RIGHT)
    assert not client.login(username="ann", password="wrong")


@pytest.mark.parametrize("question", ["next=%00", "next=%ff", "a=" + "b" * 5000])
def test_nothing_that_a_guesser_sends_is_an_error(question):
    body = b"username=ann&password=wrong"
    type = "application/x-www-form-urlencoded"
    headers = {"HTTP_USER_AGENT": "\xff" * 500, "HTTP_ACCEPT": "\xff" * 2000, "REMOTE_ADDR": ""}
    # Refused for want of the form's token: the guard lies behind it.
    assert status(LOGIN, question, "POST", body, headers, type) == 403


@pytest.mark.parametrize("question", ["?next=%00", "?next=%ff", "?a=" + "b" * 5000])
def test_nothing_around_a_guess_is_an_error(client, question):
    headers = {"HTTP_USER_AGENT": "\xff" * 500, "HTTP_ACCEPT": "\xff" * 2000, "REMOTE_ADDR": ""}
    sent = {"username": "ann", "password": "\x01"}
    answers = [client.post(LOGIN + question, sent, **headers).status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


# The address


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("", "10.0.0.1"),
        ("203.0.113.5", "203.0.113.5"),
        ("198.51.100.9, 203.0.113.5", "203.0.113.5"),
        ("198.51.100.9,unknown", "10.0.0.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("\xff", "10.0.0.1"),
    ],
)
def test_behind_a_proxy_the_address_is_the_last_that_was_forwarded(forwarded, address):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    ForwardedForMiddleware(lambda _: HttpResponse())(request)
    assert address_of(request) == address


def test_without_a_proxy_nobody_says_where_they_come_from(client):
    for number in range(5):
        guess(client, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert guess(client, RIGHT, HTTP_X_FORWARDED_FOR="198.51.100.77").status_code == 429


@pytest.mark.parametrize(("given", "address"), [("", None), ("/run/x", None), ("::1", "::1")])
def test_an_address_that_is_none_is_none(given, address):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=given)) == address
