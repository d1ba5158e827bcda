"""Every address that a stranger can open, and rows that give each of them something to show.

``fill()`` makes one published announcement with all that can hang on one, and a draft of the same
company that says SECRET everywhere; tests that must hold for the whole site run over PUBLIC_ADDRESSES.
"""

from typing import Any

from announcements.history import because
from announcements.models import Announcement
from tests import make

SECRET = "Xylophagous"
"""A word of the draft's, and of nothing else."""
DRAFT_ADDRESS = "/announcements/draft/"
KEY = 7001
"""Of the promise, the release, the concern and the source that have addresses of their own."""

PUBLIC_ADDRESSES = [
    "/",
    "/announcements/",
    "/announcements.csv",
    "/announcements.json",
    "/announcements.ndjson",
    "/announcements.xlsx",
    "/announcements.zip",
    "/announcements.atom",
    "/announcements.feed.json",
    "/announcements.ics",
    "/updates.atom",
    "/updates.feed.json",
    "/announcements/filters/company/",
    "/announcements/public/",
    "/announcements/public/corrections/",
    "/announcements/public/badge.svg",
    "/announcements/public/citation.bib",
    "/announcements/public/citation.json",
    "/announcements/public/embed/",
    "/announcements/public/preview.png",
    "/announcements/public/promises/1/badge.svg",
    "/announcements/public/story.atom",
    "/announcements/public/story.feed.json",
    "/announcements/public/suggest/",
    "/calendar/",
    "/companies/",
    "/companies/acme/",
    "/companies/compare/",
    "/companies/compare/?company=acme&company=bolt",
    "/initiatives/",
    "/initiatives/opener/",
    "/concerns/",
    "/concerns/misuse/",
    "/licenses/",
    "/licenses/apache-2.0/",
    "/data/",
    "/data/examples/",
    "/data/record.schema.json",
    "/about/",
    "/suggest/",
    "/suggest/thanks/",
    "/oembed/?url=http%3A%2F%2Ftestserver%2Fannouncements%2Fpublic%2F",
    "/opensearch.xml",
    "/preview.png",
    "/sitemap.xml",
    "/sitemap-announcements.xml",
    "/sitemap-companies.xml",
    "/api/v1/",
    "/api/v1/announcements/",
    "/api/v1/announcements/facets/",
    "/api/v1/announcements/public/",
    "/api/v1/companies/",
    "/api/v1/companies/acme/",
    "/api/v1/initiatives/",
    "/api/v1/initiatives/opener/",
    "/api/v1/promises/",
    "/api/v1/promises/7001/",
    "/api/v1/releases/",
    "/api/v1/releases/7001/",
    "/api/v1/concerns/",
    "/api/v1/concerns/7001/",
    "/api/v1/licenses/",
    "/api/v1/licenses/apache-2.0/",
    "/api/v1/sources/",
    "/api/v1/sources/7001/",
    "/api/v1/vocabularies/",
    "/api/v1/vocabularies/statuses/",
    "/api/v1/lookup/?url=https://example.org/anvil",
    "/api/v1/schema/",
    "/api/v1/docs/",
]
WRITTEN = ["/data/downloads/announcements.ndjson"]
"""Addresses of files that a command writes: tests/test_downloads.py."""
FORMS = [address for address in PUBLIC_ADDRESSES if address.endswith("/suggest/")]
"""Pages with a form that is sent to them; all others are for reading."""
CARDS = [address for address in PUBLIC_ADDRESSES if address.endswith("/embed/")]
"""Small pages for a frame in other people's; they may be framed, and nothing else may."""
API = [a for a in PUBLIC_ADDRESSES if a.startswith("/api/") and not a.endswith("/docs/")]
"""Answers in JSON."""
PAGES = [a for a in PUBLIC_ADDRESSES if a.endswith("/") and a not in {*CARDS, *API}]


def body(answer: Any) -> bytes:
    """All that an answer holds, be it there already or written while it is read."""
    return b"".join(answer)


def fill() -> Announcement:
    """The rows behind PUBLIC_ADDRESSES; returns the published announcement."""
    acme = make.company("Acme", country="US", description="Makes everything.", founded="1949")
    acme.former_names.create(name="Anvil Works", used_until="1999")
    opener = make.initiative("Opener", company=acme, kind="platform")
    facts = {"company": acme, "initiatives": [opener]}
    hidden = make.draft(**facts, slug="draft", title=SECRET, summary=f"{SECRET} soon.")
    _fill_draft(hidden)
    announcement = make.published(
        **facts,
        slug="public",
        title="Acme opens the Anvil models",
        partners=[make.company("Bolt", country="FR")],
        announced_on="2023-10",
        kind="intent",
        summary="Acme says that it will open its models.",
        note="October 2023 is the source's own word.",
        related=[hidden, make.published(title="Related", company=acme)],
    )
    _fill_promises(announcement, hidden)
    _fill_release(announcement)
    _fill_voices(announcement)
    _correct(announcement, hidden)
    return announcement


