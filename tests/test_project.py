"""What the files around the code say is true."""

import re
import shutil
import subprocess
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

RUNTIME = PYPROJECT["project"]["dependencies"]
EXTRAS = list(chain.from_iterable(PYPROJECT["project"]["optional-dependencies"].values()))
DEV, E2E = (PYPROJECT["dependency-groups"][name] for name in ("dev", "e2e"))

READ_IN_SETTINGS = set(
    re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "tracker" / "settings.py").read_text())
)
TARGETS = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)


@cache
def pins(lock):
    """The versions in a lock, by package, whatever extras come with it."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return dict(re.findall(r"^(\w[\w.-]*)(?:\[[\w,-]+\])?==(\S+)", text, re.MULTILINE))


def test_every_setting_is_an_example_and_nothing_else_is():
    examples = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert set(examples) == READ_IN_SETTINGS


def test_every_setting_has_a_row_in_the_readme_and_nothing_else_has():
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == READ_IN_SETTINGS


def test_the_environment_is_read_in_one_place():
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("tracker", "announcements")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.environ|os\.getenv|\benviron\.", path.read_text())
    }

    assert readers == {"tracker/environment.py", "tracker/wsgi.py"}


def test_make_alone_lists_every_target():
    listed = subprocess.run(
        [str(shutil.which("make")), "-s"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert re.findall(r"^  make ([a-z-]+) ", listed, re.MULTILINE) == TARGETS


def test_every_target_is_in_the_readme_and_every_target_there_exists():
    assert set(re.findall(r"`make ([a-z-]+)", README)) == set(TARGETS)


def test_every_target_is_phony():
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)", MAKEFILE, re.MULTILINE)

    assert phony
    assert set(TARGETS) <= set(phony[1].split())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_no_place_on_a_machine(lock):
    assert not re.search(r"://|^-|(^|\s)/|\.\./", lock.read_text(), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock):
    requirements = re.split(r"\n(?=\w)", lock.read_text())

    # One may stand there twice, for different versions of Python.
    assert {re.split(r"\[|==", requirement)[0] for requirement in requirements} == {
        *pins(lock.stem)
    }
    assert all("--hash=sha256:" in requirement for requirement in requirements)


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("runtime", RUNTIME),
        ("production", RUNTIME + EXTRAS),
        ("dev", RUNTIME + EXTRAS + DEV),
        ("e2e", E2E),
    ],
)
def test_a_lock_holds_what_the_project_asks_for(lock, asked):
    wanted = {
        canonicalize_name(each.name): each.specifier for each in (Requirement(one) for one in asked)
    }

    assert wanted.keys() <= pins(lock).keys()
    assert [name for name, allowed in wanted.items() if pins(lock)[name] not in allowed] == []


def test_two_locks_never_disagree():
    for lock in LOCKS:
        common = pins(lock.stem).keys() & pins("dev").keys()
        assert {name: pins(lock.stem)[name] for name in common} == {
            name: pins("dev")[name] for name in common
        }


@pytest.mark.parametrize("folder", ["", ".ci", "bin", "docs", "requirements", "tests", "tracker"])
def test_no_file_names_a_place_on_one_machine(folder):
    files = [path for path in (ROOT / folder).glob("*") if path.is_file() and path.name != ".env"]

    named = re.compile(rb"/(?:root|work|home|Users)/")
    assert [path.name for path in files if named.search(path.read_bytes())] == []


def test_the_license_is_the_one_that_is_named():
    assert PYPROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")


def test_every_rule_that_is_left_out_has_its_reason():
    section = re.search(
        r"^ignore = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.M | re.S
    )

    assert section
    assert all(" # " in line for line in section[1].splitlines())


@pytest.mark.parametrize("script", ["manage.py", "bin/with-postgres", ".ci/run"])
def test_a_script_can_be_run(script):
    assert (ROOT / script).stat().st_mode & 0o111
