"""What every page of the admin does: save whole or not at all, and say in sentences what was refused."""

import logging
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list

from announcements.admin.choosing import ChooseOne, ChooseSeveral
from announcements.admin.citing import cite_what_facts_name
from announcements.admin.conflicts import NoLostUpdates, lock_rows
from announcements.admin.history import KeptHistory
from announcements.admin.keeping import KeptForms
from announcements.admin.ownership import OwnParts
from announcements.admin.queues import StepsThroughQueues
from announcements.forms.dates import IsoDateInput, IsoTimeInput
from announcements.forms.places import PlacedFormSet
from announcements.forms.refusals import REFUSALS, RefusableForm, as_errors, sentence
from announcements.forms.sources import Desk, ListedSources
from announcements.models import Announcement
from announcements.models.publishing import checked_at_the_end

log = logging.getLogger(__name__)

MOST_NAMED = 10
"""How many of the records that stand in the way of a deletion are named."""


class QuickFields:
    """Fields made for typing: few stops of the Tab key, and dates as text."""

    formfield_overrides: Any = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": IsoTimeInput},
        models.DateField: {"widget": IsoDateInput},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = ChooseOne(db_field, self.admin_site, using=kwargs.get("using"))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = ChooseSeveral(db_field, self.admin_site, using=kwargs.get("using"))  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field


class TrackerInline(QuickFields, admin.StackedInline):
    """Rows of something larger. Stacked, because in a table no input has a label of its own."""

    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Taking a row from a page is changing the page; deleting a record is a right of its own."""
        return self.has_change_permission(request, obj)


class PlacedInline(TrackerInline):
    formset = PlacedFormSet


class TrackerAdmin(QuickFields, KeptForms, KeptHistory, StepsThroughQueues, NoLostUpdates):
    """A page that saves everything in one transaction; what is refused comes back with all that was typed."""

    form = RefusableForm
    list_per_page = 50
    show_full_result_count = False
    ordering: ClassVar[Any] = ("-pk",)
    in_use_through: ClassVar[tuple[str, ...]] = ()
    """Relations, beside the protected ones, that must be empty before a row is deleted."""

    # Saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as error:
            log.info("Refused in the admin: %s", sentence(error))
            request.refused = as_errors(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "refused", ())  # type: ignore[attr-defined]
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        known = super().get_formset_kwargs(request, obj, inline, prefix)
        if getattr(inline, "needs_desk", False):
            known["form_kwargs"] = {"desk": self.desk(request, obj)}
        return known

    def desk(self, request: HttpRequest, obj: Any) -> Desk:
        """Who is typing, and the sources that a number typed here means."""
        return Desk(request.user, ListedSources(self.announcement_of(request, obj)))

    def announcement_of(self, request: HttpRequest, obj: Any) -> Any:
        """The announcement whose list of sources is meant on this page, None if there is none yet."""
        return obj.announcement if obj and obj.pk else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: the row is saved together with its parts, in ``save_related``."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        with checked_at_the_end():
            self.save_row(request, form.instance)
            super().save_related(request, form, formsets, change)
            self.after_saving(request, form.instance)

    def save_row(self, request: HttpRequest, obj: Any) -> None:
        obj.save()

    def after_saving(self, request: HttpRequest, obj: Any) -> None:
        """What else belongs to the same transaction."""

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        in_use = [words for obj in objs if (words := self.why_it_stays(obj))]
        if in_use:
            return [], {}, set(), in_use
        return super().get_deleted_objects(objs, request)

    def why_it_stays(self, obj: Any) -> str:
        """A sentence with what else uses a row, "" if it can go."""
        using = [
            rows
            for relation in self.opts.related_objects
            if getattr(relation, "on_delete", None) is models.PROTECT
            or relation.get_accessor_name() in self.in_use_through
            if (rows := _rows(relation, obj)).exists()
        ]
        if not using:
            return ""
        counts = get_text_list([_counted(rows) for rows in using], "and")
        named = [str(row) for rows in using for row in rows[:MOST_NAMED]][:MOST_NAMED]
        return format_html(
            "“{}” is not deleted, because it is used by {}: {}. Change or delete those first.",
            obj,
            counts,
            ", ".join(named) + ("…" if sum(rows.count() for rows in using) > len(named) else ""),
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with checked_at_the_end():
            obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with checked_at_the_end():
            queryset.delete()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except REFUSALS as error:
            self.message_user(request, f"Not deleted. {sentence(error)}", messages.ERROR)
            return HttpResponseRedirect(
                reverse(
                    f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[object_id]
                )
            )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if "%00" in request.META["QUERY_STRING"]:
            return HttpResponseRedirect(request.path)  # PostgreSQL takes no NUL in a text.
        try:
            return super().changelist_view(request, extra_context)
        except REFUSALS as error:
            if request.method != "POST":
                raise
            self.message_user(request, f"Nothing was changed. {sentence(error)}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    # Finding

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def view_on_site(self, obj: Any) -> str | None:
        """The row's page, where it has one; a form that is refused may hold a row without a slug."""
        has_page = hasattr(obj, "get_absolute_url") and obj.slug
        return obj.get_absolute_url() if has_page else None


class PartAdmin(OwnParts, TrackerAdmin):
    """The page of something that belongs to an announcement."""

    def lock(self, obj: Any) -> None:
        # The announcement first, as its own page does: two who lock in two orders wait for each other.
        lock_rows(Announcement, pk=obj.announcement_id)
        super().lock(obj)

    def after_saving(self, request: HttpRequest, obj: Any) -> None:
        cite_what_facts_name(obj.announcement)

    def view_on_site(self, obj: Any) -> str | None:
        announcement = obj.announcement
        return announcement.get_absolute_url() if announcement.is_published else None


def _rows(relation: Any, obj: Any) -> Any:
    column = relation.field.name
    return relation.related_model._base_manager.filter(**{column: obj})


def _counted(rows: Any) -> str:
    names, number = rows.model._meta, rows.count()
    return f"{number} {names.verbose_name if number == 1 else names.verbose_name_plural}"


def how_many(model: Any, column: str) -> Coalesce:
    """How many rows of a model name a row of the list in this column."""
    rows = model.objects.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
