"""Paste an address, know at once: whether it is a source already, who cites it, and where it can go."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from announcements.admin.citing import cite
from announcements.admin.ownership import changeable_by
from announcements.forms.pasting import PasteForm
from announcements.forms.refusals import REFUSALS, sentence
from announcements.forms.sources import recorded
from announcements.models import Announcement, Citation, Source

MOST_CITING = 50
MOST_FOUND = 10
MOST_NEAR = 5


class PasteDoor(admin.ModelAdmin):
    """The page behind the box, beside the other pages of the announcements."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paste_view)
        return [path("paste/", view, name="announcements_announcement_paste"), *super().get_urls()]

    def paste_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        form = PasteForm(sent if "url" in sent else None)
        if not form.is_valid():
            return self._paste_page(request, form)
        if request.method == "POST":
            return self._attach(request, form)
        return self._paste_page(request, form, **self._known(request, form))

    def _paste_page(self, request: HttpRequest, form: PasteForm, **known: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Paste an address",
            "opts": self.opts,
            "form": form,
            "may_add": self.has_add_permission(request),
            **known,
        }
        return TemplateResponse(request, "admin/announcements/announcement/paste.html", context)

    def _known(self, request: HttpRequest, form: PasteForm) -> dict[str, Any]:
        """What the page shows of an address, in a number of queries that does not grow."""
        source = form.source
        rows = self.get_queryset(request).select_related("company")
        citing = rows.filter(citations__source=source) if source else rows.none()
        return {
            "source": source,
            "address": form.address,
            "citing": citing[:MOST_CITING],
            "near": [] if source else Source.objects.near(form.address)[:MOST_NEAR],
            "may_attach": may_attach(self, request, source),
            **self._found(request, rows.exclude(pk__in=citing.values("pk"))),
        }

    def _found(self, request: HttpRequest, rows: Any) -> dict[str, Any]:
        """The announcements it can be attached to: those searched for, else those last worked on."""
        words = request.GET.get("q", "").strip()
        mine = changeable_by(request.user, rows)
        found, _ = self.get_search_results(request, mine, words)
        ordered = found.distinct().order_by("-modified_at", "-pk")
        return {"words": words, "found": ordered[:MOST_FOUND], "most_found": MOST_FOUND}

    def _attach(self, request: HttpRequest, form: PasteForm) -> HttpResponse:
        announcement = self.get_object(request, request.POST.get("announcement", ""))
        if announcement is None:
            words = "Nothing was attached: there is no such announcement any more. Choose another."
            self.message_user(request, words, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        if not (
            self.has_change_permission(request, announcement)
            and may_attach(self, request, form.source)
        ):
            raise PermissionDenied
        try:
            is_new = self._cite(request, announcement, form)
        except REFUSALS as error:
            self.message_user(request, f"Nothing was attached. {sentence(error)}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        if is_new:
            words = "Attached, at the end of the sources. Say below what it is evidence of."
            self.message_user(request, words, messages.SUCCESS)
        else:
            self.message_user(request, "It is in the list of sources already.", messages.INFO)
        page = reverse("admin:announcements_announcement_change", args=[announcement.pk])
        return HttpResponseRedirect(f"{page}#citations-group")

    def _cite(self, request: HttpRequest, announcement: Announcement, form: PasteForm) -> bool:
        """Attach the address, recorded or not; returns whether the announcement lacked it."""
        with transaction.atomic():
            source = recorded(form.source or form.address)
            is_new = cite(announcement, source)
            if is_new:
                added = {"name": "source", "object": str(source)}
                self.log_change(request, announcement, [{"added": added}])
        return is_new


def may_attach(owner: Any, request: HttpRequest, source: Source | None) -> bool:
    """Whether somebody may put this source, or one that is not recorded yet, into a list of sources."""
    needed = [Citation] if source else [Citation, Source]
    names = [f"{model._meta.app_label}.add_{model._meta.model_name}" for model in needed]
    return bool(owner.has_change_permission(request) and request.user.has_perms(names))
