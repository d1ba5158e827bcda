"""No lost update: the second of two editors to save is shown what the first changed, and chooses."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.text import get_text_list

from announcements.admin.questions import Meanwhile, Wording, choice_of, saved_by
from announcements.forms.sent import Sent, started
from announcements.forms.starts import STARTED_FROM, Start
from announcements.merging import Merge, Rows, choose, merge

NOT_SAVED = (
    "Nothing is saved yet: somebody else changed the same since you opened this page. All you typed is "
    "still here. Choose for each of the fields below, and save again."
)
GONE = (
    "Somebody else deleted this record since you opened the page. All you typed is still here, and "
    "nothing is saved: saving adds it as a new record."
)
CONFLICT = 409


class NoLostUpdates(admin.ModelAdmin):
    """An admin whose form remembers what it showed.

    Saving locks the record with its rows and compares. What only one editor changed stands, whoever it
    was; what both changed comes back, with status 409, as a choice between mine and theirs.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            obj = self._locked(request, unquote(object_id))
            if obj is None and self._was_there(request, unquote(object_id)):
                return self._offer_as_new(request, extra_context)
            if obj and self.has_change_permission(request, obj):
                self._reconcile(request, obj)
            response = super().changeform_view(request, object_id, form_url, extra_context)
        return self._told(request, response)

    def _told(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        meanwhile: Meanwhile | None = getattr(request, "meanwhile", None)
        if meanwhile and meanwhile.questions:
            response.status_code = CONFLICT
        elif meanwhile and meanwhile.taken and response.status_code == 302:
            taken = get_text_list(meanwhile.taken, "and")
            messages.info(request, f"Kept as {meanwhile.saved_by} saved it meanwhile: {taken}.")
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = context.get("original")
        if request.method == "POST":
            context[STARTED_FROM] = request.POST.get(STARTED_FROM)
        elif obj and self.has_change_permission(request, obj):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            rows = started(context["adminform"].form, formsets)
            context[STARTED_FROM] = Start(self._record(obj.pk), rows=rows).written()
        context["meanwhile"] = getattr(request, "meanwhile", None)
        return super().render_change_form(request, context, *args, **kwargs)

    def lock(self, obj: Any) -> None:
        """Have every other editor of this record wait until this one is done."""
        lock_rows(type(obj), pk=obj.pk)

    def _locked(self, request: HttpRequest, key: str) -> Any:
        """The record as it stands once nobody else is saving it, None if there is none."""
        obj = self.get_object(request, key)
        if obj is None:
            return None
        self.lock(obj)
        for rows, _ in self.get_formsets_with_inlines(request, obj):
            lock_rows(rows.model, **{rows.fk.name: obj.pk})
        return self.get_object(request, key)

    def _record(self, key: Any) -> str:
        return f"{self.opts.label_lower}/{key}"

    # Two who changed the same record

    def _reconcile(self, request: HttpRequest, obj: Any) -> None:
        """Put what was sent together with what stands now, in ``request.POST``."""
        form, formsets, nouns = self._as_it_stands(request, obj)
        now = started(form, formsets)
        start = Start.read(request.POST.get(STARTED_FROM, ""), self._record(obj.pk))
        if start and start.rows == now and not (start.asked or start.removed):
            return
        start = start or Start(self._record(obj.pk))
        sent = Sent(request.POST, form, formsets, start.rows)
        try:
            mine = sent.rows()
        except (KeyError, ValueError):
            return  # Django refuses a list of forms that does not say how long it is.
        again = _put_back(start, mine, request.POST)
        choices = {where: request.POST.get(choice_of(where), "") for where in start.asked}
        merged = merge(start.rows, mine, now, choose(start.rows, mine, start.asked, choices))
        self._begin_anew(request, sent.written(merged, again), now, merged, start.record)
        wording = Wording(sent, nouns)
        request.meanwhile = Meanwhile(  # type: ignore[attr-defined]
            saved_by(obj, start.at),
            [wording.question(one) for one in merged.conflicts],
            list(dict.fromkeys(wording.taken(merged, start.rows))),
        )

    def _begin_anew(
        self, request: HttpRequest, data: QueryDict, now: Rows, merged: Merge, record: str
    ) -> None:
        """Start from what stands now; while there are conflicts, saving is refused."""
        start = Start(record, rows=now)
        for one in merged.conflicts:
            if one.theirs is None and isinstance(one.mine, dict):
                start.removed[one.row] = one.mine
            else:
                start.asked.append(one.where)
        data[STARTED_FROM] = start.written()
        request.POST = data  # type: ignore[assignment]
        if merged.conflicts:
            request.refused = [ValidationError(NOT_SAVED)]  # type: ignore[attr-defined]

    def _as_it_stands(
        self, request: HttpRequest, obj: Any
    ) -> tuple[Any, list[Any], dict[str, str]]:
        """The form and the lists of forms as a page opened now would show them, and what their rows are called."""
        form = self.get_form(request, obj, change=True)(instance=obj)
        formsets, nouns = [], {}
        for rows, inline in self.get_formsets_with_inlines(request, obj):
            prefix = rows.get_default_prefix()
            known = self.get_formset_kwargs(request, obj, inline, prefix)
            unsent = {name: known[name] for name in known.keys() - {"data", "files", "save_as_new"}}
            formsets.append(rows(**unsent))
            nouns[prefix] = str(inline.verbose_name)
        return form, formsets, nouns

    # A record that is gone

    def _was_there(self, request: HttpRequest, key: str) -> bool:
        sent = request.POST.get(STARTED_FROM, "")
        return self.has_add_permission(request) and bool(Start.read(sent, self._record(key)))

    def _offer_as_new(
        self, request: HttpRequest, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """The page for a new record with all that was typed into the one that is gone."""
        data = request.POST.copy()
        del data[STARTED_FROM]
        for rows, _ in self.get_formsets_with_inlines(request):
            prefix = rows.get_default_prefix()
            data[f"{prefix}-INITIAL_FORMS"] = "0"
            for name in [name for name in data if name.startswith(f"{prefix}-")]:
                if name.rpartition("-")[2] in (rows.fk.name, rows.model._meta.pk.name):
                    del data[name]
        request.POST = data  # type: ignore[assignment]
        request.refused = [ValidationError(GONE)]  # type: ignore[attr-defined]
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        response = super().changeform_view(request, None, address, extra_context)
        response.status_code = CONFLICT
        return response


def lock_rows(model: Any, **which: Any) -> None:
    """Lock rows until the transaction ends; SQLite lets only one write anyway."""
    list(model._base_manager.filter(**which).select_for_update().order_by("pk").values_list("pk"))


def _put_back(start: Start, mine: Rows, data: QueryDict) -> Rows:
    """The rows that somebody removed and the editor wants back; those undecided join ``mine``."""
    again = {}
    for key, row in start.removed.items():
        choice = data.get(choice_of((key, "")))
        if choice == "mine":
            again[key] = row
        elif choice != "theirs":
            mine[key] = row
    return again
