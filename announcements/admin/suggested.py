"""What a reader suggested, beside the field of the announcement that it is about."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from announcements.models import Promise, Suggestion

SUGGESTION = "suggestion"
"""The parameter of the announcement's page that names it."""
FIELDS = {"title": "title", "date": "announced_on", "company": "company", "summary": "summary"}
GROUPS = {
    "delivered": "promises",
    "withdrawn": "promises",
    "promise": "promises",
    "release": "releases",
    "concern": "concerns",
    "benefit": "benefits",
    "source": "citations",
}


class SuggestedBeside(admin.ModelAdmin):
    """An announcement's page that shows a suggestion, and begins the step that it tells of."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        suggestion = self._suggestion(request, context.get("original"))
        context["suggestion"] = suggestion
        context["suggestion_anchor"] = _anchor(suggestion) if suggestion else ""
        # What the page shows as saved is taken down in between: only afterwards something is put in.
        response = super().render_change_form(request, context, *args, **kwargs)
        if suggestion and request.method == "GET":
            _put_beside(suggestion, context["adminform"].form)
            for inline in context["inline_admin_formsets"]:
                if inline.formset.model is Promise:
                    _begin_step(suggestion, inline.formset)
        return response

    def _suggestion(self, request: HttpRequest, obj: Any) -> Suggestion | None:
        key = request.GET.get(SUGGESTION, "")
        if obj is None or not request.user.has_perm("announcements.view_suggestion"):
            return None
        return next((row for row in obj.suggestions.all() if str(row.pk) == key), None)


def _anchor(suggestion: Suggestion) -> str:
    """Where on the page it is about, "" if nowhere in particular."""
    if field := FIELDS.get(suggestion.about):
        return f"id_{field}"
    group = GROUPS.get(suggestion.about)
    return f"{group}-group" if group else ""


def _put_beside(suggestion: Suggestion, form: Any) -> None:
    field = form.fields.get(FIELDS.get(suggestion.about))
    if field is not None:
        words = '<strong class="suggested">Suggested: {}</strong> {}'
        field.help_text = format_html(words, suggestion.text, field.help_text)


def _begin_step(suggestion: Suggestion, formset: Any) -> None:
    """Fill in the next step of the promise that it is about, if it tells of one."""
    if suggestion.about not in ("delivered", "withdrawn"):
        return
    for form in formset.initial_forms:
        if form.instance.pk == suggestion.promise_id and "step_status" in form.fields:
            form.initial |= {
                "step_status": suggestion.about,
                "step_text": suggestion.text,
                "step_source": suggestion.source,
            }
