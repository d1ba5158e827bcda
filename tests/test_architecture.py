"""The house: every file of the app stands on a floor and imports from the floors below it only."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = "announcements"

FLOORS = {
    0: ["vocabularies"],
    1: [
        "openness",
        "statuses",
        "partial_dates",
        "canonical_urls",
        "license_answers",
        "site",
        "merging",
        "likeness",
        "roles",
        "shapes",
        "colors",
        "examples",
    ],
    2: ["models"],
    3: ["search", "postings", "remembered", "history", "mergers"],
    4: ["filters", "queues"],
    5: [
        "records",
        "charts",
        "facets",
        "entries",
        "tallies",
        "neighbors",
        "licensing",
        "references",
        "structured_data",
    ],
    6: [
        "exports",
        "imports",
        "forms",
        "previews",
        "embeds",
        "sitemaps",
        "freshness",
        "problems",
        "rates",
        "former_addresses",
        "methods",
    ],
    7: ["views", "api", "feeds", "admin", "templatetags"],
    8: ["urls", "editing_urls", "apps", "management"],
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
PLAIN_PYTHON = [*FLOORS[0], *FLOORS[1]]
DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "misc", "tools", "lib"}
LONGEST = 320


def python_files(*folders: str) -> list[Path]:
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return sorted(file for file in files if "migrations" not in file.parts)


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    return module.split(".")[1]


MODULES = {name_of(file): file for file in python_files(APP)}


def imported(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in the file and for whatever reason."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: an import says in full where from"
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in below if name in MODULES]
            if len(modules) < len(below):
                yield node.module or ""
            yield from modules


def from_the_app(file: Path) -> set[str]:
    return {name for name in imported(file) if name.split(".")[0] == APP}


ROOMS = [name for name in MODULES if name != APP]


@pytest.mark.parametrize("module", ROOMS)
def test_every_file_stands_on_a_floor(module):
    assert room_of(module) in FLOOR_OF, "Give the new file its place in FLOORS."


@pytest.mark.parametrize("module", [name for name in ROOMS if room_of(name) in FLOOR_OF])
def test_a_file_imports_from_floors_below(module):
    here = room_of(module)
    others = {room_of(name) for name in from_the_app(MODULES[module]) if name != APP} - {here}
    assert [room for room in others if FLOOR_OF.get(room, 9) >= FLOOR_OF[here]] == []


def test_within_a_room_nothing_goes_in_circles():
    graph = {
        module: {
            name
            for name in from_the_app(MODULES[module])
            if name != module and room_of(name) == room_of(module)
        }
        for module in ROOMS
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


@pytest.mark.parametrize("room", PLAIN_PYTHON)
def test_words_are_plain_python(room):
    assert not [name for name in imported(MODULES[f"{APP}.{room}"]) if "django" in name]


@pytest.mark.parametrize("file", python_files("tracker"), ids=name_of)
def test_the_wiring_names_the_app_by_string_only(file):
    assert from_the_app(file) == set()


@pytest.mark.parametrize("file", python_files(APP), ids=name_of)
def test_the_app_knows_nothing_of_the_wiring(file):
    assert not [name for name in imported(file) if name.split(".")[0] in ("tracker", "tests")]


@pytest.mark.parametrize("file", python_files(APP, "tracker"), ids=name_of)
def test_a_module_is_a_noun_or_a_job(file):
    assert DRAWERS.isdisjoint(file.relative_to(ROOT).with_suffix("").parts)
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, "A file that wants to grow wants a name of its own."


def test_no_file_imports_for_the_type_checker_only():
    for file in python_files(APP, "tracker"):
        assert "TYPE_CHECKING" not in file.read_text(encoding="utf-8"), file
