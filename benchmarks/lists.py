"""The questions of the benchmark, each as a page and as the same page from memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django_htmx.middleware import HtmxDetails

from announcements.filters import Selection
from announcements.imports.vocabulary_rows import load_vocabularies
from announcements.models import Announcement
from announcements.views.announcements import list_context
from benchmarks.records import Maker

HOST = "localhost"
TEMPLATE = "announcements/announcement_list.html"

contexts: dict[str, dict[str, Any]] = {}


def from_memory(request: HttpRequest) -> HttpResponse:
    return render(request, TEMPLATE, contexts[request.GET.urlencode()])


urlpatterns = [
    path("announcements/", from_memory),
    path("", include("announcements.urls")),
]
"""The site, but for the list: it renders what was gathered before."""


@dataclass(frozen=True)
class Question:
    name: str
    matches: int
    queries: int
    page: Callable[[], object]
    in_memory: Callable[[], object]


def fill(size: int) -> int:
    """Make so many announcements in an empty database; returns how many there are."""
    if not Announcement.objects.exists():
        load_vocabularies()
        Maker(size).make()
    return Announcement.objects.count()


def queries() -> dict[str, str]:
    words = Announcement.objects.order_by("pk")[0].title.lower().split()
    last = -(-Selection(QueryDict("")).total // 25)
    types = Selection(QueryDict("")).postings.by_count["concern"]
    return {
        "no filter": "",
        "a large company": "company=company-1",
        "a common concern": f"concern={types[0].slug}",
        "a rare concern, some years": f"concern={types[-1].slug}&after=2019&before=2022",
        "two words": f"q={words[0]}+{words[1]}",
        "the last page": f"page={last}",
    }


def questions() -> Iterator[Question]:
    site = WSGIHandler()
    for name, query in queries().items():
        contexts[QueryDict(query).urlencode()] = list_context(_request(query))
        page = _asking(site, query)
        with CaptureQueriesContext(connection) as captured:
            answer = page()
        memory = _asking(site, query, __name__)
        assert answer.content == memory().content, f"{name}: not the same page"
        yield Question(name, Selection(QueryDict(query)).total, len(captured), page, memory)


def _request(query: str) -> Any:
    request: Any = RequestFactory(SERVER_NAME=HOST).get(f"/announcements/?{query}")
    request.htmx = HtmxDetails(request)
    return request


def _asking(site: WSGIHandler, query: str, urlconf: str = "tracker.urls") -> Callable[[], Any]:
    def ask() -> Any:
        request = _request(query)
        request.urlconf = urlconf
        answer = site.get_response(request)
        assert answer.status_code == 200, answer.status_code
        return answer

    return ask
