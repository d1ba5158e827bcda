"""Imports: a file is given, checked, looked at, carried out, and undone with one click."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from announcements.admin.porting import may_import
from announcements.forms.importing import FileForm, LicenseQuestions
from announcements.imports import NotUndone, undo
from announcements.imports.batches import apply, begin, check
from announcements.imports.outcomes import change_of
from announcements.models import Announcement, Company, ImportBatch

CHANGES_A_PAGE = 25
MOST_NAMED = 20


@admin.register(ImportBatch)
class ImportBatchAdmin(admin.ModelAdmin):
    list_display = ("file_name", "standing", "created", "updated", "uploaded_by", "uploaded_at")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("file_name",)
    actions = None

    # Who may

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_import(request.user) or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_import(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that was carried out stays: it is what can be undone, and what says who imported what."""
        return may_import(request.user) and not (obj and obj.applied_at)

    # The list

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content", "report", "traces", "answers")

    @admin.display(description="state")
    def standing(self, batch: ImportBatch) -> str:
        return batch.state

    # Giving a file

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            batch = begin(file.name, file.read(), request.user)
            return HttpResponseRedirect(_page_of(batch))
        context = {**self._context(request), "title": "Import", "form": form}
        return TemplateResponse(request, "admin/announcements/importbatch/add.html", context)

    # One import

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        batch = ImportBatch.objects.select_related("uploaded_by", "undone_by")
        try:
            found = batch.get(pk=object_id)
        except (ImportBatch.DoesNotExist, ValueError, OverflowError) as error:
            raise Http404 from error
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        form = LicenseQuestions(found.report.get("questions", []))
        if request.method == "POST":
            if not may_import(request.user):
                raise PermissionDenied
            return self._act(request, found)
        return self._batch_page(request, found, form)

    def _act(self, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
        if "_undo" in request.POST:
            self._undo(request, batch)
        elif batch.applied_at:
            words = "It was carried out already. Nothing was imported a second time."
            self.message_user(request, words, messages.INFO)
        elif "_ask_again" in request.POST:
            batch.answers = {}
            check(batch)
        else:
            form = LicenseQuestions(batch.report.get("questions", []), request.POST)
            if not form.is_valid():
                return self._batch_page(request, batch, form)
            if answers := form.answers():
                batch.answers |= answers
            self._check_or_apply(request, batch)
        return HttpResponseRedirect(_page_of(batch))

    def _check_or_apply(self, request: HttpRequest, batch: ImportBatch) -> None:
        if "_apply" not in request.POST or batch.report.get("questions"):
            check(batch)
            if "_apply" in request.POST and not batch.report["questions"]:
                words = "Not imported yet: look once more, now with the licenses you chose."
                self.message_user(request, words, messages.INFO)
            return
        if apply(batch):
            self._log(request, batch)
            words = f"Imported: {batch.created} new, {batch.updated} changed."
            self.message_user(request, words, messages.SUCCESS)
        else:
            words = (
                "Nothing was imported: the records are no longer as they were shown. Look again."
            )
            self.message_user(request, words, messages.ERROR)

    def _log(self, request: HttpRequest, batch: ImportBatch) -> None:
        self.log_addition(
            request, batch, f"Imported: {batch.created} new, {batch.updated} changed."
        )
        for noun, model in (("announcement", Announcement), ("company", Company)):
            for flag, is_new in ((ADDITION, True), (CHANGE, False)):
                keys = batch.records.filter(noun=noun, before__isnull=is_new).values("key")
                if keys.exists():
                    LogEntry.objects.log_actions(
                        request.user.pk or 0,
                        model._default_manager.filter(pk__in=keys),
                        flag,
                        f"Imported from {batch.file_name}.",
                    )

    def _undo(self, request: HttpRequest, batch: ImportBatch) -> None:
        try:
            undo(batch.pk, request.user)
        except NotUndone as error:
            named = "; ".join(error.names[:MOST_NAMED])
            more = len(error.names) - MOST_NAMED
            words = f"{error} {named}{f' and {more} more' if more > 0 else ''}".strip()
            self.message_user(request, words, messages.ERROR)
        else:
            self.log_change(request, batch, "Undone.")
            words = f"Undone: {batch.created} removed, {batch.updated} as before."
            self.message_user(request, words, messages.SUCCESS)

    def _batch_page(self, request: HttpRequest, batch: ImportBatch, form: Any) -> HttpResponse:
        report = batch.report
        rows = batch.records.order_by("pk") if batch.applied_at else report.get("changes", [])
        page = Paginator(rows, CHANGES_A_PAGE).get_page(request.GET.get("page"))
        changes = [change_of(row) for row in page] if batch.applied_at else list(page)
        context = {
            **self._context(request),
            "title": f"Import of {batch.file_name}",
            "batch": batch,
            "report": report,
            "form": form,
            "page": page,
            "changes": changes,
            "may_import": may_import(request.user),
            "may_delete": self.has_delete_permission(request, batch),
        }
        return TemplateResponse(request, "admin/announcements/importbatch/page.html", context)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}


def _page_of(batch: ImportBatch) -> str:
    return reverse("admin:announcements_importbatch_change", args=[batch.pk])
