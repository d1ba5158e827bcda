"""What the API has lists of: which rows readers may see, which of them a question means, and their items."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from announcements.api import expansions
from announcements.api.expansions import Expansion
from announcements.api.items import (
    Context,
    announcement_item,
    company_item,
    concern_item,
    initiative_item,
    license_item,
    promise_item,
    release_item,
    source_item,
)
from announcements.filters import Selection, promises_meant
from announcements.models import (
    Announcement,
    Benefit,
    Citation,
    Company,
    Concern,
    FormerInitiativeName,
    Initiative,
    License,
    Promise,
    Release,
    ReleaseComponent,
    Source,
    Update,
)
from announcements.records import Record

Rows = Any
"""A queryset; which methods it has depends on its model."""
Orders = Mapping[str, tuple[str, tuple[str, ...]]]

AS_RECORDED: Orders = {
    "newest": ("last recorded first", ("-pk",)),
    "oldest": ("first recorded first", ("pk",)),
}
BY_NAME: Orders = {"name": ("by name", ("name", "pk"))}


@dataclass(frozen=True, eq=False)
class Resource:
    """One kind of thing."""

    name: str
    """In the address of its list."""
    singular: str
    schema: str
    words: str
    """What its list holds, and what the filters of announcements select of it."""
    public: Callable[[], Rows]
    """What readers may see."""
    meant: Callable[[Rows, Selection], Rows]
    """Those of the public rows that the announcements of a selection have."""
    loaded: Callable[[Rows], Rows]
    """With all that an item reads, in a number of queries that does not grow."""
    item: Callable[[Any, Context], Record]
    key: str = "pk"
    orders: Orders = field(default_factory=lambda: AS_RECORDED)
    """The first is the usual one."""
    expansions: Mapping[str, Expansion] = field(default_factory=dict)
    by_name: Callable[[Rows, str], Rows] | None = None
    """Narrows the rows to those that a parameter ``name`` finds."""

    def read(self, rows: Rows, expand: Iterable[str] = ()) -> Rows:
        """Rows with all that their items tell."""
        paths = [path for name in expand for path in self.expansions[name].paths]
        return self.loaded(rows).prefetch_related(*paths)

    def tell(self, row: Any, context: Context, expand: Iterable[str] = ()) -> Record:
        """The item of a row that was read so."""
        item = self.item(row, context)
        for name in expand:
            self.expansions[name].apply(item, row, context)
        return item


def _selected(selection: Selection) -> Rows:
    return selection.queryset.order_by()


def _keys(selection: Selection) -> Rows:
    return _selected(selection).values("pk")


def _companies(rows: Rows, selection: Selection) -> Rows:
    return rows.filter(pk__in=_selected(selection).announcers().order_by().values("pk"))


def _initiatives(rows: Rows, selection: Selection) -> Rows:
    return rows.filter(
        Exists(_selected(selection).filter(initiatives=OuterRef("pk"))),
    )


def _promises(rows: Rows, selection: Selection) -> Rows:
    meant = promises_meant(selection.values, selection.today)
    return rows.filter(pk__in=meant.values("pk"), announcement__in=_keys(selection))


def _releases(rows: Rows, selection: Selection) -> Rows:
    if slugs := selection.values.get("license"):
        rows = rows.under(License.objects.filter(slug__in=slugs))
    if levels := selection.values.get("openness"):
        rows = rows.filter(level__in=levels)
    return rows.filter(announcement__in=_keys(selection))


def _concerns(rows: Rows, selection: Selection) -> Rows:
    if slugs := selection.values.get("concern"):
        rows = rows.of_types(slugs)
    if states := selection.values.get("concern_status"):
        rows = rows.filter(status__in=states)
    return rows.filter(announcement__in=_keys(selection))


def _licenses(rows: Rows, selection: Selection) -> Rows:
    releases = Release.objects.filter(announcement__in=_keys(selection))
    parts = ReleaseComponent.objects.filter(release__announcement__in=_keys(selection))
    promises = Promise.objects.filter(announcement__in=_keys(selection))
    return rows.filter(
        Q(pk__in=releases.order_by().values("license"))
        | Q(pk__in=parts.order_by().values("license"))
        | Q(pk__in=promises.order_by().values("license"))
    )


def cited_by(announcements: Rows) -> Q:
    """The condition of sources that some announcements cite, or a fact of theirs."""
    own = {"announcement__in": announcements}
    return (
        Q(Exists(Citation.objects.filter(source=OuterRef("pk"), **own)))
        | Q(Exists(Concern.objects.filter(source=OuterRef("pk"), **own)))
        | Q(Exists(Concern.objects.filter(answer_source=OuterRef("pk"), **own)))
        | Q(Exists(Benefit.objects.filter(source=OuterRef("pk"), **own)))
        | Q(
            Exists(
                Update.objects.filter(
                    source=OuterRef("pk"), promise__announcement__in=announcements
                )
            )
        )
    )


def _published() -> Rows:
    return Announcement.objects.published().order_by().values("pk")


def _sources(rows: Rows, selection: Selection) -> Rows:
    # What published announcements cite is public; the rows need not be asked for that again.
    return Source.objects.filter(cited_by(_keys(selection)))


def _load_sources(rows: Rows) -> Rows:
    citations = Citation.objects.filter(announcement__state=Announcement.State.PUBLISHED)
    cited = citations.select_related("announcement").order_by("announcement__slug")
    return rows.select_related("derived_from").prefetch_related(
        Prefetch("citations", cited, to_attr="cited")
    )


def _named(rows: Rows, name: str) -> Rows:
    for word in name.split():
        former = FormerInitiativeName.objects.filter(
            initiative=OuterRef("pk"), name__icontains=word
        )
        rows = rows.filter(Q(name__icontains=word) | Exists(former))
    return rows


ANNOUNCEMENTS = Resource(
    name="announcements",
    singular="announcement",
    schema="Announcement",
    words="Announcements, each with all that hangs on it, and what is computed from that.",
    public=Announcement.objects.published,
    meant=lambda rows, selection: rows.filter(pk__in=_keys(selection)),
    loaded=lambda rows: rows.for_records().prefetch_related("citations__source__derived_from"),
    item=announcement_item,
    key="slug",
    expansions=expansions.OF_ANNOUNCEMENTS,
)

OTHERS = (
    Resource(
        name="companies",
        singular="company",
        schema="Company",
        words="Companies; with filters, those that announced one of the announcements selected, "
        "alone or with others.",
        public=Company.objects.public,
        meant=_companies,
        loaded=lambda rows: rows.prefetch_related("former_names"),
        item=company_item,
        key="slug",
        orders=BY_NAME,
        by_name=lambda rows, name: rows.found_by(name),
    ),
    Resource(
        name="initiatives",
        singular="initiative",
        schema="Initiative",
        words="Initiatives; with filters, those that one of the announcements selected is about.",
        public=Initiative.objects.public,
        meant=_initiatives,
        loaded=lambda rows: rows.select_related("company"),
        item=initiative_item,
        key="slug",
        orders=BY_NAME,
        expansions=expansions.OF_INITIATIVES,
        by_name=_named,
    ),
    Resource(
        name="promises",
        singular="promise",
        schema="Promise",
        words="Promises of the announcements selected; with status or overdue, those promises of "
        "theirs of which these speak.",
        public=Promise.objects.of_published,
        meant=_promises,
        loaded=lambda rows: rows.select_related("announcement", "license").prefetch_related(
            "updates__source",
            "superseded_by__announcement__promises",
            "renews__announcement__promises",
        ),
        item=promise_item,
        expansions=expansions.OF_PROMISES,
    ),
    Resource(
        name="releases",
        singular="release",
        schema="Release",
        words="Releases of the announcements selected; with license or openness, those releases of "
        "theirs that have it.",
        public=Release.objects.of_published,
        meant=_releases,
        loaded=lambda rows: rows.select_related("announcement", "license").prefetch_related(
            "components__license"
        ),
        item=release_item,
        expansions=expansions.OF_RELEASES,
    ),
    Resource(
        name="concerns",
        singular="concern",
        schema="Concern",
        words="Concerns raised about the announcements selected; with concern or concern_status, "
        "those concerns of theirs that have it.",
        public=Concern.objects.of_published,
        meant=_concerns,
        loaded=lambda rows: rows.select_related(
            "announcement", "type", "source", "answer_source"
        ).prefetch_related("further_types"),
        item=concern_item,
        expansions=expansions.OF_CONCERNS,
    ),
    Resource(
        name="licenses",
        singular="license",
        schema="License",
        words="Licenses; with filters, those that the announcements selected name in a promise or "
        "that were found on a release of theirs, or on a part of one.",
        public=License.objects.all,
        meant=_licenses,
        loaded=lambda rows: rows,
        item=license_item,
        key="slug",
        orders=BY_NAME,
    ),
    Resource(
        name="sources",
        singular="source",
        schema="Source",
        words="Pages that published announcements rest on; with filters, those of the announcements "
        "selected.",
        public=lambda: Source.objects.filter(cited_by(_published())),
        meant=_sources,
        loaded=_load_sources,
        item=source_item,
        expansions=expansions.OF_SOURCES,
    ),
)
RESOURCES = (ANNOUNCEMENTS, *OTHERS)
