"""Accounts: who may make them makes none that may do more than they may themselves."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.http import HttpRequest

from announcements.roles import ROLES

FIELDSETS = (
    (None, {"fields": ("username", "password")}),
    ("Personal info", {"fields": ("first_name", "last_name", "email")}),
    (
        "Permissions",
        {
            "fields": ("is_active", "is_staff", "groups"),
            "description": "An account that is not needed any more is made inactive: deleted, it would "
            "take with it the log of what it changed.",
        },
    ),
    ("Important dates", {"fields": ("last_login", "date_joined")}),
)


def may_do_more(account: Any, user: Any) -> bool:
    """Whether an account, active or not, may do what a user may not; nobody may more than a superuser."""
    if user.is_superuser:
        return False
    granted = Permission.objects.filter(Q(user=account) | Q(group__user=account))
    names = (
        f"{row.content_type.app_label}.{row.codename}"
        for row in granted.select_related("content_type")
    )
    return account.is_superuser or not user.get_all_permissions().issuperset(names)


class AccountAdmin(UserAdmin):
    """Django's own, with rights of superusers left to superusers: whoever sets a password has the account."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not may_do_more(obj, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not may_do_more(obj, request.user))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return FIELDSETS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if request.user.is_superuser else ("last_login", "date_joined")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj and "groups" in form.base_fields and not request.user.is_superuser:
            # Those that the account is in already stay among the choices: saving takes none away.
            offered = Q(name__in=ROLES) | Q(user=obj)
            form.base_fields["groups"].queryset = Group.objects.filter(offered).distinct()
        return form


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
