"""The license announced beside the license found: two facts, and where they part."""

from collections.abc import Iterable
from dataclasses import dataclass

from announcements import openness
from announcements.models import License, Promise, Release, ReleaseComponent
from announcements.models.release import NOT_CHECKED


@dataclass(frozen=True)
class Licensing:
    """What the promises of an announcement name, beside what was found on one of its releases."""

    announced: list[License]
    differs: bool
    """Whether the license of the whole release is known, and is none of those announced."""
    announced_instead: dict[str, list[License]]
    """By component: the licenses announced for it, where another was found and the above does not say so."""


def licensing(release: Release, promises: Iterable[Promise]) -> Licensing:
    """A release loaded with its components and their licenses, beside all promises of its announcement."""
    promises = list(promises)
    announced = announced_for("", promises)
    differs = _differs(release.license, announced)
    instead = {
        row.component: licenses
        for row in release.components.all()
        if _is_obtained(release, row)
        if (licenses := announced_for(row.component, promises))
        if _differs(row.license or release.license, licenses)
        if not (differs and row.license is None and licenses == announced)
    }
    return Licensing(announced, differs, instead)


def announced_for(component: str, promises: Iterable[Promise]) -> list[License]:
    """The licenses named by the promises of a component, or of no part in particular; all for ""."""
    named = (
        promise.license
        for promise in promises
        if promise.license and (not component or not promise.parts or component in promise.parts)
    )
    return list(dict.fromkeys(named))


def _is_obtained(release: Release, row: ReleaseComponent) -> bool:
    return release.states.get(row.component) in (openness.PARTIAL, openness.OPEN)


def _differs(found: License | None, announced: list[License]) -> bool:
    is_known = found is not None and found.slug != NOT_CHECKED
    return is_known and bool(announced) and found not in announced
