"""Why a page that readers see was changed: asked once, kept with the change, shown beside it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from announcements.history import because

REASON = (
    "Why it changes",
    {
        "fields": ("change_reason",),
        "description": "Readers see what changes on a published page, on its page “What changed”.",
    },
)


class ReasonForReaders(admin.ModelAdmin):
    """An admin whose form has a ``change_reason`` as long as readers see the record."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        return [*fieldsets, REASON] if self._is_asked(request, obj) else fieldsets

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with because(form.cleaned_data.get("change_reason", "")):
            super().save_related(request, form, formsets, change)

    def _is_asked(self, request: HttpRequest, obj: Any) -> bool:
        return bool(obj and obj.is_published and self.has_change_permission(request, obj))
