"""Files in and out of the lists of the admin; django-import-export gives the doors, the tracker what is behind."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from import_export.admin import ExportActionMixin, ImportMixin
from import_export.fields import Field
from import_export.formats.base_formats import Format as FormatOfTheLibrary
from import_export.resources import Resource

from announcements.exports import FORMATS, Format, announcements_of, companies_of, written
from announcements.models import Announcement, Company
from announcements.records import Record, announcement_schema, company_schema
from announcements.records.columns import groups, plain_columns

MAY_IMPORT = ("add", "change")
MAY_EXPORT = ("view",)
"""The permissions on a model that its file needs. A file of announcements may hold companies, and so on."""


def may_import(user: Any) -> bool:
    """Whether somebody may import files, whatever is in them."""
    return bool(user.has_perms(_names(MAY_IMPORT, Announcement, Company)))


def _names(actions: tuple[str, ...], *models: Any) -> list[str]:
    return [
        f"announcements.{action}_{model._meta.model_name}" for model in models for action in actions
    ]


def _as_the_library_has_it(form: Format) -> type[FormatOfTheLibrary]:
    class OneFormat(FormatOfTheLibrary):
        ours = form

        def get_title(self) -> str:
            return form.title

        def get_extension(self) -> str:
            return form.suffix

        def get_content_type(self) -> str:
            return form.media_type

        def can_export(self) -> bool:
            return True

    return OneFormat


class _Records(Resource):
    """What can be chosen of a record: its plain columns, and its lists as a whole."""

    @classmethod
    def get_display_name(cls) -> str:
        return cls.__name__


def _resource(name: str, schema: dict[str, Any]) -> type[_Records]:
    keys = [*plain_columns(schema), *groups(schema)]
    return type(name, (_Records,), {key: Field(column_name=key) for key in keys})


class PortingDoor(ImportMixin, ExportActionMixin, admin.ModelAdmin):
    """Import and export beside the list of announcements or companies."""

    show_change_form_export = False
    schema: dict[str, Any]
    key: str
    """The column that says which record a row is; it is in every file."""
    records: Callable[[Any], Iterator[Record]]
    """The records of a queryset of the model."""

    def init_change_list_template(self) -> None:
        """The list keeps its own template, which has the links."""
        self.ie_base_change_list_template = None

    def has_import_permission(self, request: HttpRequest) -> bool:
        return may_import(request.user)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(_names(MAY_EXPORT, self.model))

    # In

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Files of every kind come in at one page, which says of itself what is in them."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:announcements_importbatch_add"))

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.import_action(request)

    # Out

    def export_action(self, request: HttpRequest) -> HttpResponse:
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            # As the list does with a filter that makes no sense.
            return HttpResponseRedirect(f"{request.path}?")

    def get_export_formats(self) -> list[type[FormatOfTheLibrary]]:
        return [_as_the_library_has_it(form) for form in FORMATS.values()]

    def get_valid_export_item_pks(self, request: HttpRequest) -> Any:
        return self.get_queryset(request).values_list("pk", flat=True)

    def get_export_queryset(self, request: HttpRequest) -> Any:
        """The rows of the list as it is filtered, in its order."""
        return self.without_columns(super().get_export_queryset(request))

    def without_columns(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows without what only the columns of the list read."""
        return rows.prefetch_related(None)

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None
    ) -> HttpResponse:
        keys = self.get_export_resource_fields_from_form(export_form)
        pieces = begun(
            written(
                file_format.ours,
                self.records(queryset),
                self.schema,
                keys=[self.key, *(key for key in keys if key != self.key)] if keys else None,
            )
        )
        name = f"{self.opts.verbose_name_plural}-{timezone.localdate()}.{file_format.ours.suffix}"
        return StreamingHttpResponse(  # type: ignore[return-value]
            pieces,
            content_type=file_format.ours.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first of them made now: what cannot be written is refused before the answer begins."""
    return chain([next(pieces, b"")], pieces)


class AnnouncementPorting(PortingDoor):
    schema = announcement_schema()
    key = "id"
    resource_classes = [_resource("AnnouncementRecords", schema)]
    records = staticmethod(announcements_of)


class CompanyPorting(PortingDoor):
    schema = company_schema()
    key = "name"
    resource_classes = [_resource("CompanyRecords", schema)]
    records = staticmethod(companies_of)
