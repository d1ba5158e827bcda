"""Many-to-many links that an announcement shows: Django writes them past the models, and says so by signal."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed

from announcements.models.announcement import Announcement
from announcements.models.concern import Concern
from announcements.models.publishing import check, touch

Owners = Callable[[Iterable[int]], Iterable[int]]


def _watch(through: type[models.Model], near: str, far: str, owners: Owners) -> None:
    """Touch the announcements of every link that comes or goes.

    ``near`` and ``far`` are the columns of the link to the side that declares it and to the other;
    ``owners`` gives the announcements of keys on the near side.
    """

    def changed(instance: Any, action: str, reverse: bool, pk_set: Any, **_: Any) -> None:
        if action == "pre_clear" and reverse:
            # Afterwards nothing would tell whose links they were.
            links = through._default_manager.filter(**{far: instance.pk})
            instance.unlinked_keys = set(links.values_list(near, flat=True))
        elif action == "post_clear" and reverse:
            touch(owners(instance.unlinked_keys))
        elif action.startswith("post_"):
            touch(owners(pk_set if reverse else {instance.pk}))

    m2m_changed.connect(changed, sender=through, weak=False)


def _of_concerns(keys: Iterable[int]) -> Iterable[int]:
    return Concern.objects.filter(pk__in=keys).values_list("announcement_id", flat=True)


_watch(Announcement.initiatives.through, "announcement_id", "initiative_id", lambda keys: keys)
_watch(Concern.further_types.through, "concern_id", "concerntype_id", _of_concerns)


def _related_changed(instance: Any, action: str, pk_set: Any, **_: Any) -> None:
    """Some kinds of announcement need a link to another one; a link goes both ways."""
    if action == "pre_clear":
        instance.unlinked_keys = set(instance.related.values_list("pk", flat=True))
    elif action.startswith("post_"):
        check({instance.pk, *(pk_set or getattr(instance, "unlinked_keys", ()))})


m2m_changed.connect(_related_changed, sender=Announcement.related.through, weak=False)
