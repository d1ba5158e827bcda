"""Who changes what: without the right to change any announcement, only what one began and readers do not see."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from announcements.models import Announcement

NOT_OWN = "Choose an announcement that you began yourself and that readers do not see yet."


def may_change_any(user: Any) -> bool:
    return bool(user.has_perm("announcements.change_any_announcement"))


def may_change(user: Any, announcement: Announcement) -> bool:
    """Whether an announcement and its parts are this user's to change, whatever else they may do."""
    is_own_and_unseen = announcement.created_by_id == user.pk and not announcement.is_published
    return may_change_any(user) or is_own_and_unseen


def changeable_by(user: Any, rows: Any = None) -> Any:
    """Those announcements of ``rows``, by default of all, for which ``may_change`` holds."""
    rows = Announcement.objects.all() if rows is None else rows
    if may_change_any(user):
        return rows
    return rows.filter(created_by=user.pk).exclude(state=Announcement.State.PUBLISHED)


class OwnAnnouncements(admin.ModelAdmin):
    """The announcement's page, open to its owners; publishing is a right of its own."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_change(request.user, obj))

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether somebody may show announcements to readers and take them back."""
        return request.user.has_perm("announcements.publish_announcement")


class OwnParts(admin.ModelAdmin):
    """The page of a part of an announcement, open to those who may change the announcement."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_change(request.user, obj.announcement))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "announcement" and not may_change_any(request.user):
            kwargs["queryset"] = changeable_by(request.user)
            kwargs["error_messages"] = {"invalid_choice": NOT_OWN}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
