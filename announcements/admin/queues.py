"""Queues in the admin: a page for each, and a bar in the form that leads from one record to the next."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from announcements.queues import QUEUES, Asking, Queue, asked_by

PER_PAGE = 50
QUEUE, PLACE = "queue", "place"
"""Names in the address of a form: the queue it was opened from, and the record's place in it."""


def page_of(queue: Queue) -> str:
    return reverse("admin:announcements_announcement_queue", args=[queue.slug])


def form_of(queue: Queue, row: Any) -> str:
    """The address of a record's form, opened from a queue."""
    opts = queue.model._meta
    form = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
    return f"{form}?{urlencode({QUEUE: queue.slug, PLACE: queue.place_of(row)})}"


class QueueDoor(admin.ModelAdmin):
    """The pages of the queues, beside the other pages of the announcements."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.queue_view)
        name = "announcements_announcement_queue"
        return [path("queues/<slug:slug>/", view, name=name), *super().get_urls()]

    def queue_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        queue = QUEUES.get(slug)
        if queue is None:
            raise Http404(f"No queue is called “{slug}”. There are: {', '.join(QUEUES)}.")
        if not queue.is_for(request.user):
            raise PermissionDenied
        asking = asked_by(request.user)
        pages = Paginator(queue.waiting(asking), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": queue.name,
            "opts": self.opts,
            "queue": queue,
            "noun": str(queue.model._meta.verbose_name).capitalize(),
            "page": page,
            "numbers": pages.get_elided_page_range(page.number),
            "rows": [(row, form_of(queue, row), queue.why(row, asking)) for row in page],
        }
        return TemplateResponse(request, "admin/announcements/queue.html", context)


class StepsThroughQueues(admin.ModelAdmin):
    """A form that was opened from a queue goes on to the next record when it is saved."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if context.get("original") and (queue := self._queue(request)):
            asking = asked_by(request.user)
            context["queue"] = queue
            context["queue_page"] = page_of(queue)
            context["waiting"] = queue.waiting(asking).count()
            context["after"] = self._next(request, queue, asking)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        queue = self._queue(request)
        stays = "_continue" in request.POST or "_addanother" in request.POST
        if queue is None or stays or response.status_code != 302:
            return response
        if after := self._next(request, queue, asked_by(request.user)):
            return HttpResponseRedirect(after)
        messages.info(request, "That was the last of this queue.")
        return HttpResponseRedirect(page_of(queue))

    def _queue(self, request: HttpRequest) -> Queue | None:
        queue = QUEUES.get(request.GET.get(QUEUE, ""))
        if queue and queue.model is self.model and queue.is_for(request.user):
            return queue
        return None

    def _next(self, request: HttpRequest, queue: Queue, asking: Asking) -> str | None:
        """The form of the record that comes after the one on the page."""
        row = queue.first(asking, queue.place(request.GET.get(PLACE, "")))
        return form_of(queue, row) if row else None
