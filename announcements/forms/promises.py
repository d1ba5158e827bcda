"""Promises and their stories: the next step as part of the promise's row, or all steps on its own page."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from announcements import statuses
from announcements.forms.dates import IsoDateInput
from announcements.forms.places import PlacedFormSet, PlaceField
from announcements.forms.sources import CitingForm, Desk, SourceReferenceField, recorded
from announcements.models import Promise, Update
from announcements.models.fields import PartialDateFormField
from announcements.models.update import check_story, renumber
from announcements.partial_dates import first_contradiction, place

CORRECTION = "Correction (needs a reason)"
NEEDS_SOURCE = "Name the source, or write a search note: where was searched, and when."
STEP = {
    "happened_on": "step_on",
    "status": "step_status",
    "text": "step_text",
    "note": "step_note",
    "due_from": "step_due_from",
    "due_to": "step_due_to",
    "due_words": "step_due_words",
    "reason": "step_reason",
}
"""The columns of an update and the fields of the promise's row that fill them."""


def status_choices(current: str) -> list[Any]:
    """Every status, those first that the rules let follow the current one, with what each needs."""
    return [("", "No new step"), *grouped_statuses(current)]


def grouped_statuses(current: str) -> list[Any]:
    """The statuses in two groups: what may follow the current one, and what only a correction brings."""
    allowed = statuses.allowed_after(current)
    names = dict(Update.Status.choices)

    def named(slug: str) -> tuple[str, str]:
        change = "no change" if slug == current else statuses.evidence_for(current, slug)
        return slug, f"{names[slug]}: {change}"

    return [
        ("The rules allow", [named(slug) for slug in allowed]),
        (CORRECTION, [named(slug) for slug in names if slug not in allowed]),
    ]


class PromiseRowForm(forms.ModelForm):
    """A promise in an announcement's page, with the fields of one more step of its story."""

    place = PlaceField()
    step_on = PartialDateFormField(
        label="Date",
        required=False,
        help_text="2023, 2023-10 or 2023-10-18. A first step without one has the announcement's.",
    )
    step_status = forms.ChoiceField(label="Status", required=False)
    step_source = SourceReferenceField()
    step_text = forms.CharField(
        label="What happened",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="One sentence in our own words. Filled in, it adds a step when the page is saved.",
    )
    step_note = forms.CharField(
        label="Search note",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="For a step without a page to cite: where was searched, on which day, what was found.",
    )
    step_due_from = forms.DateField(
        label="Newly promised from", required=False, widget=IsoDateInput
    )
    step_due_to = forms.DateField(label="Newly promised until", required=False, widget=IsoDateInput)
    step_due_words = forms.CharField(label="In these words", required=False, max_length=120)
    step_reason = forms.CharField(
        label="Reason of a correction",
        required=False,
        max_length=200,
        help_text="Only when the status changes in a way the rules do not know.",
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.step: Update | None = None
        self.fields["step_source"].listed = desk.listed  # type: ignore[attr-defined]
        choices = status_choices(self.instance.status)
        self.fields["step_status"].choices = choices  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["step_status"] = statuses.ANNOUNCED

    @property
    def has_step(self) -> bool:
        typed = [name for name in self.changed_data if name.startswith("step_")]
        is_none = typed == ["step_status"] and not self["step_status"].value()
        return bool(typed) and not is_none

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.has_step:
            self._read_step()
        return cleaned

    def _read_step(self) -> None:
        typed = {column: self.cleaned_data.get(name) for column, name in STEP.items()}
        step = Update(recorded_by=self.desk.user, **typed)
        self.story = list(self.instance.updates.all()) if self.instance.pk else []
        if not step.happened_on and not self.story:
            announcement = self.cleaned_data.get("announcement")
            step.happened_on = announcement and announcement.announced_on
        self._check_fields(step)
        if any(name in self.errors for name in ("step_on", "step_status")):
            return
        self.story.insert(place([row.happened_on for row in self.story], step.happened_on), step)
        try:
            check_story(self.story)
        except ValidationError as error:
            self.add_error("step_status", error)
            self.add_error("step_reason", "If it is a correction, give its reason here.")
        self.step = step

    def _check_fields(self, step: Update) -> None:
        try:
            step.clean_fields(exclude={"promise", "position", "source"})
        except ValidationError as error:
            self._show(error)
        wrong = {column for column, name in STEP.items() if name in self.errors}
        try:
            step.validate_constraints(exclude={"promise", "position", "source", *wrong})
        except ValidationError as error:
            self._show(error)
        unreadable = "step_source" in self.errors
        if not (self.cleaned_data.get("step_source") or step.note or unreadable):
            self.add_error("step_source", NEEDS_SOURCE)

    def _show(self, error: ValidationError) -> None:
        for column, errors in error.error_dict.items():
            field = "step_due_from" if column == NON_FIELD_ERRORS else STEP[column]
            if field not in self.errors:
                self.add_error(field, errors)

    def save(self, commit: bool = True) -> Promise:
        promise = super().save(commit)
        if commit and self.step:
            self.step.promise = promise
            self.step.source = recorded(self.cleaned_data["step_source"])
            self.step.save()
            renumber(self.story)
        return promise


class UpdateForm(CitingForm):
    """One step on the page of its promise."""

    source_reference = SourceReferenceField(
        help_text="Its number in the announcement's list of sources, or an address."
    )
    place = PlaceField(help_text="Where dates leave it open, this decides. Empty: at its date.")

    def __init__(self, *args: Any, before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            choices = [("", "Choose the status"), *grouped_statuses(before)]
            self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        named = self.cleaned_data.get("source_reference") or "source_reference" in self.errors
        if not named and not self.cleaned_data.get("note"):
            self.add_error("source_reference", NEEDS_SOURCE)
        return cleaned

    def save(self, commit: bool = True) -> Update:
        if not self.instance.pk:
            self.instance.recorded_by = self.desk.user
        return super().save(commit)


class StoryFormSet(PlacedFormSet):
    """All steps of one promise. Places order them; a step without one stands at its date."""

    always_one_more = True

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Each step is offered what may follow the one before it; a new one, what may follow the last."""
        story = [step.status for step in self.get_queryset()]
        so_far = story if index is None else story[:index]
        return {**super().get_form_kwargs(index), "before": so_far[-1] if so_far else ""}

    def in_order(self) -> list[Any]:
        forms_in_order = super().in_order()
        story = [form for form in forms_in_order if form.cleaned_data.get("place")]
        for form in forms_in_order:
            if form not in story:
                story.insert(place(_dates(story), form.cleaned_data["happened_on"]), form)
        return story

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        story = self.in_order()
        if (index := first_contradiction(_dates(story))) is not None:
            before, after = _dates(story)[index - 1 : index + 1]
            raise ValidationError(
                f"The step of {after} stands behind the step of {before}, which is later. "
                "Correct the date, or empty its place to put it at its date."
            )
        check_story([form.instance for form in story])

    def number(self, rows: list[Any]) -> None:
        if rows:
            renumber(rows)


def _dates(story: list[Any]) -> list[Any]:
    return [form.cleaned_data["happened_on"] for form in story]
