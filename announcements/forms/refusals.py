"""Forms that show what saving refused."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError

REFUSALS = (ValidationError, IntegrityError, DataError)
"""What saving or deleting can raise because of what was asked, and not because of a fault."""


class RefusableForm(forms.ModelForm):
    """A form that can be shown once more with what saving refused, beside all that was typed.

    ``refused`` is set on a class made for one request; the code of each error names its field.
    """

    refused: ClassVar[Sequence[ValidationError]] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for error in self.refused:
            self.add_error(error.code if error.code in self.fields else None, error)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # An empty slug is made from the name when the row is saved, after the constraints are asked.
        made_on_saving = {"slug"} if self.cleaned_data.get("slug") == "" else set()
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return known | made_on_saving


def as_errors(error: Exception) -> list[ValidationError]:
    """A refusal as errors for a form, each with its field as code."""
    if not isinstance(error, ValidationError):
        return [ValidationError(sentence(error))]
    if not hasattr(error, "error_dict"):
        return error.error_list
    return [
        ValidationError(message, code=field)
        for field, messages in error.message_dict.items()
        for message in messages
    ]


def sentence(error: Exception) -> str:
    """A refusal in one sentence for a person."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, ProtectedError):
        return "Other records use it. Change those first."
    return (
        "This does not go together with what is in the database; perhaps somebody else saved at "
        "the same moment. Nothing was changed: look again, and save."
    )
