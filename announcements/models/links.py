"""Many-to-many links that an announcement shows: Django writes them past the models, and says so by signal."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.signals import m2m_changed, pre_delete

from announcements.models.announcement import Announcement
from announcements.models.concern import Concern
from announcements.models.publishing import check, checked_at_the_end, note, touch

Owners = Callable[[Iterable[int]], Iterable[int]]


def _watch(field: Any, owners: Owners, tell: Callable[[set[int]], None] = touch) -> None:
    """Note the rows of every link that comes or goes, and tell the announcements that show them.

    ``field`` is on the near side; ``owners`` gives the announcements of its keys. Of links within one
    model both ends are near.
    """
    through, model = field.remote_field.through, field.model
    near, far = field.m2m_column_name(), field.m2m_reverse_name()
    is_mutual = field.remote_field.model is model

    def linked_to(row: Any) -> set[int]:
        links = through._default_manager.filter(**{far: row.pk})
        return set(links.values_list(near, flat=True))

    def written(keys: set[int]) -> None:
        with checked_at_the_end():
            note(model, keys)
            tell(set(owners(keys)))

    def changed(instance: Any, action: str, reverse: bool, pk_set: Any, **_: Any) -> None:
        if action == "pre_clear":
            # Afterwards nothing would tell whose links they were.
            instance.unlinked_keys = linked_to(instance) if reverse or is_mutual else set()
        elif action.startswith("post_"):
            others = instance.unlinked_keys if action == "post_clear" else pk_set
            keys = set(others) if reverse or is_mutual else set()
            written(keys if reverse and not is_mutual else keys | {instance.pk})

    def going(instance: Any, **_: Any) -> None:
        if keys := linked_to(instance):
            written(keys)

    m2m_changed.connect(changed, sender=through, weak=False)
    pre_delete.connect(going, sender=field.remote_field.model, weak=False)


def _of_concerns(keys: Iterable[int]) -> Iterable[int]:
    return Concern.objects.filter(pk__in=keys).values_list("announcement_id", flat=True)


_watch(Announcement._meta.get_field("initiatives"), lambda keys: keys)
# Some kinds of announcement need a link to another one, and a link goes both ways.
_watch(Announcement._meta.get_field("related"), lambda keys: keys, check)
_watch(Concern._meta.get_field("further_types"), _of_concerns)
