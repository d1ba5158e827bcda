"""Pictures of pages for places that show links: drawn from an announcement's facts, 1200 by 630."""

from announcements.previews.facts import Preview, preview
from announcements.previews.pictures import HEIGHT, WIDTH, picture, picture_of_the_site

__all__ = ["HEIGHT", "WIDTH", "Preview", "picture", "picture_of_the_site", "preview"]
