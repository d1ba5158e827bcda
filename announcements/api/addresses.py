"""What is where below ``/api/v1/``: every answer may be kept, and is asked for again each time."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from announcements.api.documentation import Description, documentation
from announcements.api.resources import RESOURCES, Resource
from announcements.api.views import (
    Detail,
    Door,
    Facets,
    List,
    Lookup,
    Root,
    Vocabularies,
    Vocabulary,
)
from announcements.freshness import asked_again

BASE = "api/v1/"


def _door(route: str, view: type[Door], name: str, **settings: Any) -> URLPattern:
    answer: Callable[..., Any] = view.as_view(**settings)
    return path(f"{BASE}{route}", asked_again(answer), name=f"api_{name}")


def _of(resource: Resource) -> list[URLPattern]:
    key = "<int:key>" if resource.key == "pk" else "<str:key>"
    return [
        _door(f"{resource.name}/", List, resource.name, resource=resource),
        _door(f"{resource.name}/{key}/", Detail, resource.singular, resource=resource),
    ]


urlpatterns = [
    _door("", Root, "root"),
    # Before the announcements, whose ids could be these words.
    _door("announcements/facets/", Facets, "facets"),
    *[pattern for resource in RESOURCES for pattern in _of(resource)],
    _door("vocabularies/", Vocabularies, "vocabularies"),
    _door("vocabularies/<str:key>/", Vocabulary, "vocabulary"),
    _door("lookup/", Lookup, "lookup"),
    _door("schema/", Description, "schema"),
    path(f"{BASE}docs/", documentation, name="api_docs"),
]
