"""What must be so after every write, told from the rows alone and compared with what is stored."""

from typing import Any

from announcements import openness
from announcements.canonical_urls import canonical_url
from announcements.history.rows import kept
from announcements.models import Announcement, Promise, Release, Source, Update


def told(promise: Promise) -> tuple[Any, ...]:
    """What a promise's updates say, told without the database's help."""
    story = sorted(promise.updates.all(), key=lambda step: step.position)
    delivered = [step.happened_on for step in story if step.status == "delivered"]
    dates = [promise.due_to, *(step.due_to for step in story if step.due_to)]
    last = story[-1] if story else Update(status="")
    return last.status, last.happened_on, delivered[0] if delivered else None, dates[-1]


def assert_promises_tell_their_story() -> None:
    for promise in Promise.objects.all():
        stored = promise.status, promise.status_on, promise.delivered_on, promise.due_latest
        assert stored == told(promise)


def level_found(release: Release) -> str:
    """The level of a release from its components' rows, told without its own methods."""
    classes = {row.component: row.license or release.license for row in release.components.all()}
    classes = {slug: row.license_class if row else "unclear" for slug, row in classes.items()}
    states = {
        row.component: openness.component_state(
            row.component, row.availability, classes[row.component]
        )
        for row in release.components.all()
        if row.component in openness.COMPONENTS[release.type]
    }
    return openness.assess(release.type, states, classes.get("source_code", "unclear")).level


def assert_levels_follow_components() -> None:
    for release in Release.objects.all():
        assert release.level == level_found(release)


def assert_readers_see_whole_announcements() -> None:
    for announcement in Announcement.objects.filter(state__in=("ready", "published")):
        assert announcement.missing() == []


def assert_addresses_are_canonical() -> None:
    for source in Source.objects.all():
        assert source.canonical_url == canonical_url(source.url)


def _linked(rows: Any, field: Any, owner: str) -> set[tuple[Any, Any]]:
    return set(rows.values_list(owner, field.m2m_reverse_name()))


def _values(row: Any, names: list[str]) -> list[Any]:
    return [getattr(row, name) for name in names if name not in ("created_by_id", "recorded_by_id")]


def assert_newest_versions_are_the_rows() -> None:
    """The newest version of every row that is there says the same as the row; of others, that they are gone."""
    for model in kept():
        versions = model.history.model
        newest = {row.id: row for row in versions.objects.order_by("history_id")}
        rows = {row.pk: row for row in model.objects.all()}
        assert {key for key, row in newest.items() if row.history_type != "-"} == rows.keys()
        names = [field.attname for field in versions.tracked_fields]
        for key, row in rows.items():
            assert _values(newest[key], names) == _values(row, names)
        for name in getattr(model, "_history_m2m_fields", ()):
            field = model._meta.get_field(name)
            links, kept_links = field.remote_field.through, getattr(versions, name).model
            shown = kept_links.objects.filter(history__in=[newest[key].pk for key in rows])
            near = field.m2m_column_name()
            assert _linked(shown, field, near) == _linked(links.objects, field, near)


def assert_all_is_so() -> None:
    assert_newest_versions_are_the_rows()
    assert_promises_tell_their_story()
    assert_levels_follow_components()
    assert_readers_see_whole_announcements()
    assert_addresses_are_canonical()
