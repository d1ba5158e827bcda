"""The states on the announcement's page: what each asks, what is missing, and the buttons that move it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from announcements.admin.ownership import OwnAnnouncements
from announcements.admin.publishing import anchor, explained
from announcements.forms.titles import title_from
from announcements.models import Announcement
from announcements.models.publishing import KEPT, STATES, evidence_missing, missing_by_state

State = Announcement.State

LEADS_TO = {
    "_draft": State.DRAFT,
    "_ready": State.READY,
    "_publish": State.PUBLISHED,
    "_unpublish": State.DRAFT,
}
"""The buttons beside "Save", each with the state that it leads to."""

FOR_READERS = ("_publish",)
"""Buttons for those who may publish; taking back is one too, once readers see it."""

ASKS = {
    State.STUB: "an address and a company",
    State.DRAFT: "title, date and kind",
    State.READY: "every word and its evidence",
    State.PUBLISHED: "seen by readers",
}
HEADINGS = {
    State.STUB: "Missing for a stub",
    State.DRAFT: "Missing for a draft",
    State.READY: "Missing before readers can see it",
}
DONE = {
    State.DRAFT: "Saved as a draft.",
    State.READY: "Ready: an editor can publish it now.",
    State.PUBLISHED: "Published: readers see it now.",
}
STAYS = {
    State.DRAFT: "Everything is saved. It stays a stub: see what is missing.",
    State.READY: "Everything is saved. It is not marked as ready: see what is missing.",
    State.PUBLISHED: "Everything is saved. It is not published: see what is missing.",
}


def pressed(request: HttpRequest) -> str:
    """The button that moves the announcement, "" for any other."""
    return next((button for button in LEADS_TO if button in request.POST), "")


class StatesDoor(OwnAnnouncements):
    """Moves an announcement from state to state, together with saving it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if self.has_publish_permission(request, obj) else (*fields, "publish_at")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        now, button = obj.state if obj else State.STUB, pressed(request)
        form.refused = explained(form.refused, now)
        form.state = State.DRAFT if button == "_unpublish" and now in KEPT else now
        form.may_wait = LEADS_TO.get(button, now) == State.READY
        return form

    # Saving

    def save_row(self, request: HttpRequest, obj: Announcement) -> None:
        button = pressed(request)
        self._require_permission(request, obj, button)
        request.set_time = obj.publish_at  # type: ignore[attr-defined]
        if button == "_unpublish" and obj.state in KEPT:
            obj.unpublish()
        if obj.state != State.READY:
            obj.publish_at = None
        obj.save()

    def _require_permission(self, request: HttpRequest, obj: Announcement, button: str) -> None:
        stored = obj if obj.pk else None
        from_readers = button == "_unpublish" and obj.is_published
        if (button in FOR_READERS or from_readers) and not self.has_publish_permission(
            request, stored
        ):
            raise PermissionDenied

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not form.instance.title:
            lists = {rows.prefix: rows for rows in formsets}
            form.instance.title = title_from(
                lists["citations"].kept if "citations" in lists else ()
            )
        super().save_related(request, form, formsets, change)
        self._move(request, form.instance)

    def _move(self, request: HttpRequest, obj: Announcement) -> None:
        wanted = LEADS_TO.get(pressed(request), obj.state)
        if wanted == obj.state:
            return
        try:
            if wanted == State.READY:
                obj.ready(request.set_time)  # type: ignore[attr-defined]
            elif wanted == State.PUBLISHED:
                obj.publish()
            else:
                obj.draft()
        except ValidationError:
            request.stays = True  # type: ignore[attr-defined]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        changes: list[Any] = super().construct_change_message(request, form, formsets, add)
        if (button := pressed(request)) and not hasattr(request, "stays"):
            changes.append({"changed": {"fields": [f"state: {LEADS_TO[button]}"]}})
        return changes

    def told_of_the_move(self, request: HttpRequest, obj: Announcement) -> HttpResponse | None:
        """Say what became of it, and lead back to what is missing where the move was refused."""
        if not (button := pressed(request)):
            return None
        wanted = LEADS_TO[button]
        if not hasattr(request, "stays"):
            if button != "_unpublish":
                self.message_user(request, _done(obj, wanted), messages.SUCCESS)
            return None
        words, when = STAYS[wanted], getattr(request, "set_time", None)
        if when and wanted == State.READY:
            words += f" Then give the time once more: {_moment(when)}."
        self.message_user(request, words, messages.ERROR)
        page = reverse("admin:announcements_announcement_change", args=[obj.pk])
        return HttpResponseRedirect(page)

    # Showing

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = context.get("original")
        places = _places(context["inline_admin_formsets"])
        gaps = missing_by_state(obj) if obj else {}
        context["steps"] = [_step(state, obj, gaps) for state in State]
        context["gaps"] = _listed(obj, gaps, places) if obj else []
        context["may_publish"] = self.has_publish_permission(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)


def _done(obj: Announcement, state: str) -> str:
    if state == State.READY and obj.publish_at:
        return f"Ready: it is published by itself at {_moment(obj.publish_at)}."
    return DONE[State(state)]


def _moment(when: Any) -> str:
    return date_format(timezone.localtime(when), "Y-m-d H:i")


def _places(inlines: Any) -> dict[tuple[str, int], str]:
    """Where on the page each saved row is, by its list and its key."""
    return {
        (inline.formset.prefix, form.instance.pk): form.prefix
        for inline in inlines
        for form in inline.formset.initial_forms
    }


def _step(state: Any, obj: Any, gaps: dict[str, list[Any]]) -> dict[str, Any]:
    """One state with its name, what is to be said of it, and whether the announcement is in it."""
    at = STATES.index(obj.state) if obj else -1
    here = STATES.index(state)
    lacks = sum(len(gaps[each]) for each in STATES[: here + 1]) if obj and here > at else 0
    words = "done" if here < at else "now" if here == at else ASKS[state]
    if state == State.READY and here == at and obj.publish_at:
        words = f"now, published at {_moment(obj.publish_at)}"
    elif lacks and state != State.PUBLISHED:
        words = f"{ASKS[state]}: {lacks} missing"
    return {"name": state.label, "words": words, "is_now": here == at, "is_done": here < at}


def _listed(
    obj: Announcement, gaps: dict[str, list[Any]], places: dict[tuple[str, int], str]
) -> list[dict[str, Any]]:
    """What is missing, under a heading for each state that asks it, as links."""
    lists = [(HEADINGS[State(state)], gaps[state]) for state in STATES if gaps[state]]
    if obj.evidence_due:
        heading = "Readers see it without this evidence, because it came from a file"
        lists.append((heading, evidence_missing(obj)))
    return [
        {"heading": heading, "gaps": [(anchor(gap, places), gap.message) for gap in found]}
        for heading, found in lists
    ]
