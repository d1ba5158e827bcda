"""Finding words: what was typed, and the announcements and companies that meet it.

Python makes the words, and a database stores and compares them, so that both databases find the same.
"""

from announcements.search.companies import NamedCompany, companies
from announcements.search.index import Found, found, is_incomplete, matching, rebuild, refresh
from announcements.search.marks import mark
from announcements.search.questions import Query, parse

LONGEST_QUERY = 200
"""Characters that the search field takes."""

__all__ = [
    "LONGEST_QUERY",
    "Found",
    "NamedCompany",
    "Query",
    "companies",
    "found",
    "is_incomplete",
    "mark",
    "matching",
    "parse",
    "rebuild",
    "refresh",
]
