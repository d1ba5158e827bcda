"""The queue of what readers tell: accept opens the record with it, reject keeps the reason."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator

from announcements.admin.base import TrackerAdmin
from announcements.admin.citing import cite
from announcements.admin.suggested import SUGGESTION
from announcements.forms.sources import named_at, recorded
from announcements.models import Announcement, Company, Suggestion

ACCEPT, REJECT = "_accept", "_reject"


class StateFilter(admin.SimpleListFilter):
    """Open ones, unless another state is asked for."""

    title = "state"
    parameter_name = "state"
    EVERY = "all"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        decided = [one for one in Suggestion.State.choices if one[0] != Suggestion.State.OPEN]
        return [*decided, (self.EVERY, "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Open"}
        yield from others

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() == self.EVERY:
            return queryset
        return queryset.filter(state=self.value() or Suggestion.State.OPEN)


@admin.register(Suggestion)
class SuggestionAdmin(TrackerAdmin):
    list_display = ("__str__", "about", "in_short", "created_at", "state", "decided_by")
    list_filter = (StateFilter, "about")
    list_select_related = ("announcement", "decided_by")
    ordering = ("created_at", "pk")
    search_fields = ("title", "company", "text", "source", "announcement__title")
    told = ("about", "record", "promise", "title", "company", "text", "page", "contact")
    fieldsets = (
        ("What a reader says", {"fields": (*told, "created_at")}),
        ("What became of it", {"fields": ("state", "decided_by", "decided_at", "reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("announcement", "promise", "decided_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = (*self.told, "created_at", "state", "decided_by", "decided_at")
        return kept if obj is None or obj.is_open else (*kept, "reason")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.fieldsets
        empty = {name for name in ("promise", "title", "company", "text") if not getattr(obj, name)}
        empty |= {"contact"} if not obj.contact else set()
        empty |= {"decided_by", "decided_at"} if obj.is_open else set()
        return [
            (heading, {"fields": [name for name in options["fields"] if name not in empty]})
            for heading, options in self.fieldsets
        ]

    @admin.display(description="in short")
    def in_short(self, suggestion: Suggestion) -> str:
        return Truncator(suggestion.text).chars(100)

    @admin.display(description="announcement")
    def record(self, suggestion: Suggestion) -> str:
        if not suggestion.announcement:
            return "None yet: accepting it begins a draft."
        page = reverse("admin:announcements_announcement_change", args=[suggestion.announcement_id])
        return format_html('<a href="{}">{}</a>', page, suggestion.announcement)

    @admin.display(description="where it says so")
    def page(self, suggestion: Suggestion) -> str:
        if not suggestion.source:
            return "No address was given."
        look_up = reverse("admin:announcements_announcement_paste")
        return format_html(
            '<a href="{0}" rel="noreferrer">{0}</a> (<a href="{1}?{2}">who cites it already</a>)',
            suggestion.source,
            look_up,
            urlencode({"url": suggestion.source}),
        )

    # Deciding

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        sent = object_id is not None and request.method == "POST"
        if sent and self.has_change_permission(request) and not self._is_decided(request):
            return HttpResponseRedirect(request.get_full_path())
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _is_decided(self, request: HttpRequest) -> bool:
        return not {ACCEPT, REJECT}.isdisjoint(request.POST)

    def save_row(self, request: HttpRequest, obj: Suggestion) -> None:
        if REJECT in request.POST:
            obj.reject(request.user, obj.reason)
            return
        obj.reason = ""
        obj.announcement = obj.announcement or self._begun(request, obj)
        obj.accept(request.user)

    def _begun(self, request: Any, suggestion: Suggestion) -> Announcement:
        """A new stub with what is known of it."""
        company = Company.objects.filter(name__iexact=suggestion.company).first()
        stub = Announcement.objects.create(
            title=suggestion.title, company=company, created_by=request.user
        )
        cite(stub, recorded(named_at(suggestion.source)))
        self.log_addition(request, stub, [{"added": {}}])
        return stub

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return [{"changed": {"fields": [f"state: {form.instance.get_state_display().lower()}"]}}]

    def response_change(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        if obj.state == Suggestion.State.REJECTED:
            self.message_user(request, "Rejected. The reason is kept.", messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:announcements_suggestion_changelist"))
        words = (
            "Accepted. It stands beside the record below: nothing of it is saved there by itself."
        )
        self.message_user(request, words, messages.SUCCESS)
        page = reverse("admin:announcements_announcement_change", args=[obj.announcement_id])
        return HttpResponseRedirect(f"{page}?{urlencode({SUGGESTION: obj.pk})}")
