import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
User = get_user_model()


def ensure():
    told = StringIO()
    call_command("ensure_local_superuser", stdout=told)
    return told.getvalue()


def test_the_first_run_makes_an_account_and_shows_its_password():
    told = ensure()

    name, password = re.findall(r"(?:user|password) (\S+)", told)
    user = authenticate(username=name, password=password)
    assert user is not None
    assert user.is_superuser


def test_a_second_run_says_and_changes_nothing():
    ensure()
    before = User.objects.values().get()

    assert ensure() == ""
    assert User.objects.values().get() == before


def test_a_name_that_is_taken_is_left_to_its_owner():
    User.objects.create_user("editor", password="theirs")

    ensure()

    assert not User.objects.get(username="editor").is_superuser
    assert User.objects.filter(is_superuser=True).count() == 1


def test_production_is_refused(settings):
    settings.ENVIRONMENT = "production"

    with pytest.raises(CommandError, match="createsuperuser"):
        ensure()
    assert not User.objects.exists()
