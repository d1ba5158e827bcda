"""What stands beside an announcement: related ones with the reason, and those before and after it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from announcements.models import Announcement, Promise
from announcements.models.announcement import AnnouncementQuerySet

MOST = 6
"""How many announcements a group names."""
NEAR = timedelta(days=90)

Candidates = tuple[str, Iterable[Announcement]]


@dataclass(frozen=True)
class Group:
    """Other announcements that are related for the same reason."""

    reason: str
    announcements: list[Announcement]


@dataclass(frozen=True)
class Neighbors:
    """What a reader may want next. None is the end of the row."""

    groups: list[Group]
    previous: Announcement | None
    next: Announcement | None
    previous_of_company: Announcement | None
    next_of_company: Announcement | None

    @property
    def named(self) -> list[Announcement]:
        """Those of which a reader sees the company."""
        return [announcement for group in self.groups for announcement in group.announcements]


def neighbors(announcement: Announcement) -> Neighbors:
    """What stands beside a published announcement among the published ones, in seven queries."""
    published = Announcement.objects.published().select_related("company")
    of_company = published.filter(company=announcement.company)
    earlier = list(of_company.before(announcement)[:MOST])
    later = list(of_company.after(announcement)[:MOST])
    near = sorted(
        (other for other in earlier + later if _is_near(announcement, other)),
        key=lambda other: (_distance(announcement, other), -other.pk),
    )
    return Neighbors(
        groups=_groups(announcement, published, near),
        previous=published.before(announcement).first(),
        next=published.after(announcement).first(),
        previous_of_company=earlier[0] if earlier else None,
        next_of_company=later[0] if later else None,
    )


def _groups(
    announcement: Announcement, published: AnnouncementQuerySet, near: list[Announcement]
) -> list[Group]:
    """The strongest reason first; an announcement is named once, for its strongest."""
    seen = {announcement.pk}

    def candidates() -> Iterator[Candidates]:
        yield "Linked by the editors", published.filter(related=announcement).newest_first()[:MOST]
        yield from _by_promises(announcement)
        yield _initiatives_in_words(announcement), _about_the_same(announcement, published, seen)
        yield f"By {announcement.company} at about the same time", near

    groups = []
    for reason, others in candidates():
        fresh = list(dict.fromkeys(other for other in others if other.pk not in seen))[:MOST]
        if fresh:
            groups.append(Group(reason, fresh))
            seen |= {other.pk for other in fresh}
    return groups


def _by_promises(announcement: Announcement) -> Iterator[Candidates]:
    """Those of which a promise replaces or renews one made here, or is replaced or renewed by one."""
    promises = announcement.promises.all()
    mine = {promise.pk for promise in promises}
    successors = {promise.superseded_by_id for promise in promises} - {None}
    renewed = {promise.renews_id for promise in promises} - {None}
    others = list(
        Promise.objects.of_published()
        .filter(
            Q(superseded_by__in=mine) | Q(renews__in=mine) | Q(pk__in=successors | renewed),
        )
        .exclude(announcement=announcement)
        .select_related("announcement__company")
        .order_by("-announcement__first_day", "-announcement", "pk")
    )
    for reason, found in (
        ("Replaces a promise made here", [row for row in others if row.pk in successors]),
        ("Renews a promise made here", [row for row in others if row.renews_id in mine]),
        ("Made a promise that is replaced here", [r for r in others if r.superseded_by_id in mine]),
        ("Made a promise that is renewed here", [row for row in others if row.pk in renewed]),
    ):
        yield reason, [row.announcement for row in found]


def _about_the_same(
    announcement: Announcement, published: AnnouncementQuerySet, seen: set[int]
) -> AnnouncementQuerySet:
    """The newest others about one of its initiatives, enough of them to pass over those seen."""
    initiatives = [initiative.pk for initiative in announcement.initiatives.all()]
    about = Announcement.initiatives.through.objects.filter(
        announcement=OuterRef("pk"), initiative__in=initiatives
    )
    return published.filter(Exists(about)).newest_first()[: MOST + len(seen)]


def _initiatives_in_words(announcement: Announcement) -> str:
    names = [str(initiative) for initiative in announcement.initiatives.all()]
    return f"Also about {names[0]}" if len(names) == 1 else "About the same initiatives"


def _is_near(announcement: Announcement, other: Announcement) -> bool:
    """Whether two stand close in time; one known only by its year is near to nothing."""
    dates = (announcement.announced_on, other.announced_on)
    exact = all(day is not None and day.precision != "year" for day in dates)
    return exact and _distance(announcement, other) <= NEAR


def _distance(announcement: Announcement, other: Announcement) -> timedelta:
    if announcement.first_day is None or other.first_day is None:
        return timedelta.max
    return abs(other.first_day - announcement.first_day)
