"""Feeds as Atom (RFC 4287)."""

from typing import Any

from django.utils.feedgenerator import Atom1Feed

from announcements import site
from announcements.feeds.items import Feed, Item

MEDIA_TYPE = "application/atom+xml"
LANGUAGE = "en-US"


class _Writer(Atom1Feed):
    """Django's writer, with summaries as text, contents as HTML, and categories that say what they are of."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": site.DATA_LICENSE})

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        told: Item = item["told"]
        if told.summary:
            handler.addQuickElement("summary", told.summary, {"type": "text"})
        handler.addQuickElement("content", told.content, {"type": "html"})
        for tag in told.tags:
            attributes = {"scheme": tag.scheme, "term": tag.term, "label": tag.words}
            handler.addQuickElement("category", "", attributes)


def written(feed: Feed) -> str:
    writer = _Writer(
        title=feed.title,
        link=feed.page,
        description=None,
        language=LANGUAGE,
        author_name=site.NAME,
        author_link=feed.site,
        subtitle=feed.subtitle,
        feed_url=feed.address,
        feed_guid=feed.address,
        feed_copyright=site.DATA_RIGHTS,
        updated=feed.updated,
    )
    for item in feed.items:
        writer.add_item(
            title=item.title,
            link=item.address,
            # Django takes a description for HTML; without one it leaves the summary to us.
            description=None,  # type: ignore[arg-type]
            unique_id=item.id.urn,
            pubdate=item.published,
            updateddate=item.updated,
            author_name=site.NAME,
            author_link=feed.site,
            told=item,
        )
    return str(writer.writeString("utf-8"))
