from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client

from tracker import errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: errors.bad_request(request, SuspiciousOperation()), 400),
        (lambda request: errors.permission_denied(request, PermissionDenied()), 403),
        (lambda request: errors.csrf_failure(request), 403),
        (lambda request: errors.not_found(request, Exception()), 404),
    ],
)
def test_an_error_page_has_its_status_and_the_look_of_the_site(rf, view, status):
    response = view(rf.get("/"))

    assert response.status_code == status
    assert "site-header" in response.text


def test_a_server_error_page_needs_neither_database_nor_request_nor_address():
    # No `db` fixture: any query here would fail the test.
    with mock.patch("django.urls.reverse", side_effect=AssertionError):
        response = errors.server_error(HttpRequest())

    assert response.status_code == 500
    assert "site-header" in response.text


@pytest.mark.django_db
def test_an_address_with_nothing_behind_it_shows_the_page_for_that():
    response = Client().get("/nothing/here/")

    assert response.status_code == 404
    assert "404.html" in [template.name for template in response.templates]


@pytest.mark.django_db
def test_a_form_without_its_token_shows_the_page_for_that():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})

    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]
