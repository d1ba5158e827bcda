"""Releases: one select per component in the announcement's page, all details on the release's own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from announcements.forms.places import PlaceField
from announcements.models import Release, ReleaseComponent
from announcements.openness import COMPONENTS, UNKNOWN

Availability = ReleaseComponent.Availability
NAMES = dict(ReleaseComponent.Component.choices)


def applies_not(release_type: str, components: Iterable[str]) -> str:
    """A sentence about components that a release of this type does not have, "" if all apply."""
    applying = COMPONENTS[release_type]
    wrong = [NAMES[slug].lower() for slug in components if slug not in applying]
    if not wrong:
        return ""
    kind = Release.Type(release_type).label.lower()
    those = ", ".join(NAMES[slug].lower() for slug in applying)
    return f"A release of type {kind} has no {', no '.join(wrong)}. What applies: {those}."


class ComponentsWidget(forms.Widget):
    """One labelled select per component; the stylesheet shows those of the type chosen beside them."""

    use_fieldset = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        given = value or {}
        prefix = (attrs or {}).get("id") or f"id_{name}"
        rows = [
            {
                "name": f"{name}-{slug}",
                "id": f"{prefix}-{slug}",
                "label": label,
                "value": given.get(slug, UNKNOWN),
                "types": [kind for kind, components in COMPONENTS.items() if slug in components],
            }
            for slug, label in NAMES.items()
        ]
        return render_to_string(
            "admin/announcements/components.html", {"rows": rows, "choices": Availability.choices}
        )

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {slug: data.get(f"{name}-{slug}", UNKNOWN) for slug in NAMES}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}-{slug}" not in data for slug in NAMES)


class ComponentsField(forms.Field):
    """The availability of each component by its slug."""

    widget = ComponentsWidget

    def validate(self, value: Any) -> None:
        for slug, availability in value.items():
            if availability not in Availability:
                raise ValidationError(f"{NAMES[slug]}: choose one of the four.", code="invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return any(data[slug] != (initial or {}).get(slug, UNKNOWN) for slug in data)


class ReleaseRowForm(forms.ModelForm):
    """A release in an announcement's page, with what could be obtained of it."""

    available = ComponentsField(
        label="What could be obtained",
        required=False,
        help_text="Not checked is never shown as missing. The level of openness is computed from this "
        "and from the licenses.",
    )
    place = PlaceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recorded: dict[str, ReleaseComponent] = {}
        if self.instance.pk:
            self.recorded = {row.component: row for row in self.instance.components.all()}
        self.initial["available"] = {slug: row.availability for slug, row in self.recorded.items()}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        release_type = self.cleaned_data.get("type")
        given = self.cleaned_data.get("available") or {}
        named = [slug for slug, availability in given.items() if availability != UNKNOWN]
        if release_type and (sentence := applies_not(release_type, named)):
            self.add_error("available", sentence)
        return cleaned

    def save(self, commit: bool = True) -> Release:
        release = super().save(commit)
        if commit and "available" in self.changed_data:
            for slug, availability in self.cleaned_data["available"].items():
                self._record(slug, availability)
        return release

    def _record(self, slug: str, availability: str) -> None:
        row = self.recorded.get(slug)
        if row is None:
            if availability != UNKNOWN:
                self.instance.components.create(component=slug, availability=availability)
        elif availability == UNKNOWN and not _has_details(row, self.instance.type):
            row.delete()
        elif row.availability != availability:
            row.availability = availability
            row.save()


def _has_details(row: ReleaseComponent, release_type: str) -> bool:
    has_words = row.license_id or row.url or row.note or row.checked_on
    return bool(has_words) and row.component in COMPONENTS[release_type]


class ComponentFormSet(forms.models.BaseInlineFormSet):
    """The components of one release, as far as they apply to its type."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            component = getattr(form, "cleaned_data", {}).get("component")
            if not component or (self.can_delete and self._should_delete_form(form)):  # type: ignore[attr-defined]
                continue
            if sentence := applies_not(self.instance.type, [component]):
                form.add_error("component", sentence)
