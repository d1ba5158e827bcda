from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate


class AnnouncementsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "announcements"
    verbose_name = "Tracker"

    def ready(self) -> None:
        # Models can be imported only now.
        from announcements.models.publishing import when_changed
        from announcements.models.version import raise_version

        when_changed(raise_version)
        post_migrate.connect(create_editors, sender=self, dispatch_uid="editors")


def create_editors(app_config: Any, using: str, apps: Any = installed, **options: Any) -> None:
    """The group "Editors" may do everything with the tracker's records, and nothing with accounts."""
    try:
        group_model, permission_model = (
            apps.get_model("auth", name) for name in ("Group", "Permission")
        )
    except LookupError:
        return
    create_permissions(app_config, using=using, apps=apps, verbosity=0)
    group, _ = group_model.objects.using(using).get_or_create(name="Editors")
    group.permissions.add(
        *permission_model.objects.using(using).filter(content_type__app_label=app_config.label)
    )
