"""Columns for what Django has no field for: partial dates, addresses, lists, and values that follow others."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.partial_dates import HOW_TO_WRITE, InvalidDate, PartialDate


class _Parsed(DeferredAttribute):
    """Turns text into the field's value on assignment, so an unsaved object already has the real thing."""

    field: Any

    def __set__(self, instance: models.Model, value: Any) -> None:
        is_expression = hasattr(value, "resolve_expression")
        instance.__dict__[self.field.attname] = (
            value if is_expression else self.field.to_python(value)
        )


class PartialDateFormField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        attributes = {"size": 10, "maxlength": 10, "placeholder": "2023-10-18"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(**{**kwargs, "max_length": None})

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        return parse_partial_date(super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()


class PartialDateField(models.CharField):
    """A date as exactly as it is known; a PartialDate in Python, sortable text in the database, or NULL."""

    descriptor_class = _Parsed
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", HOW_TO_WRITE)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        return parse_partial_date(value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value or ""))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return str(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        is_expression = hasattr(value, "resolve_expression")
        return super().get_db_prep_save(
            value if is_expression else self.to_python(value), connection
        )

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("widget", None)
        return models.Field.formfield(self, form_class=PartialDateFormField, **kwargs)


def parse_partial_date(value: Any) -> PartialDate | None:
    """A PartialDate from text, a date or a PartialDate; None from nothing; a ValidationError from the rest."""
    if isinstance(value, date):
        return PartialDate.of(value)
    if not value or isinstance(value, PartialDate):
        return value or None
    try:
        return PartialDate.parse(str(value))
    except InvalidDate as error:
        raise ValidationError(str(error), code="invalid_date") from error


class FirstDayField(models.DateField):
    """The first day that a PartialDateField of the same row can mean, kept on every save and bulk_create."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{**kwargs, "editable": False, "null": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def clean(self, value: Any, model_instance: models.Model | None) -> date | None:
        return self.pre_save(model_instance, add=False) if model_instance else value

    def pre_save(self, model_instance: models.Model, add: bool) -> date | None:
        partial = getattr(model_instance, self.of)
        day = partial.earliest if partial else None
        setattr(model_instance, self.attname, day)
        return day


class AddressField(models.URLField):
    """The address of a page on the web, "" where there is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 2000
        super().__init__(*args, **kwargs)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            scheme, colon, rest = value.strip().partition(":")
            value = scheme.lower() + colon + rest
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class CanonicalAddressField(models.CharField):
    """The canonical form of an AddressField of the same row, kept on every save and bulk_create."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{**kwargs, "editable": False, "max_length": 2000})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        try:
            canonical = canonical_url(getattr(model_instance, self.of))
        except InvalidAddress as error:
            raise ValidationError({self.of: str(error)}) from error
        setattr(model_instance, self.attname, canonical)
        return canonical


def address_constraint(table: str, field: str) -> models.CheckConstraint:
    """An address is absent or one of the web's."""
    return models.CheckConstraint(
        name=f"{table}_{field}_absent_or_web",
        condition=models.Q(**{field: ""})
        | models.Q(**{f"{field}__startswith": "https://"})
        | models.Q(**{f"{field}__startswith": "http://"}),
        violation_error_message="An address begins with https:// or http://.",
    )


def known_constraint(table: str, field: str, *values: str) -> models.CheckConstraint:
    """A text is one of the values; "" among them allows none."""
    return models.CheckConstraint(
        name=f"{table}_{field}_known",
        condition=models.Q(**{f"{field}__in": values}),
        violation_error_message=f"Known values: {', '.join(filter(None, values))}.",
    )


class LinesFormField(forms.CharField):
    """A list of texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [
            line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()
        ]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class ListField(models.JSONField):
    """A list of texts; with ``terms`` (pairs of slug and name) a list of chosen slugs without doubles."""

    def __init__(
        self, *args: Any, terms: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        self.terms = terms
        kwargs.setdefault("default", list)
        super().__init__(*args, **{**kwargs, "blank": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["blank"]
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValidationError("A list of texts is needed here.", code="invalid")
        if len(set(value)) != len(value):
            raise ValidationError("The list names something twice.", code="double")
        if self.terms is not None and (unknown := set(value) - {slug for slug, _ in self.terms}):
            allowed = ", ".join(slug for slug, _ in self.terms)
            raise ValidationError(
                f"Unknown: {', '.join(sorted(unknown))}. Allowed: {allowed}.", code="unknown"
            )

    def formfield(self, **kwargs: Any) -> Any:
        if self.terms is None:
            return models.Field.formfield(
                self, form_class=LinesFormField, **{"show_hidden_initial": False, **kwargs}
            )
        kwargs.update(widget=forms.CheckboxSelectMultiple, show_hidden_initial=False)
        return models.Field.formfield(
            self,
            form_class=forms.MultipleChoiceField,
            choices_form_class=None,
            choices=self.terms,
            **kwargs,
        )
