"""Data out: any selection of records as a file, in bounded memory."""

from announcements.exports.files import FORMATS, Format, written
from announcements.exports.records import announcements_of, companies_of

__all__ = ["FORMATS", "Format", "announcements_of", "companies_of", "written"]
