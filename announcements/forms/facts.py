"""Concerns, benefits and partners, as rows of an announcement's page and on pages of their own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from announcements.forms.places import PlacedFormSet, PlaceField
from announcements.forms.refusals import RefusableForm
from announcements.forms.sources import CitingForm, SourceReferenceField

MOST_FURTHER_TYPES = 2


class ConcernRules(forms.ModelForm):
    """What the vocabulary says of the types of a concern."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        further = self.cleaned_data.get("further_types") or []
        if len(further) > MOST_FURTHER_TYPES:
            self.add_error("further_types", "Up to two more types may be added to the main one.")
        if self.cleaned_data.get("type") in further:
            self.add_error("further_types", "The main type need not be named again.")
        return cleaned


class ConcernForm(RefusableForm, ConcernRules):
    """A concern on a page of its own."""


class ConcernRowForm(CitingForm, ConcernRules):
    REFERENCES = {"source_reference": "source", "answer_reference": "answer_source"}

    source_reference = SourceReferenceField()
    answer_reference = SourceReferenceField(label="Source of the answer")
    place = PlaceField()


class BenefitRowForm(CitingForm):
    source_reference = SourceReferenceField()
    place = PlaceField()


class PartnerRowForm(forms.ModelForm):
    place = PlaceField()


class PartnerFormSet(PlacedFormSet):
    """The companies that announced with the announcement's own."""

    def clean(self) -> None:
        super().clean()
        for form in self.kept:
            company = getattr(form, "cleaned_data", {}).get("company")
            if company and company.pk == self.instance.company_id:
                message = "This company is the announcement's own already."
                form.add_error("company", ValidationError(message, code="own"))
