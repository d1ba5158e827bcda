from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate

from announcements.roles import ROLES, granted


class AnnouncementsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "announcements"
    verbose_name = "Tracker"

    def ready(self) -> None:
        # Models can be imported only now.
        from announcements import history, search
        from announcements.models.publishing import when_changed, when_written
        from announcements.models.version import raise_version

        when_changed(raise_version)
        when_changed(search.refresh)
        # After the version: from there on one writer waits for the other, so versions come in their order.
        when_written(history.keep)
        post_migrate.connect(create_groups, sender=self, dispatch_uid="groups")
        post_migrate.connect(fill_search, sender=self, dispatch_uid="search")


def create_groups(app_config: Any, using: str, apps: Any = installed, **options: Any) -> None:
    """A group for every role, with exactly the permissions that the table of roles gives it."""
    try:
        group_model, permission_model = (
            apps.get_model("auth", name) for name in ("Group", "Permission")
        )
    except LookupError:
        return
    for app in (app_config, installed.get_app_config("auth")):
        create_permissions(app, using=using, apps=apps, verbosity=0)
    rows = permission_model.objects.using(using).select_related("content_type")
    keys = {(row.content_type.app_label, row.codename): row.pk for row in rows}
    for role in ROLES:
        group, _ = group_model.objects.using(using).get_or_create(name=role)
        group.permissions.set(keys[one] for one in granted(role) if one in keys)


def fill_search(app_config: Any, using: str, plan: Any = (), **options: Any) -> None:
    """Announcements that were there before the search was, can be found as soon as all is migrated."""
    from announcements import search

    if using != DEFAULT_DB_ALIAS or not plan:
        return
    loader = MigrationLoader(connections[using])
    is_whole = set(loader.graph.leaf_nodes(app_config.label)) <= set(loader.applied_migrations)
    if is_whole and search.is_incomplete():
        search.rebuild()
