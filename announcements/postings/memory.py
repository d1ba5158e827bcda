"""What this process remembers, brought up to the data's version before each use."""

from threading import Lock

from announcements.models.publishing import is_within_a_block
from announcements.models.version import Version, changed_since, current_version
from announcements.postings.places import NoRoom
from announcements.postings.postings import Postings

FEW = 500
"""Up to so many changed announcements are read one by one; for more, everything is read anew."""

_lock = Lock()
_held: Postings | None = None


def current() -> Postings:
    """The sets as the data stands now: one query, and after a write those that read what it changed."""
    if is_within_a_block():
        # What this thread wrote has no version yet, and may come to nothing: it is not for others.
        return Postings.read(None)
    held, version = _held, current_version()
    return held if held is not None and held.version == version else _brought_up(version)


def forget() -> None:
    """Read everything anew at the next use."""
    global _held
    _held = None


def _brought_up(version: Version | None) -> Postings:
    global _held
    with _lock:
        # Others write while this reads; what they wrote in between is read in the next round.
        while _held is None or _held.version != version:
            _held = _next(_held, version)
            version = current_version()
        return _held


def _next(held: Postings | None, version: Version | None) -> Postings:
    if held is None or held.version is None or version is None:
        return Postings.read(version)
    changed = changed_since(held.version)
    if changed is None or len(changed) > FEW:
        return Postings.read(version)
    try:
        return held.after(changed, version)
    except NoRoom:
        return Postings.read(version)
