"""How to cite an announcement's page: as a sentence, for BibTeX, and for programs that read CSL-JSON.

CSL-JSON follows the input data of the Citation Style Language 1.0.2. BibTeX is written for UTF-8.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from announcements import site
from announcements.models import Announcement
from announcements.partial_dates import PartialDate

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "#$%&_"},
}
# An escaped brace would still count as a brace to BibTeX, which reads fields by counting them.

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
"""BibTeX's own names, which each style writes in its way."""


@dataclass(frozen=True)
class Reference:
    """One version of an announcement's page, as others name it."""

    key: str
    title: str
    companies: list[str]
    announced: str
    summary: str
    version: date
    """The day on which the page was last changed."""
    accessed: date
    address: str

    @property
    def plain(self) -> str:
        """As a sentence of a list of references."""
        return (
            f"{site.NAME} ({self.version.year}). “{self.title}” "
            f"({', '.join(self.companies)}; {self.announced}). "
            f"Version of {_words(self.version)}. {self.address} (accessed {_words(self.accessed)})."
        )

    @property
    def bibtex(self) -> str:
        """As an entry of a .bib file."""
        about = f"{', '.join(self.companies)}; {self.announced}. Version of {_words(self.version)}"
        return "\n".join(
            [
                f"@misc{{{self.key},",
                f"  author = {{{{{bibtex_text(site.NAME)}}}}},",
                f"  title = {{{{{bibtex_text(self.title)}}}}},",
                f"  year = {{{self.version.year}}},",
                f"  month = {MONTHS[self.version.month - 1]},",
                f"  note = {{{bibtex_text(about)}}},",
                f"  url = {{{self.address}}},",
                f"  urldate = {{{self.accessed}}},",
                "}",
                "",
            ]
        )

    @property
    def csl(self) -> dict[str, Any]:
        """As an item of CSL-JSON data."""
        return {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": site.NAME}],
            "container-title": site.NAME,
            "publisher": site.NAME,
            "abstract": self.summary,
            "note": f"{', '.join(self.companies)}; {self.announced}",
            "issued": _date_parts(self.version),
            "accessed": _date_parts(self.accessed),
            "version": self.version.isoformat(),
            "URL": self.address,
            "language": "en-US",
        }

    @property
    def csl_json(self) -> str:
        """As a file of CSL-JSON: a list of one item."""
        return json.dumps([self.csl], ensure_ascii=False, indent=2) + "\n"


def reference(announcement: Announcement, address: str, today: date) -> Reference:
    """How a published announcement's page at this absolute address is cited on this day."""
    return Reference(
        key=announcement.slug,
        title=announcement.title,
        companies=[announcer.in_full for announcer in announcement.announcers],
        announced=announcement.announced_on.words if announcement.announced_on else "",
        summary=announcement.summary,
        version=timezone.localdate(announcement.last_changed),
        accessed=today,
        address=address,
    )


def bibtex_text(text: str) -> str:
    """Text as a BibTeX field: one line, without a letter that TeX would take for a command."""
    return "".join(SPECIAL.get(letter, letter) for letter in re.sub(r"\s+", " ", text).strip())


def _words(day: date) -> str:
    return PartialDate.of(day).words


def _date_parts(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
