"""Any selection of announcements as a file."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from announcements.exports.selections import FILE_FORMS, FileForm, Taken, taken
from announcements.filters import DATES, Chosen, Selection
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.problems import not_understood, problem

LONGEST_NAME = 100


@for_reading
@asked_again
def announcement_file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """The whole selection of the query string as one file; a problem if it cannot be understood."""
    selection, form = Selection(request.GET), FILE_FORMS[suffix]
    if not selection.is_valid:
        return not_understood(selection.errors)
    if form.most is not None and selection.total > form.most:
        return problem(
            400,
            f"{selection.total} announcements do not fit into this form, which holds {form.most}. "
            "Take fewer, or take CSV.",
        )
    return StreamingHttpResponse(
        () if request.method == "HEAD" else form.write(_what(request, selection)),
        content_type=form.media_type,
        headers={"Content-Disposition": content_disposition_header(True, _name(selection, form))},
    )


def _what(request: HttpRequest, selection: Selection) -> Taken:
    pages = request.build_absolute_uri(reverse("announcements:announcement_list"))
    return taken(selection.keys, selection.today, pages)


def _name(selection: Selection, form: FileForm) -> str:
    """A name that tells what was asked for and when: announcements-meta-misuse-2026-11-28.csv."""
    asked = "-".join(["announcements", *map(_part, selection.chosen)])
    return f"{asked[:LONGEST_NAME].strip('-')}-{selection.today}.{form.suffix}"


def _part(chosen: Chosen) -> str:
    """What a name says of one value: of a date also on which side of it, of yes or no to what."""
    if chosen.name == "overdue":
        return slugify(chosen.words)
    return slugify(f"{chosen.label} {chosen.value}" if chosen.name in DATES else chosen.value)
