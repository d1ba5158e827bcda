"""The whole public data as files that lie ready, and what is known of them.

Each set of files is of one state of the data. A file lies under its checksum, and the list of the latest is put
in place when all of it is there: whoever asks gets a whole file of the set whose checksums are shown.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from announcements.exports.database import write_database
from announcements.exports.files import FORMATS
from announcements.exports.package import PIECE, Stamp, write_package
from announcements.exports.records import announcements_at, companies_of
from announcements.exports.relational import Relational
from announcements.models import Announcement, Company
from announcements.models.one_state import one_state
from announcements.models.version import current_version
from announcements.records.tables import FORMAT_VERSION

LATEST = "latest.json"
Keys = list[int]


@dataclass(frozen=True)
class Kind:
    """One file that is written: its name, what it is, and how it comes about."""

    name: str
    media_type: str
    words: str
    write: Callable[[Path, Keys, Stamp], None]


@dataclass(frozen=True)
class Download:
    """A file that lies ready."""

    name: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        return Path(settings.DOWNLOADS_DIR, f"{self.sha256[:32]}-{self.name}")

    @property
    def kind(self) -> Kind:
        return KINDS[self.name]


@dataclass(frozen=True)
class Latest:
    """The files that were written last, all of one state of the data."""

    format_version: str
    version: int
    token: str
    data_of: str
    written_at: str
    files: list[Download]

    @property
    def is_current(self) -> bool:
        """Whether nothing was written to the data since."""
        now = current_version()
        return now is not None and (now.number, now.token) == (self.version, self.token)

    @property
    def moment(self) -> datetime:
        """Of when the data is."""
        return datetime.fromisoformat(self.data_of or self.written_at)

    def named(self, name: str) -> Download | None:
        return next((file for file in self.files if file.name == name), None)


def latest() -> Latest | None:
    """What was written last; None if nothing was, or by a program of which this one knows nothing."""
    try:
        told = json.loads(Path(settings.DOWNLOADS_DIR, LATEST).read_text(encoding="utf-8"))
        files = [Download(**row) for row in told.pop("files") if row["name"] in KINDS]
        return Latest(**told, files=files)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def trace() -> str:
    """What tells one list of the latest files from another, "" if there is none."""
    found = latest()
    return " ".join([found.written_at, *(file.sha256 for file in found.files)]) if found else ""


def write_downloads(*, anew: bool = False) -> tuple[Latest, bool]:
    """Write the files, unless the data is as it was when they were written; and whether they were written."""
    folder, before = Path(settings.DOWNLOADS_DIR), latest()
    if before and not anew and _holds(before):
        return before, False
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".being-written-") as aside:
        now = _written(Path(aside))
        listed = Path(aside, LATEST)
        listed.write_text(json.dumps(asdict(now), indent=2), encoding="utf-8")
        for file in now.files:
            Path(aside, file.name).replace(file.path)
        listed.replace(folder / LATEST)
    _clear(folder, chain(now.files, before.files if before else ()))
    return now, True


def _holds(before: Latest) -> bool:
    is_whole = {file.name for file in before.files} == set(KINDS)
    return (
        before.is_current
        and before.format_version == FORMAT_VERSION
        and is_whole
        and all(file.path.is_file() for file in before.files)
    )


def _written(aside: Path) -> Latest:
    with one_state():
        stamp, version = Stamp.now(), current_version()
        # By date and name, not by key: the same records in another database give the same file.
        rows = Announcement.objects.published().order_by("first_day", "slug")
        keys = list(rows.values_list("pk", flat=True))
        for kind in KINDS.values():
            kind.write(aside / kind.name, keys, stamp)
    return Latest(
        format_version=FORMAT_VERSION,
        version=stamp.version,
        token=version.token if version else "",
        data_of=stamp.moment,
        written_at=datetime.now(UTC).isoformat(timespec="seconds"),
        files=[_measured(aside / name) for name in KINDS],
    )


def _measured(path: Path) -> Download:
    digest = sha256()
    with path.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return Download(path.name, path.stat().st_size, digest.hexdigest())


def _clear(folder: Path, kept: Iterable[Download]) -> None:
    """Remove what is of neither the latest set nor the one before, which somebody may be about to open."""
    names = {LATEST, *(file.path.name for file in kept)}
    for path in folder.iterdir():
        if path.is_file() and path.name not in names and path.name.endswith(tuple(KINDS)):
            path.unlink(missing_ok=True)


def _write_announcements(path: Path, keys: Keys, stamp: Stamp) -> None:
    _write(path, FORMATS["ndjson"].write(announcements_at(keys)))


def _write_companies(path: Path, keys: Keys, stamp: Stamp) -> None:
    companies = companies_of(Company.objects.public().order_by("name"))
    _write(path, FORMATS["ndjson"].write(companies))


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def _write_package(path: Path, keys: Keys, stamp: Stamp) -> None:
    with path.open("wb") as file:
        write_package(file, Relational(keys, is_whole=True), stamp)


def _write_database(path: Path, keys: Keys, stamp: Stamp) -> None:
    write_database(path, Relational(keys, is_whole=True), stamp)


KINDS: dict[str, Any] = {
    kind.name: kind
    for kind in (
        Kind(
            "announcements.ndjson",
            "application/x-ndjson",
            "whole records of announcements, one a line, as they are imported",
            _write_announcements,
        ),
        Kind(
            "companies.ndjson",
            "application/x-ndjson",
            "records of companies, to be imported with them",
            _write_companies,
        ),
        Kind(
            "tracker.zip",
            "application/zip",
            "a Frictionless data package: related tables as CSV with their description",
            _write_package,
        ),
        Kind(
            "tracker.sqlite3",
            "application/vnd.sqlite3",
            "the same tables with keys, indexes and views, for Datasette, pandas and SQL",
            _write_database,
        ),
    )
}
