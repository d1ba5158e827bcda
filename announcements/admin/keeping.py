"""Forms that the browser keeps while somebody types, and puts back: the server's part of it."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

KEPT_AS = "kept_as"
"""The hidden field with the token under which the browser keeps the form; empty without a script."""
PUT_BACK = "_put_back"
TOKEN = re.compile(r"[a-z0-9]{8,40}")
IS_BACK = "What you typed is back. Nothing of it is saved yet: look it over, and save."


class KeptForms(admin.ModelAdmin):
    """A page that tells the browser when what it keeps was saved, and shows it once more if asked to."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if PUT_BACK in request.POST:
            request.refused = [ValidationError(IS_BACK)]  # type: ignore[attr-defined]
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if hasattr(request, "is_saved") and (token := _token(request)):
            day = timedelta(days=1)
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(f"saved-{token}", "1", max_age=day, secure=secure, samesite="Lax")
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.is_saved = True  # type: ignore[attr-defined]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if hasattr(request, "is_saved"):
            del request.is_saved  # What was saved was refused at the end of the transaction.
        context[KEPT_AS] = _token(request)
        return super().render_change_form(request, context, *args, **kwargs)


def _token(request: HttpRequest) -> str:
    """The token that was sent with the form, "" if there was none or it is none."""
    sent = request.POST.get(KEPT_AS, "")
    return sent if TOKEN.fullmatch(sent) else ""
