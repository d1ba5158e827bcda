"""The description of the API: valid, complete, and true of every answer that schemathesis can think of.

``EXAMPLES=500`` in the environment tries more requests for each operation.
"""

import os
import re
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from announcements.api.lists import parameters, shaping
from announcements.api.operations import OPERATIONS
from announcements.api.parameters import PARTIAL_DATE
from announcements.api.questions import FILTERS
from announcements.api.resources import RESOURCES
from tests import surfaces
from tests.documents import read
from tests.test_api import ROOT, get
from tracker.wsgi import application

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("EXAMPLES", "5"))
GUIDE = Path(__file__).parent.parent / "docs" / "api.md"


def described(client):
    return get(client, f"{ROOT}schema/")


def operations(description):
    return {
        row["operationId"]: row for path in description["paths"].values() for row in path.values()
    }


def test_it_is_valid_openapi_without_a_warning(tmp_path):
    file = tmp_path / "schema.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file), stderr=StringIO())

    assert file.read_text().startswith("openapi: 3.1.0\n")


def test_every_operation_says_what_it_is_for_what_it_takes_and_what_it_gives(client):
    surfaces.fill()
    description = described(client)

    assert set(operations(description)) == set(OPERATIONS)
    for operation in operations(description).values():
        assert operation["summary"]
        assert operation["description"]
        assert {"200", "304", "400", "429"} <= set(operation["responses"])
        for row in operation["parameters"]:
            row = _resolved(description, row)
            assert row["description"]
            assert row["schema"]["type"]


def _resolved(description, row):
    if "$ref" in row:
        return description["components"]["parameters"][row["$ref"].rpartition("/")[2]]
    return row


def test_filters_are_described_with_the_values_that_they_have_here(client):
    surfaces.fill()
    known = described(client)["components"]["parameters"]

    assert known["company"]["schema"]["items"]["enum"] == ["acme", "bolt"]
    assert known["country"]["schema"]["items"]["enum"] == ["fr", "us"]
    assert "intent" in known["kind"]["schema"]["items"]["enum"]


def test_every_example_is_the_real_answer(client):
    surfaces.fill()
    for operation in operations(described(client)).values():
        content = operation["responses"]["200"]["content"]["application/json"]
        assert content["examples"]["real"]["value"] == get(client, operation["x-example"])


@contextmanager
def one_connection():
    """What Django's own test client sees to: the end of a request leaves the test's transaction open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_answer_is_as_the_description_says(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    surfaces.fill()
    schema = schemathesis.openapi.from_dict(described(client))
    schema.app = application
    with one_connection():
        for name in OPERATIONS:
            operation = schema.find_operation_by_id(name)
            conforms(operation, GenerationMode.POSITIVE)
            if operation.query or operation.path_parameters:
                conforms(operation, GenerationMode.NEGATIVE)


def is_trimmed(value):
    """Whether a value, or one of several, is sent as an empty text or has blanks at an end."""
    if isinstance(value, list):
        return not value or any(map(is_trimmed, value))
    return value in ("", None) or value == {} or (isinstance(value, str) and value != value.strip())


def conforms(operation, mode):
    """Whatever fits the parameters of an operation, or does not, is answered as it says."""
    # Whether a text is a cursor, a version or the name of a thing, and whether there is such a page: no
    # schema can say it. That the answer is one that is described holds of these too.
    said_by_us = {"cursor", "changed_since", "page", "url"}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        # A form sends its empty fields too: they count as left out, and blanks at an end are taken off,
        # which no schema can say.
        assume(not any(is_trimmed(value) for value in (case.query or {}).values()))
        # The client of schemathesis unpacks nothing.
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"},
            excluded_checks=[positive_data_acceptance]
            if said_by_us & {*(case.query or {})}
            else [],
        )

    check()


@pytest.mark.parametrize("year", [1800, 1900, 1999, 2000, 2023, 2024])
def test_the_pattern_of_dates_takes_the_days_that_there_are(year):
    written = re.compile(PARTIAL_DATE)
    days = {f"{year}-{month:02}-{day:02}" for month in range(14) for day in range(33)}
    real = {f"{first + timedelta(days=n)}" for first in [date(year, 1, 1)] for n in range(366)}

    assert {day for day in days if written.fullmatch(day)} == days & real
    assert written.fullmatch(f"{year}")
    assert written.fullmatch(f"{year}-12")
    assert not written.fullmatch(f"{year}-13")


# Its documentation


def test_the_page_shows_every_operation_with_its_parameters_and_a_real_answer(client):
    surfaces.fill()
    page = read(client, f"{ROOT}docs/")
    description = described(client)
    words = page.words("main")

    for name, operation in operations(description).items():
        assert name.replace("_", "-") in page.ids
        assert operation["summary"] in words
        assert operation["x-example"] in words
        for row in operation["parameters"]:
            assert _resolved(description, row)["description"] in words
    assert "Nothing is recorded yet" not in words


def test_the_page_of_an_empty_tracker_has_no_examples(client):
    assert "Nothing is recorded yet that could be an example" in read(client, f"{ROOT}docs/").words(
        "main"
    )


def test_the_guide_names_every_list_parameter_and_expansion():
    guide = GUIDE.read_text(encoding="utf-8")
    cells = set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", guide))

    for resource in RESOURCES:
        assert f"/api/v1/{resource.name}/" in cells
        assert {*resource.expansions, *shaping(resource)} <= cells
        assert {*parameters(resource)} - {*FILTERS} <= cells
