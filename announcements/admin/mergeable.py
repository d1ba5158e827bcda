"""Merging two records of the admin: which one is the same, what will be, and then it is done."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse

from announcements.forms.refusals import REFUSALS, sentence
from announcements.mergers import Comparison, compare, merge
from announcements.mergers.fields import Pair, stored

MOST_FOUND = 20
CHANGED = (
    "Nothing is merged yet: somebody changed one of the two since you opened this page. It shows what "
    "stands now; your choices are kept. Look again, and press the button once more."
)


def may_merge(request: HttpRequest, kind: str) -> bool:
    """Whether somebody may merge records of a kind (a model's name) and undo it: the one place that says so."""
    return bool(request.user.has_perm(f"announcements.merge_{kind}"))


@dataclass(frozen=True)
class Line:
    """One field of both records in words, and whether an editor has to choose."""

    pair: Pair
    kept: str
    absorbed: str
    is_theirs: bool
    """Whether the other record's value is chosen."""

    @property
    def field(self) -> str:
        return f"choice-{self.pair.name}"


class MergeableAdmin(admin.ModelAdmin):
    """A record that can turn out to be the same as another one."""

    change_form_template = "admin/announcements/mergeable_change_form.html"
    actions = ("merge_selected",)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return may_merge(request, str(self.opts.model_name))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        name = f"announcements_{self.opts.model_name}_merge"
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def merge_address(self, absorbed: Any, kept: Any = None) -> str:
        name = f"admin:announcements_{self.opts.model_name}_merge"
        return reverse(name, args=[absorbed.pk]) + (f"?into={kept.pk}" if kept else "")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = context.get("original")
        if obj and self.has_merge_permission(request):
            context["merge_address"] = self.merge_address(obj)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description="Merge the two selected", permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        rows = list(queryset.order_by("pk")[:3])
        if len(rows) != 2:
            words = "Select exactly two to merge. What is the same three times is merged twice."
            self.message_user(request, words, messages.WARNING)
            return None
        first, second = rows
        absorbed, kept = (
            (second, first) if _weight(first, second) >= _weight(second, first) else rows
        )
        return HttpResponseRedirect(self.merge_address(absorbed, kept))

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_merge_permission(request):
            raise PermissionDenied
        absorbed = self.get_object(request, object_id)
        if absorbed is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        kept = self.get_object(request, request.GET.get("into", "")) if request.GET else None
        if kept is None or kept.pk == absorbed.pk:
            return self._which(request, absorbed)
        comparison = compare(absorbed, kept)
        if request.method == "POST":
            if request.POST.get("seen") == _fingerprint(comparison):
                return self._merge(request, absorbed, kept)
            messages.warning(request, CHANGED)
        return self._beside(request, comparison)

    def _which(self, request: HttpRequest, absorbed: Any) -> HttpResponse:
        """The page that asks which record is the same."""
        words = request.GET.get("q", "").strip()
        others = self.get_queryset(request).exclude(pk=absorbed.pk)
        found = self._search(request, others, words) if words else self.alike(request, absorbed)
        rows = found.exclude(pk=absorbed.pk).distinct()[:MOST_FOUND]
        context = {
            "title": f"Merge “{absorbed}” into another {self.opts.verbose_name}",
            "absorbed": absorbed,
            "words": words,
            "found": [(row, self.merge_address(absorbed, row)) for row in rows],
            "most_found": MOST_FOUND,
        }
        return self._page(request, "merge_which", context)

    def _search(self, request: HttpRequest, rows: Any, words: str) -> Any:
        return self.get_search_results(request, rows, words)[0]

    def alike(self, request: HttpRequest, obj: Any) -> Any:
        """What may be the same as a record, before anybody searched."""
        first = str(obj).split(maxsplit=1)[0]
        return self._search(request, self.get_queryset(request), first)

    def _beside(self, request: HttpRequest, found: Comparison) -> HttpResponse:
        """The page that shows both beside each other, and what would be done."""
        shown = [pair for pair in found.pairs if pair.is_shown]
        context = {
            "title": f"Merge “{found.absorbed}” into “{found.kept}”",
            "absorbed": found.absorbed,
            "kept": found.kept,
            "lines": [_line(pair, found, request) for pair in shown],
            "moving": [
                (row, [(owner, _page_of(owner)) for owner in row.shown]) for row in found.moving
            ],
            "other_way": self.merge_address(found.kept, found.absorbed),
            "seen": _fingerprint(found),
        }
        return self._page(request, "merge", context)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        known = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/announcements/{name}.html", known)

    def _merge(self, request: HttpRequest, absorbed: Any, kept: Any) -> HttpResponse:
        choices = {
            name.removeprefix("choice-"): value
            for name, value in request.POST.items()
            if name.startswith("choice-") and isinstance(value, str)
        }
        try:
            merger = merge(absorbed, kept, choices, by=request.user)
        except REFUSALS as error:
            self.message_user(request, f"Nothing was merged. {sentence(error)}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        kept = self.model._default_manager.get(pk=kept.pk)
        self.log_change(request, kept, f"Merged “{merger.absorbed_name}” into it.")
        self.message_user(request, f"Merged {merger}. It can be undone here.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:announcements_merger_change", args=[merger.pk]))


def _weight(kept: Any, absorbed: Any) -> int:
    """How many rows name the first of two."""
    return sum(row.total for row in compare(kept, absorbed).moving)


def _fingerprint(found: Comparison) -> str:
    """What the page showed, so that nobody merges what they have not seen."""
    seen = [
        stored(found.absorbed),
        stored(found.kept),
        [(row.words, row.total) for row in found.moving],
    ]
    return sha256(json.dumps(seen, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]


def _line(pair: Pair, found: Comparison, request: HttpRequest) -> Line:
    return Line(
        pair,
        _words(pair, found.kept, pair.kept),
        _words(pair, found.absorbed, pair.absorbed),
        request.POST.get(f"choice-{pair.name}") == "theirs",
    )


def _words(pair: Pair, row: Any, value: Any) -> str:
    if value is None:
        return ""
    if pair.field.choices:
        return str(getattr(row, f"get_{pair.name}_display")())
    if pair.field.is_relation:
        return str(getattr(row, pair.name))
    return str(getattr(value, "name", "") or getattr(value, "words", "") or value)


def _page_of(row: Any) -> str:
    try:
        return reverse(f"admin:announcements_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
