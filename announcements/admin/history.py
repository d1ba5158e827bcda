"""What a record was: who changed what, any version brought back, and what was deleted restored."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from announcements.forms.refusals import REFUSALS, sentence
from announcements.history import (
    Story,
    Wording,
    between,
    deletion,
    deletions,
    restore,
    story,
)

PER_PAGE = 20
EPOCH = 1970
NOBODY = "Not in the admin"
"""Who wrote what a command wrote, or somebody whose account is gone."""


class KeptHistory(admin.ModelAdmin):
    """An admin with the story of each record and the records that are gone."""

    @property
    def keeps_history(self) -> bool:
        return hasattr(self.model, "history")

    def get_urls(self) -> list[URLPattern]:
        if not self.keeps_history:
            return super().get_urls()
        name = f"announcements_{self.opts.model_name}"
        guarded = self.admin_site.admin_view
        return [
            path("deleted/", guarded(self.deleted_view), name=f"{name}_deleted"),
            path("<int:key>/restore/", guarded(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.keeps_history:
            return super().history_view(request, object_id, extra_context)
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        told = story(self.model, obj.pk)
        page = Paginator(told.steps[::-1], PER_PAGE).get_page(request.GET.get("p"))
        wording = Wording(row for step in page for row in step.rows)
        names = _names(step.user_id for step in page)
        context = {
            "title": f"History of {obj}",
            "object": obj,
            "page": page,
            "versions": [
                {
                    "step": step,
                    "who": names.get(step.user_id, NOBODY),
                    "rows": [wording.row(row) for row in step.rows],
                    "restore": self._restore_address(obj.pk, step.moment)
                    if step is not told.steps[-1] and told.at(step.moment)
                    else "",
                }
                for step in page
            ],
            "may_restore": self.has_change_permission(request, obj),
        }
        return self._history_page(request, "history", context)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        page = Paginator(deletions(self.model), PER_PAGE).get_page(request.GET.get("p"))
        gone = [deletion(version) for version in page]
        names = _names(one.user_id for one in gone)
        context = {
            "title": f"Deleted {self.opts.verbose_name_plural}",
            "page": page,
            "deletions": [
                {
                    "deletion": one,
                    "who": names.get(one.user_id, NOBODY),
                    "restore": self._restore_address(one.key, one.before),
                }
                for one in gone
            ],
            "may_restore": self.has_delete_permission(request),
        }
        return self._history_page(request, "deleted", context)

    def restore_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Say what would become of it, and ask; then bring the version back, or say why that is refused."""
        obj = self.get_object(request, str(key))
        may = self.has_change_permission if obj else self.has_delete_permission
        if not may(request, obj):
            raise PermissionDenied
        moment = _moment(request.POST.get("at") or request.GET.get("at", ""))
        if request.method == "POST":
            return self._restore(request, obj, key, moment)
        told = story(self.model, key)
        rows = between(told.now, told.at(moment))
        if not told.at(moment):
            raise Http404("There was no such record at that time.")
        wording = Wording(rows)
        context = {
            "title": "Restore a version" if obj else f"Restore a deleted {self.opts.verbose_name}",
            "object": obj,
            "name": obj or _name(told, wording, moment),
            "moment": moment,
            "at": moment.isoformat(),
            "rows": [wording.row(row) for row in rows],
        }
        return self._history_page(request, "restore", context)

    def _restore(self, request: HttpRequest, obj: Any, key: int, moment: datetime) -> HttpResponse:
        reason = f"Restored as of {_words(moment)}." if obj else "Restored after it was deleted."
        try:
            with transaction.atomic():
                if obj:
                    self.lock(obj)  # type: ignore[attr-defined]
                lost = restore(story(self.model, key), moment, reason)
                obj = self.model._default_manager.get(pk=key)
                self.log_change(request, obj, reason)
        except REFUSALS as error:
            self.message_user(request, f"Nothing is restored. {_why(error)}", messages.ERROR)
            page = self._address("history", key) if obj else self._address("deleted")
            return HttpResponseRedirect(page)
        self.message_user(request, f"“{obj}”: {reason}", messages.SUCCESS)
        for words in lost:
            self.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(self._address("change", key))

    def _history_page(self, request: HttpRequest, name: str, known: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "changelist": self._address("changelist"),
            "deleted": self._address("deleted"),
            **known,
        }
        if obj := known.get("object"):
            context["change"] = self._address("change", obj.pk)
            context["history"] = self._address("history", obj.pk)
        return TemplateResponse(request, f"admin/announcements/{name}.html", context)

    def _restore_address(self, key: int, moment: datetime) -> str:
        return f"{self._address('restore', key)}?{urlencode({'at': moment.isoformat()})}"

    def _address(self, page: str, *keys: int) -> str:
        return reverse(f"admin:announcements_{self.opts.model_name}_{page}", args=keys)


def _moment(text: str) -> datetime:
    """The time of a version; Http404 for what can be none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Http404("No version has this time.") from error
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment.year < EPOCH or moment > timezone.now():
        raise Http404("No version has this time.")
    return moment


def _words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _names(keys: Iterable[Any]) -> dict[Any, str]:
    users = get_user_model()._default_manager.in_bulk({key for key in keys if key is not None})
    return {key: user.get_full_name() or user.get_username() for key, user in users.items()}


def _name(told: Story, wording: Wording, moment: datetime) -> str:
    then = told.at(moment)
    return next(
        wording.row(row).name
        for row in between({}, then)
        if (row.model, row.key) == (told.model, told.key)
    )


def _why(error: Exception) -> str:
    """A refusal with the field it is about, where there is one."""
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return " ".join(message for messages in error.message_dict.values() for message in messages)
    return sentence(error)
