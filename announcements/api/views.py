"""The answers: each says what it takes and gives, for the description, and how it comes about."""

from abc import abstractmethod
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from announcements import site
from announcements.api import announcement_lists, changes, lists
from announcements.api.lookups import looked_up
from announcements.api.openapi import Described
from announcements.api.operations import (
    FACETS,
    LOOKUP,
    ROOT,
    VOCABULARIES_LIST,
    VOCABULARY,
    Operation,
    detail_operation,
    list_operation,
)
from announcements.api.questions import Question
from announcements.api.resources import ANNOUNCEMENTS, RESOURCES, Resource
from announcements.api.terms import VOCABULARIES
from announcements.api.throttling import ClientThrottle, tell_rate
from announcements.records import Record

METHODS = "GET, HEAD, OPTIONS"
HOUR = 60 * 60


class Door(APIView):
    """What all of them share: they answer questions, and take nothing."""

    operation: Operation
    # Named here and not in the settings, which the framework reads while it is still being loaded.
    throttle_classes = (ClientThrottle,)
    schema: Any = Described()

    @abstractmethod
    def answer(self, question: Question, **path: Any) -> Record:
        """The body of the answer; raises Refused, StartOver or Http404."""

    def get(self, request: Request, **path: Any) -> HttpResponseBase:
        body = self.answer(self.question(request), **path)
        response = Response(body)
        if following := body.get("next"):
            response["Link"] = f'<{following}>; rel="next"'
        return response

    def question(self, request: Request) -> Question:
        return Question(request.path, request.query_params, request.build_absolute_uri)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        return HttpResponse(status=204, headers={"Allow": METHODS})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        finished = super().finalize_response(request, response, *args, **kwargs)
        tell_rate(self, finished)
        return finished


class Root(Door):
    """What there is, with its addresses."""

    operation = ROOT

    def answer(self, question: Question, **path: Any) -> Record:
        question.allow(())

        def at(name: str, **kwargs: Any) -> str:
            return question.absolute(reverse(f"announcements:{name}", kwargs=kwargs))

        return {
            "title": site.NAME,
            "version": lists.version_text(),
            "schema": at("api_schema"),
            "docs": at("api_docs"),
            "data": at("data"),
            "license": site.DATA_LICENSE,
            "lists": [
                {"name": row.name, "words": row.words, "url": at(f"api_{row.name}")}
                for row in RESOURCES
            ]
            + [
                {
                    "name": "vocabularies",
                    "words": VOCABULARIES_LIST.description,
                    "url": at("api_vocabularies"),
                }
            ],
            "others": [
                {"name": "facets", "words": FACETS.summary, "url": at("api_facets")},
                {
                    "name": "lookup",
                    "words": LOOKUP.summary,
                    "url": at("api_lookup") + "?url={url}",
                },
            ],
        }

    def get(self, request: Request, **path: Any) -> HttpResponseBase:
        response = super().get(request, **path)
        question = self.question(request)
        response["Link"] = ", ".join(
            f'<{question.absolute(reverse(f"announcements:{name}"))}>; rel="{relation}"'
            for name, relation in (("api_schema", "service-desc"), ("api_docs", "service-doc"))
        )
        return response


class List(Door):
    """A list of one kind of thing."""

    resource: Resource = ANNOUNCEMENTS

    @property
    def operation(self) -> Operation:  # type: ignore[override]
        return list_operation(self.resource)

    def answer(self, question: Question, **path: Any) -> Record:
        if self.resource is not ANNOUNCEMENTS:
            return lists.listed(self.resource, question).body
        # Empty, it is refused: a copy that lost its version would never be told what is gone.
        if "changed_since" in question.params:
            return changes.changed(question).body
        return announcement_lists.listed_announcements(question).body


class Detail(Door):
    """One thing."""

    resource: Resource = ANNOUNCEMENTS

    @property
    def operation(self) -> Operation:  # type: ignore[override]
        return detail_operation(self.resource)

    def answer(self, question: Question, **path: Any) -> Record:
        item = lists.one(self.resource, path["key"], question)
        if item is None:
            raise Http404(
                f"There is no {self.resource.singular} with this id, or readers do not see it."
            )
        return item

    def get(self, request: Request, **path: Any) -> HttpResponseBase:
        try:
            return super().get(request, **path)
        except Http404:
            if (slug := self._moved_to(path["key"])) is None:
                raise
        address = reverse(f"announcements:api_{self.resource.singular}", args=[slug])
        query = request.META["QUERY_STRING"]
        response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        patch_cache_control(response, public=True, max_age=HOUR)
        return response

    def _moved_to(self, key: Any) -> str | None:
        """The slug that a thing has now which had this one before."""
        if self.resource.key != "slug":
            return None
        rows = self.resource.public().filter(former_addresses__slug=key)
        slug: str | None = rows.values_list("slug", flat=True).first()
        return slug


class Facets(Door):
    operation = FACETS

    def answer(self, question: Question, **path: Any) -> Record:
        return announcement_lists.facets(question)


class Lookup(Door):
    operation = LOOKUP

    def answer(self, question: Question, **path: Any) -> Record:
        return looked_up(question)


class Vocabularies(Door):
    operation = VOCABULARIES_LIST

    def answer(self, question: Question, **path: Any) -> Record:
        question.allow(())
        return {
            "version": lists.version_text(),
            "count": len(VOCABULARIES),
            "next": None,
            "results": [
                {
                    "id": name,
                    "title": row.title,
                    "words": row.words,
                    "parameter": row.parameter,
                    "api_url": _vocabulary_address(question, name),
                }
                for name, row in VOCABULARIES.items()
            ],
        }


class Vocabulary(Door):
    operation = VOCABULARY

    def answer(self, question: Question, **path: Any) -> Record:
        question.allow(())
        name = path["key"]
        if name not in VOCABULARIES:
            raise Http404(f"There is no such vocabulary. Allowed: {', '.join(VOCABULARIES)}.")
        row = VOCABULARIES[name]
        return {
            "id": name,
            "title": row.title,
            "words": row.words,
            "parameter": row.parameter,
            "terms": row.terms(),
            "api_url": _vocabulary_address(question, name),
        }


def _vocabulary_address(question: Question, name: str) -> str:
    return question.absolute(reverse("announcements:api_vocabulary", args=[name]))


class Nothing(Door):
    """Every other address below: it says where to begin."""

    schema = None

    def answer(self, question: Question, **path: Any) -> Record:
        root = question.absolute(reverse("announcements:api_root"))
        raise Http404(f"There is nothing at this address. Begin at {root}.")
