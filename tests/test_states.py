"""Stub, draft, ready, published: what each state asks, and that nothing but its methods gets there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from announcements.models import Announcement, Promise, Source, Update
from tests import make
from tests.doors import REFUSED

pytestmark = pytest.mark.django_db

STATES = ["stub", "draft", "ready", "published"]
FIRST_ASKED = {
    "company": "stub",
    "sources": "stub",
    "title": "draft",
    "announced_on": "draft",
    "kind": "draft",
    "basis": "ready",
    "summary": "ready",
}
EMPTY: dict[str, Any] = {"company": None, "announced_on": None, "sources": []}


def lacking(field: str) -> Announcement:
    announcement = make.proven(**({"sources": []} if field == "sources" else {}))
    if field != "sources":
        setattr(announcement, field, EMPTY.get(field, ""))
    return announcement


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("field", FIRST_ASKED)
def test_each_state_asks_what_those_before_it_ask_and_more(state, field):
    asked = STATES.index(state) >= STATES.index(FIRST_ASKED[field])
    gaps = [gap.field for gap in lacking(field).missing(state)]
    assert gaps == ([field] if asked else [])


@pytest.mark.parametrize("state", STATES)
def test_a_state_that_asks_nothing_more_is_reached(state):
    announcement = make.proven(kind="intent")
    move = {"published": "publish"}.get(state, state)
    getattr(announcement, move)()
    announcement.refresh_from_db()
    assert announcement.state == state


@pytest.mark.parametrize("move", ["draft", "ready", "publish"])
def test_a_move_that_is_refused_changes_nothing(move):
    stub = make.draft(kind="", sources=[])
    with pytest.raises(ValidationError, match="Choose the kind"):
        getattr(stub, move)()
    stub.refresh_from_db()
    assert stub.state == "stub"


def test_moving_writes_the_state_alone():
    announcement = make.proven()
    Announcement.objects.filter(pk=announcement.pk).update(summary="Saved by somebody else.")
    announcement.publish()
    announcement.refresh_from_db()
    assert (announcement.state, announcement.summary) == ("published", "Saved by somebody else.")


def test_what_is_ready_is_seen_by_nobody():
    make.proven().ready()
    assert not Announcement.objects.published().exists()


# The rules of evidence: a draft that keeps all of them, what is taken from it, and the words of the gap.

RULES: list[tuple[Callable[[], Announcement], str]] = []


def rule(words: str) -> Any:
    def register(lacks: Callable[[], Announcement]) -> Callable[[], Announcement]:
        RULES.append((lacks, words))
        return lacks

    return register


def only(kind: str, **facts: Any) -> dict[str, Any]:
    return {"sources": [make.source(kind=kind, checked_on="2024-05-09", **facts)]}


def standing(status: str, draft: Announcement | None = None, **facts: Any) -> Announcement:
    """A draft with a promise that stands so, by a step without a page and without a search note."""
    promise = make.promise(draft or make.proven(), status=status, **facts)
    last = promise.updates.last()
    last.note, last.source = "", make.source()
    last.save()
    return promise.announcement


@rule("Add a strong source: the company's statement, an officer's post or a filing. With press")
def a_program_by_press_alone():
    return make.draft(**only("press-named"))


@rule("or the page where it can be obtained")
def a_release_by_press_alone():
    return make.draft(kind="model-release", **only("press-named"))


@rule("Add the report that quotes a named person")
def a_report_by_an_index():
    return make.draft(basis="named-report", **only("third-party-index"))


@rule("Choose the kind of the source")
def a_source_of_another_kind_without_a_note():
    return make.draft(basis="unnamed-report", **only("other"))


@rule("Add a strong source for the promise")
def a_promise_by_a_repository():
    draft = make.draft(kind="model-release", **only("repository"))
    return make.promise(draft).announcement


@rule("is unverifiable while only unnamed sources report it")
def a_promise_by_unnamed_sources():
    draft = make.draft(basis="unnamed-report", **only("press-unnamed"))
    return make.promise(draft).announcement


@rule("name the company's statement of the later date")
def a_delay_by_others():
    return standing("delayed")


@rule("is delivered: add for what came")
def a_delivery_nobody_checked():
    return standing("delivered", make.draft(**only("company-statement")))


@rule("is delivered: add for model card the page")
def a_delivery_of_a_part_that_no_source_carries():
    draft = make.draft(**only("company-statement"))
    make.citation(draft, source=make.source(kind="repository", checked_on="2024-05-09"))
    return standing("delivered", draft, parts=["weights", "model_card"])


@rule("is partly delivered: add for what came")
def a_part_delivered_that_nobody_checked():
    draft = make.draft(**only("company-statement"))
    return make.promise(draft, status="partly-delivered").announcement


@rule("is partly delivered: write in a search note")
def a_part_missing_that_nobody_looked_for():
    return standing("partly-delivered", parts=["weights", "technical_report"])


@rule("has lapsed: write a search note")
def a_lapse_without_a_search():
    return standing("lapsed")


@rule("is withdrawn: name the company's statement")
def a_withdrawal_by_others():
    return standing("withdrawn")


@rule("is superseded: link the promise")
def a_replacement_without_its_link():
    return standing("superseded")


@rule("is unverifiable: say in a note")
def a_promise_that_nothing_could_settle_without_saying_why():
    return standing("unverifiable")


@rule("was looked for and not found: note where")
def a_component_not_found_without_a_search_note():
    draft = make.proven()
    make.release(draft, components={"weights": "none"})
    return draft


@pytest.mark.parametrize(
    ("lacks", "words"), RULES, ids=lambda value: getattr(value, "__name__", "")
)
def test_publishing_asks_the_evidence_of_the_vocabulary(lacks, words):
    draft = lacks()
    gaps = [gap.message for gap in draft.missing()]
    assert len(gaps) == 1
    assert words in gaps[0]
    for move in (draft.ready, draft.publish):
        with pytest.raises(ValidationError):
            move()


@pytest.mark.parametrize("status", ["announced", "partly-delivered", "delivered", "lapsed"])
def test_with_its_evidence_a_promise_may_stand(status):
    draft = make.proven(kind="intent")
    make.promise(draft, status=status, parts=["weights", "source_code"])
    assert draft.missing() == []


def test_a_component_with_an_address_and_a_checked_day_proves_its_part():
    draft = make.draft(**only("company-statement"))
    make.promise(draft, status="delivered", parts=["model_card"])
    release = make.release(draft, url="https://example.org/model")
    make.component(release, "model_card", checked_on="2024-05-09")
    assert draft.missing() == []


@pytest.mark.parametrize(("original", "gaps"), [("company-statement", 0), ("press-named", 1)])
def test_an_archived_copy_counts_as_what_it_is_a_copy_of(original, gaps):
    page = make.source(kind=original)
    draft = make.draft(**only("archived-copy", derived_from=page))
    assert len(draft.missing()) == gaps


# Every door keeps it.


def update_all(model: Any, **facts: Any) -> Callable[[Any], Any]:
    return lambda _: model.objects.update(**facts)


DOORS: list[Callable[[Any], Any]] = [
    update_all(Source, kind="press-named"),
    update_all(Source, checked_on=None),
    update_all(Update, status="unverifiable", note=""),
    update_all(Promise, parts=["technical_report"]),
    update_all(Announcement, kind="progress-update"),
    update_all(Announcement, basis=""),
    lambda it: it.citations.all().delete(),
    lambda it: make.promise(it, status="superseded"),
    lambda it: make.release(it, components={"weights": "none"}),
]


@pytest.mark.parametrize("move", ["ready", "publish"])
@pytest.mark.parametrize("door", DOORS, ids=range(len(DOORS)))
def test_no_door_takes_evidence_away(door, move):
    announcement = make.proven(kind="intent")
    make.update(announcement.promises.get(), "delivered")
    getattr(announcement, move)()
    with pytest.raises(REFUSED):
        door(announcement)


@pytest.mark.parametrize("from_the_other_side", [True, False])
@pytest.mark.parametrize("unlink", ["clear", "set", "remove"])
def test_an_earlier_announcement_stays_linked(unlink, from_the_other_side):
    earlier = make.draft()
    shown = make.proven(kind="progress-update", related=[earlier])
    shown.publish()
    one, other = (earlier, shown) if from_the_other_side else (shown, earlier)
    with pytest.raises(ValidationError, match="Link the earlier"), transaction.atomic():
        {"clear": one.related.clear, "set": lambda: one.related.set([])}.get(
            unlink, lambda: one.related.remove(other)
        )()
    assert list(shown.related.all()) == [earlier]


# What came from a file before anybody checked it.


def test_what_is_published_from_a_file_may_owe_its_evidence():
    shown = make.published(sources=[make.source(kind="press-named")])
    shown.refresh_from_db()
    assert shown.evidence_due
    assert shown.missing() == []
    assert [gap.field for gap in shown.evidence_missing()] == ["sources"]


def test_once_it_has_its_evidence_it_is_held_to_it():
    shown = make.published(sources=[page := make.source(kind="press-named")])
    page.kind = "company-statement"
    page.save()
    shown.refresh_from_db()
    assert not shown.evidence_due
    page.kind = "press-named"
    with pytest.raises(ValidationError, match="strong source"):
        page.save()


def test_taken_back_it_is_published_anew_only_with_its_evidence():
    shown = make.published(sources=[make.source(kind="press-named")])
    shown.unpublish()
    with pytest.raises(ValidationError, match="strong source"):
        shown.publish()


# A set time.


def test_a_time_that_has_passed_is_no_time_to_publish_at():
    with pytest.raises(ValidationError, match="This time has passed"):
        make.proven().ready(publish_at=timezone.now() - timedelta(minutes=1))


def test_taking_it_back_forgets_its_time():
    announcement = make.proven()
    announcement.ready(publish_at=timezone.now() + timedelta(days=1))
    announcement.unpublish()
    announcement.refresh_from_db()
    assert (announcement.state, announcement.publish_at) == ("draft", None)