def _correct(announcement: Announcement, hidden: Announcement) -> None:
    """Changes that readers saw, and some of a time in which it was a draft again."""
    with because("The report had the wrong month."):
        _save(announcement, announced_on="2023-11")
    announcement.related.remove(hidden)
    announcement.unpublish()
    note = announcement.note
    _save(announcement, note=SECRET)
    announcement.related.add(hidden)
    _save(announcement, note=note, announced_on="2023-10")
    announcement.publish(evidence_later=True)


def _save(announcement: Announcement, **facts: str) -> None:
    for name, value in facts.items():
        setattr(announcement, name, value)
    announcement.save()


def _fill_draft(hidden: Announcement) -> None:
    make.promise(hidden, title=SECRET, due_from="2024-01-01", due_to="2024-01-31")
    release = make.release(hidden, name=SECRET, called="open-source", license="apache-2.0")
    make.component(release, "weights", license="mit", note=SECRET)
    make.concern(hidden, "misuse", title=SECRET, text=SECRET, source=make.source(title=SECRET))
    make.benefit(hidden, text=SECRET)
    make.citation(hidden, source=make.source(title=SECRET, publisher=SECRET))


def _fill_promises(announcement: Announcement, hidden: Announcement) -> None:
    # The first has a key far above the others: it is first by its position alone.
    make.promise(
        announcement,
        pk=KEY,
        title="Anvil weights",
        parts=["weights", "inference_code"],
        license="apache-2.0",
        due_from="2024-01-01",
        due_to="2024-03-31",
        due_words="early next year",
    )
    kept = make.promise(
        announcement,
        title="Anvil code",
        position=1,
        status="delivered",
        story=[("2023-10", "announced"), ("2024-05-08", "delivered")],
        condition="once it is stable",
        terms="narrower",
        due_from="2024-01-01",
        due_to="2024-03-31",
        renews=hidden.promises.get(),
    )
    make.promise(
        announcement, title="Anvil data", position=2, status="superseded", superseded_by=kept
    )
    moved = make.promise(
        announcement, title="Anvil report", position=3, due_from="2024-01-01", due_to="2024-02-01"
    )
    make.update(moved, "delayed", due_from="2099-01-01", due_to="2099-06-30", due_words="later")
    make.update(moved, "withdrawn", text="Taken back.", reason="The page was misread.")


def _fill_release(announcement: Announcement) -> None:
    release = make.release(
        announcement,
        pk=KEY,
        name="Anvil 1",
        called="open-source",
        license="llama-3.1-community",
        released_on="2024-05",
        url="https://example.org/anvil",
        components={"weights": "limited", "training_data": "none", "model_card": "published"},
    )
    make.component(
        release, "inference_code", license="apache-2.0", checked_on="2024-06-01", note="In full."
    )


def _fill_voices(announcement: Announcement) -> None:
    page = make.source(pk=KEY, title="What critics say", archived_url="https://example.org/copy")
    worry = make.concern(
        announcement,
        "misuse",
        pk=KEY,
        title="In anyone's hands",
        source=page,
        raised_on="2023-11",
        status="answered",
        stance="measure-named",
        answer="There will be a form to fill in.",
        answered_on="2023-12-01",
        answer_source=page,
    )
    worry.further_types.add(make.concern_type("privacy"))
    make.concern(announcement, None, title="Nothing like it before", position=1)
    make.benefit(announcement, source=page, support="argued")


def grow(announcement: Announcement, times: int = 4) -> None:
    """More of everything that a page could list: beside this announcement, and on it."""
    acme, opener = announcement.company, announcement.initiatives.get()
    for _ in range(times):
        another = make.published(
            company=acme,
            initiatives=[opener, make.initiative(company=acme)],
            partners=[make.company(country="FR")],
            related=[announcement],
        )
        for parent in (another, announcement):
            _grow(parent)


def _grow(parent: Announcement) -> None:
    old = {"due_from": "2024-01-01", "due_to": "2024-01-31"}
    make.promise(parent, license="apache-2.0", **old)
    make.promise(parent, status="delivered", **old)
    release = make.release(parent, license="mit", called="open-source", components=["weights"])
    make.component(release, "inference_code", license="apache-2.0")
    make.component(release, "training_code", license="mit")
    make.release(parent, components={"weights": "limited", "model_card": "published"})
    worry = make.concern(parent, "misuse", answer="No.", answer_source=make.source())
    worry.further_types.add(make.concern_type("privacy"))
    make.benefit(parent, source=make.source())
    make.citation(parent)
