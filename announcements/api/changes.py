"""What changed since an earlier answer, with what readers do not see any more."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_datetime

from announcements.api.announcement_lists import selection_of
from announcements.api.cursors import Cursor, behind, cursor_of, values_of
from announcements.api.items import Context
from announcements.api.lists import Listed, Shape, version_text
from announcements.api.questions import Question, Refused, StartOver
from announcements.api.resources import ANNOUNCEMENTS, Rows
from announcements.history import last_seen, was_seen
from announcements.models import Announcement, Change, DataVersion, FormerAnnouncementAddress
from announcements.records import Record
from announcements.remembered import remembered

HOW = "Take `version` of an answer as it is, or a time with its zone as in 2026-03-01T12:00:00Z."
NEITHER = f"“{{}}” is neither a version that an answer told nor a time. {HOW}"
EMPTY = f"It is empty, which would be answered with everything and tell nothing that is gone. {HOW}"
GONE = (
    "The data never stood at this version as far as is known here. Read the list once more from its "
    "beginning, without changed_since, and go on from the version that it tells."
)
IN_ORDER = ("version_id", "announcement_key")
DELETED, UNPUBLISHED, RENAMED, OTHER = "deleted", "unpublished", "renamed", "not-selected"
REASONS = {
    DELETED: "The announcement is gone.",
    UNPUBLISHED: "The editors took it back.",
    RENAMED: "It has another id now; it is among the items under that one.",
    OTHER: "Readers see it, but the filters do not select it, or not any more.",
}


def changed(question: Question) -> Listed:
    """A page of the announcements that changed since ``changed_since``, in the order of their changes."""
    selection = selection_of(question)
    for name in ("order", "page"):
        if question.one(name):
            raise Refused(name, "Changes come in their own order; leave this out.")
    cursor = cursor_of(question)
    version = cursor.version if cursor else version_text()
    since, until = _since(question.one("changed_since")), _number(version)
    changes = _told(since, until)
    rows = changes.order_by(*IN_ORDER)
    size = question.page_size
    found = list((behind(rows, IN_ORDER, cursor.values) if cursor else rows)[: size + 1])
    part = found[:size]
    at = Cursor(values_of(part[-1], IN_ORDER), version) if len(found) > size else None
    keys = [change.announcement_key for change in part]
    shape = Shape.of(question, ANNOUNCEMENTS)
    shown = shape.read(selection.queryset.order_by()).in_order_of(keys)
    return Listed(
        version=version,
        total=_total(question, changes, since, until),
        next=question.address(cursor=at.text(question)) if at else None,
        items=shape.items(shown),
        deleted=_deleted(keys, shown, shape.context),
    )


def _told(since: int, until: int) -> Rows:
    """The changes between two versions of what readers see or saw: a draft's are nobody's business."""
    shown = Announcement.objects.published().filter(pk=OuterRef("announcement_key"))
    return Change.objects.filter(
        Exists(shown) | Exists(was_seen(OuterRef("announcement_key"))),
        version__gt=since,
        version__lte=until,
    )


def _total(question: Question, changes: Rows, since: int, until: int) -> int:
    """How many changed, gone ones among them; counted once for each version of the data."""
    name = f"api:changes:{since}:{until}"
    return remembered(name, question.today, changes.order_by().count)


def _since(text: str) -> int:
    """The number of the version after which changes are told."""
    if not text:
        raise Refused("changed_since", EMPTY)
    number, _, token = text.partition("-")
    if number.isascii() and number.isdigit() and len(number) < 19 and len(token) == 32:
        if not DataVersion.objects.filter(number=int(number), token=token).exists():
            raise StartOver(GONE)
        return int(number)
    return _before(_moment(text))


def _moment(text: str) -> datetime:
    try:
        # A plus sign that nobody escaped is a space in a query string.
        moment = parse_datetime(text.replace(" ", "+").upper())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused("changed_since", NEITHER.format(text[:60]))
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise Refused("changed_since", NEITHER.format(text[:60])) from error


def _before(moment: datetime) -> int:
    """The last version written before a moment; read from the newest one back, as far as is asked for."""
    earlier = DataVersion.objects.filter(written_at__lt=moment).order_by("-number")
    return earlier.values_list("number", flat=True).first() or 0


def _number(version: str) -> int:
    return int(version.partition("-")[0] or 0)


def _deleted(keys: Iterable[int], shown: list[Announcement], context: Context) -> list[Record]:
    """What a copy should drop: ids under which nothing is among the items any more."""
    rest = sorted(set(keys) - {announcement.pk for announcement in shown})
    states = dict(Announcement.objects.filter(pk__in=rest).order_by().values_list("pk", "state"))
    slugs = dict(
        Announcement.objects.published().filter(pk__in=rest).order_by().values_list("pk", "slug")
    )
    gone = [
        {"id": slug, "reason": _reason(states.get(key))}
        for key, slug in sorted({**last_seen(rest), **slugs}.items())
    ]
    former = FormerAnnouncementAddress.objects.filter(record__in=shown).select_related("record")
    renamed = [
        {"id": row.slug, "reason": RENAMED, "now": row.record.slug} for row in former.order_by("pk")
    ]
    return [*gone, *renamed]


def _reason(state: str | None) -> str:
    if state is None:
        return DELETED
    return OTHER if state == Announcement.State.PUBLISHED else UNPUBLISHED
