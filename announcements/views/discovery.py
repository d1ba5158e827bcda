"""What programs look for at a site: which pages it has, and how it is searched."""

from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from announcements import site
from announcements.freshness import asked_again
from announcements.methods import for_reading
from announcements.shapes import SHAPES
from announcements.sitemaps import SECTIONS


@for_reading
@asked_again
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Where the lists of public pages are, and when the pages of each changed last."""
    return _undated(sitemaps.index(request, SECTIONS, sitemap_url_name="announcements:sitemap"))


@for_reading
@asked_again
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """The public pages of one kind, 50,000 at a time, as ``?p=`` counts them."""
    return _undated(sitemaps.sitemap(request, SECTIONS, section))


def _undated(response: HttpResponse) -> HttpResponse:
    """Without Last-Modified: a page that is gone does not raise it, and a copy would be held for fresh."""
    del response["Last-Modified"]
    return response


@for_reading
@asked_again
def opensearch(request: HttpRequest) -> HttpResponse:
    """How to search here, for browsers and programs, by OpenSearch 1.1."""
    absolute = request.build_absolute_uri
    feeds = [shape for shape in SHAPES if shape.kind == "feed"]
    context = {
        "site": site,
        "self": absolute(request.path),
        "list": absolute(reverse("announcements:announcement_list")),
        "feeds": [
            (shape.media_type, absolute(reverse(f"announcements:{shape.name}"))) for shape in feeds
        ],
    }
    return render(
        request,
        "announcements/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml",
    )
