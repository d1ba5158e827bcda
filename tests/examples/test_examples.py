"""Every example of ``/data/examples/``, run as it stands there against a site that answers.

They need curl and R; `make test-examples` names the folder.
"""

import csv
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import pytest

from announcements.examples import EXAMPLES, Example
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

INTERPRETERS = {
    "shell": ["sh", "-eu", "-c"],
    "python": [sys.executable, "-W", "error::DeprecationWarning", "-c"],
    "r": ["Rscript", "--vanilla", "-e"],
}
SAID = {
    "curl": ["id", "first"],
    "curl-again": ["200", "2 announcements.ndjson"],
    "python": ["second Acme promises the second model"],
    "pandas": ["kind intent program", "2024 0 1"],
    "duckdb": ["announced", "delivered"],
    "r": ["intent program", "2024 0 1"],
}
"""Words of what each prints about the two announcements of ``site``."""
SHOWN = {"id", "title", "companies", "announced_on", "kind"}


def named(examples: list[Example]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("example", examples, ids=[row.slug for row in examples])


PROGRAMS = [example for example in EXAMPLES if example.runs != "formula"]
FORMULAS = [example for example in EXAMPLES if example.runs == "formula"]


@pytest.fixture
def site(live_server) -> str:
    """The address of a site with an announcement that was kept and one that is overdue."""
    acme = make.company("Acme")
    first = make.published(
        slug="first", title="Acme opens, first", company=acme, announced_on="2024-05-08"
    )
    make.promise(first, status="delivered")
    second = make.published(
        slug="second",
        title="Acme promises the second model",
        company=acme,
        kind="intent",
        announced_on="2025-01",
    )
    make.promise(second, due_from="2025-02-01", due_to="2025-03-31")
    make.draft(title="Xylophagous", company=acme)
    return f"{live_server.url}/"


def run(example: Example, site: str, folder: Path) -> str:
    """What an example prints; fails with what it complains of."""
    done = subprocess.run(
        [*INTERPRETERS[example.runs], example.at(site)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_example_that_runs_has_its_words_here():
    assert set(SAID) == {example.slug for example in PROGRAMS}


@named(PROGRAMS)
def test_an_example_runs_as_it_stands_on_the_page(example, site, tmp_path):
    said = " ".join(run(example, site, tmp_path).split())

    assert [words for words in SAID[example.slug] if words not in said] == [], said
    assert "Xylophagous" not in said


def test_nothing_is_sent_again_while_nothing_changed(site, tmp_path):
    again = next(example for example in EXAMPLES if example.slug == "curl-again")
    first, second = run(again, site, tmp_path), run(again, site, tmp_path)

    assert (first.split()[0], second.split()[0]) == ("200", "304")
    assert first.split()[1:] == second.split()[1:]


@named(FORMULAS)
def test_the_address_in_a_formula_answers_a_table_with_its_names_on_top(example, site):
    address = re.findall(r'http[^"\s]+', example.at(site))[0]
    with urlopen(address) as answer:  # noqa: S310
        rows = list(csv.DictReader(StringIO(answer.read().decode("utf-8-sig"))))

    assert set(rows[0]) >= SHOWN
    assert {row["id"] for row in rows} == {"first", "second"}
    assert {row["announced_on"] for row in rows} == {"2024-05-08", "2025-01"}
