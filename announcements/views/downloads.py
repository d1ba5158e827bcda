"""The files of the whole data that lie ready."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag

from announcements.exports.downloads import KINDS, Download, latest
from announcements.freshness import condition
from announcements.methods import for_reading
from announcements.problems import problem

NONE_YET = "This file was not written yet. The live files hold the same: /announcements.ndjson, /announcements.zip."


@for_reading
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The latest file of this name, whose entity tag is its checksum; a problem that says why if there is none."""
    answer = _answer(request, name)
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _answer(request: HttpRequest, name: str) -> HttpResponseBase:
    if name not in KINDS:
        return problem(404, f"There is no download of this name. There are: {', '.join(KINDS)}.")
    found = latest()
    file = found.named(name) if found else None
    if file is None or not file.path.is_file():
        return problem(404, NONE_YET)
    tag = quote_etag(file.sha256)
    answer = condition(request, tag) or _sent(request, file)
    if answer.status_code in (200, 304):
        answer.headers["ETag"] = tag
    return answer


def _sent(request: HttpRequest, file: Download) -> HttpResponseBase:
    try:
        # Open for as long as it is sent: a newer file takes its name, not its content.
        answer: HttpResponseBase = (
            HttpResponse()
            if request.method == "HEAD"
            else FileResponse(file.path.open("rb"), as_attachment=True, filename=file.name)
        )
    except FileNotFoundError:
        return problem(404, NONE_YET)
    answer.headers["Content-Type"] = file.kind.media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer.headers["Content-Length"] = str(file.size)
    return answer
