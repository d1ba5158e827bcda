"""Feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from announcements import site
from announcements.feeds.atom import LANGUAGE
from announcements.feeds.items import Feed, Item

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> str:
    authors = [{"name": site.NAME, "url": feed.site}]
    members = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.subtitle,
        "language": LANGUAGE,
        "authors": authors,
        # What begins with a low line is a publisher's own.
        "_tracker": {"updated": feed.updated.isoformat(), "license": site.DATA_LICENSE},
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(members, ensure_ascii=False)


def _item(item: Item) -> dict[str, Any]:
    members: dict[str, Any] = {
        "id": item.id.urn,
        "url": item.address,
        "title": item.title,
        "content_html": item.content,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "tags": [tag.words for tag in item.tags],
        "_tracker": {"happened_on": item.happened_on} if item.happened_on else {},
    }
    return {name: value for name, value in members.items() if value}
