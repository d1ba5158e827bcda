"""The documentation names every filter, key, command and floor there is."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands

from announcements.filters import AnnouncementFilter
from announcements.records import announcement_schema, company_schema

ROOT = Path(__file__).parent.parent


def first_cells(file: str, section: str = "") -> list[str]:
    """What the first cells of a file's tables name in backticks, of one section or of all."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if section:
        text = re.split(
            r"^## ", text.split(f"## {section}\n", 1)[1], maxsplit=1, flags=re.MULTILINE
        )[0]
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


def test_every_filter_is_documented_in_its_order():
    assert first_cells("docs/filters.md") == list(AnnouncementFilter.base_filters)


def test_every_command_is_documented():
    commands = {name for name, app in get_commands().items() if app == "announcements"}
    documented = {
        cell.split()[0] for cell in first_cells("docs/commands.md") if not cell.startswith("--")
    }
    assert documented == commands


def sections() -> list[tuple[str, dict[str, Any]]]:
    announcement = announcement_schema()
    rows = {
        name: row["items"] for name, row in announcement["properties"].items() if "items" in row
    }
    components = rows["releases"]["properties"]["components"]["additionalProperties"]
    return [
        ("Announcement", announcement),
        ("Initiative", rows["initiatives"]),
        ("Promise", rows["promises"]),
        ("Update", rows["promises"]["properties"]["updates"]["items"]),
        ("Release", rows["releases"]),
        ("Component", components),
        ("Concern", rows["concerns"]),
        ("Benefit", rows["benefits"]),
        ("Source", rows["sources"]),
        ("Company", company_schema()),
    ]


@pytest.mark.parametrize(("section", "schema"), sections(), ids=[name for name, _ in sections()])
def test_every_key_of_a_record_is_documented_in_its_order(section, schema):
    assert first_cells("docs/records.md", section) == list(schema["properties"])


def test_the_guide_names_every_room_of_the_house():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {
        path.name for path in (ROOT / "announcements").iterdir() if not path.name.startswith("_")
    }
    for room in rooms - {"migrations", "static"}:
        assert f"`{room}" in guide
