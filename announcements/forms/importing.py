"""The forms of an import: the file, and what its unsure licenses mean."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from announcements.models import License
from announcements.models.importing import KEEP_AS_NOTE, LEAVE_EMPTY

LARGEST = 5_000_000
"""Bytes of a file that is given in the admin."""
NOT_CHOSEN, EMPTY = "?", "-"
LEAVE = [
    (EMPTY, "Leave the license empty"),
    (KEEP_AS_NOTE, "Leave it empty, and keep the words in the note of the release or component"),
]


class FileForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="CSV (UTF-8), XLSX, JSON or NDJSON, of announcements or of companies.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson"}
        ),
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Its first row names the columns.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(
                f"The file has {(file.size or 0) // 1_000_000} MB; here are at most "
                f"{LARGEST // 1_000_000}. Larger ones are imported from the command line: "
                f"manage.py import_announcements {file.name}"
            )
        return file


class LicenseQuestions(forms.Form):
    """One choice for each text that could mean several licenses; the likely ones first."""

    def __init__(self, questions: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts: dict[str, str] = {}
        every = list(License.objects.values_list("slug", "name").order_by("name"))
        names = dict(every)
        for number, question in enumerate(questions):
            name = f"license-{number}"
            self.texts[name] = question["text"]
            near = [(slug, names[slug]) for slug in question["candidates"] if slug in names]
            self.fields[name] = forms.ChoiceField(
                initial=NOT_CHOSEN,
                label=f"“{question['text']}” ({_times(question['times'])})",
                choices=[
                    (NOT_CHOSEN, "Choose"),
                    ("It may be", near),
                    ("None of these", LEAVE),
                    ("Every license", [row for row in every if row not in near]),
                ],
            )

    def answers(self) -> dict[str, str]:
        """What was chosen, by text; what was not chosen is left out."""
        return {
            self.texts[name]: LEAVE_EMPTY if value == EMPTY else value
            for name, value in self.cleaned_data.items()
            if value != NOT_CHOSEN
        }


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
