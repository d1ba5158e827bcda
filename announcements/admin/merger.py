"""Merges: what went into what, who said so, and taking it back."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from announcements.admin.mergeable import may_merge
from announcements.forms.refusals import REFUSALS, sentence
from announcements.mergers import obstacles, undo
from announcements.mergers.journal import model_of
from announcements.models import Merger

DONE = {
    "move": "moved over",
    "relink": "linked instead",
    "drop": "joined with what was there",
    "add": "added",
    "change": "changed",
}


@admin.register(Merger)
class MergerAdmin(admin.ModelAdmin):
    """A list to read; the one thing to do here is to undo a merge."""

    list_display = ("__str__", "kind", "merged_at", "merged_by", "undone_at")
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("merged_by", "undone_by")
    list_per_page = 50
    search_fields = ("kept_name", "absorbed_name")
    show_full_result_count = False
    change_form_template = "admin/announcements/merger/change_form.html"
    fields = (
        "kept",
        "absorbed_name",
        "kind",
        "merged_at",
        "merged_by",
        "undone_at",
        "undone_by",
        "what_was_done",
    )
    readonly_fields = ("kept", "what_was_done")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("announcements.view_merger"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.undo_view)
        name = "announcements_merger_undo"
        return [path("<int:key>/undo/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        merger = context["original"]
        context["obstacles"] = [] if merger.undone_at else obstacles(merger)
        if may_merge(request, merger.kind) and not merger.undone_at and not context["obstacles"]:
            context["undo_address"] = reverse("admin:announcements_merger_undo", args=[merger.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def undo_view(self, request: HttpRequest, key: int) -> HttpResponse:
        merger = self.get_object(request, str(key))
        if not (may_merge(request, merger.kind) if merger else self.has_view_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if merger is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))  # type: ignore[attr-defined]
        try:
            undo(merger, by=request.user)
        except REFUSALS as error:
            self.message_user(request, f"Nothing was undone. {sentence(error)}", messages.ERROR)
        else:
            kept = merger.model.objects.get(pk=merger.kept_key)
            self.log_change(
                request, kept, f"Undid that “{merger.absorbed_name}” was merged into it."
            )
            words = f"Undone: “{merger.absorbed_name}” is a record of its own again."
            self.message_user(request, words, messages.SUCCESS)
        page = reverse("admin:announcements_merger_change", args=[merger.pk])
        return HttpResponseRedirect(page)

    @admin.display(description="kept")
    def kept(self, merger: Merger) -> str:
        name = f"admin:announcements_{merger.kind}_change"
        return format_html(
            '<a href="{}">{}</a>', reverse(name, args=[merger.kept_key]), merger.kept_name
        )

    @admin.display(description="what was done")
    def what_was_done(self, merger: Merger) -> str:
        done: Counter[tuple[str, str]] = Counter()
        for step in merger.steps:
            if (
                step["do"] == "drop"
                and step["row"].get("id") == merger.absorbed_key
                and (step["model"] == merger.kind)
            ):
                continue
            rows = len(step.get("keys") or step.get("moved", [0]) + step.get("shared", []))
            noun = model_of(step)._meta
            words = "announcements" if step["do"] == "relink" else str(noun.verbose_name_plural)
            done[words, DONE[step["do"]]] += rows
        lines = ((words, number, what) for (words, what), number in done.items())
        return format_html(
            '<ul class="done">{}</ul>', format_html_join("", "<li>{}: {} {}</li>", lines)
        )
