"""What several nouns share: an address of their own, and others that depend on their rows."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import NotSupportedError, models
from django.utils.text import slugify

from announcements.models.publishing import check, checked_at_the_end, note, touch
from announcements.models.versions import Versions


class SluggedModel(models.Model):
    """A row with a page of its own; the slug is made from the name when left empty."""

    SLUG_FROM = "name"
    RESERVED: ClassVar[frozenset[str]] = frozenset()
    """Slugs whose addresses are pages of their own."""

    slug = models.SlugField(
        max_length=120,
        unique=True,
        blank=True,
        help_text="The last part of the page's address. Made from the name when left empty; "
        "when it is changed, the old address leads to the new one.",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self._free_slug()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "slug"}
        before = self._stored_slug()
        super().save(*args, **kwargs)
        if before != self.slug:
            self._keep_address(before)

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude)
        if self.slug and "slug" not in (exclude or ()):
            self._require_free_address()

    @property
    def may_be_linked(self) -> bool:
        """Whether anybody can have set a link to the record's page."""
        return True

    def _stored_slug(self) -> str:
        rows: models.QuerySet[Any] = models.QuerySet(type(self)).filter(pk=self.pk)
        return rows.values_list("slug", flat=True).first() or "" if self.pk else ""

    def _keep_address(self, before: str) -> None:
        """Have a former slug lead here. Raises ValidationError if the new one leads elsewhere."""
        if addresses := getattr(self, "former_addresses", None):
            self._require_free_address()
            addresses.filter(slug=self.slug).delete()
            if before and self.may_be_linked:
                addresses.create(slug=before)

    def _require_free_address(self) -> None:
        if (former := _former_addresses(type(self))) is None:
            return
        holder = former.filter(slug=self.slug).exclude(record=self.pk).first()
        if holder:
            raise ValidationError(
                {
                    "slug": f"This address leads to “{holder.record}”, which had it before. "
                    "Choose another."
                }
            )

    def _free_slug(self) -> str:
        name = slugify(getattr(self, self.SLUG_FROM))
        stem = name[:100].strip("-") or self._meta.model_name or "x"
        rows: models.QuerySet[Any] = models.QuerySet(type(self)).filter(slug__startswith=stem)
        taken = self.RESERVED.union(rows.values_list("slug", flat=True))
        if (former := _former_addresses(type(self))) is not None:
            others = former.filter(slug__startswith=stem).exclude(record=self.pk)
            taken = taken.union(others.values_list("slug", flat=True))
        slug, number = stem, 2
        while slug in taken:
            slug, number = f"{stem}-{number}", number + 1
        return slug


def _former_addresses(model: type[models.Model]) -> Any:
    """The former addresses of a model's records, None if it keeps none."""
    accessor = getattr(model, "former_addresses", None)
    return accessor and accessor.rel.related_model.objects.order_by()


Watchers = dict[str, Callable[[set[Any]], None]]

CHUNK = 5000
"""How many keys go into one query: a database takes only so many parameters."""


class WatchedQuerySet(models.QuerySet[Any]):
    """Bulk writes tell the watchers of the rows, as save and delete do."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        with checked_at_the_end():
            before = self.owners(obj.pk for obj in objs)
            created = super().bulk_create(objs, *args, **kwargs)
            if any(row.pk is None for row in created):
                raise NotSupportedError("Ignoring conflicts hides which rows were written.")
            note(self.model, (row.pk for row in created))
            self.tell(before | self.owners(row.pk for row in created))
        return created

    def update(self, **values: Any) -> int:
        with checked_at_the_end():
            keys = list(self.values_list("pk", flat=True))
            before = self.owners(keys)
            changed = super().update(**values)
            note(self.model, keys)
            self.tell(before | self.owners(keys))
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        with checked_at_the_end():
            owners = self.owners(self.values_list("pk", flat=True))
            deleted = super().delete()
            self.tell(owners)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        with checked_at_the_end():
            return super().bulk_update(*args, **kwargs)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def owners(self, keys: Iterable[Any]) -> set[tuple[Any, ...]]:
        """The values of the watched columns in the rows with these keys."""
        rows: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db)
        columns = list(self.model.watchers())
        return {
            owners
            for some in chunks(key for key in keys if key is not None)
            for owners in rows.filter(pk__in=some).order_by().values_list(*columns)
        }

    def tell(self, owners: set[tuple[Any, ...]]) -> None:
        """Tell each watcher the values of its column."""
        for place, tell in enumerate(self.model.watchers().values()):
            for some in chunks({row[place] for row in owners}):
                tell(set(some))


def chunks(keys: Iterable[Any]) -> Iterable[list[Any]]:
    """Keys in lists that a query can take."""
    every = list(keys)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))


class WatchedModel(models.Model):
    """A row on which something elsewhere depends: a stored value, or whether readers may see it.

    ``watchers`` maps a column to what must be told its values, before and after, whenever a row is
    written: saved, deleted, updated, created in bulk, or moved by a related manager. First among the
    bases of a model, so that its manager is the one that Django itself writes with.
    """

    objects = WatchedQuerySet.as_manager()
    history = Versions()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        rows = WatchedQuerySet(type(self))
        with checked_at_the_end():
            before = rows.owners([self.pk])
            super().save(*args, **kwargs)
            rows.tell(before | self._owners())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        rows = WatchedQuerySet(type(self))
        with checked_at_the_end():
            owners = rows.owners([self.pk])
            deleted = super().delete(*args, **kwargs)
            rows.tell(owners)
        return deleted

    def _owners(self) -> set[tuple[Any, ...]]:
        return {tuple(getattr(self, column) for column in self.watchers())}

    @classmethod
    def watchers(cls) -> Watchers:
        raise TypeError(f"{cls.__name__} does not say who watches it.")


class Part(WatchedModel):
    """A row that belongs to one announcement and that publishing can hang on."""

    announcement = models.ForeignKey(
        "announcements.Announcement", models.CASCADE, related_name="%(class)ss"
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Parts are shown in this order."
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    @classmethod
    def watchers(cls) -> Watchers:
        return {"announcement_id": check}


class FilterValue(WatchedModel, SluggedModel):
    """A row of a vocabulary: readers choose among its names in a filter."""

    class Meta:
        abstract = True

    @classmethod
    def watchers(cls) -> Watchers:
        return {"pk": lambda _: touch(())}
