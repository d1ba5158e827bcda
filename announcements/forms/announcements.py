"""The announcement itself."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from announcements.forms.refusals import RefusableForm
from announcements.models.publishing import WORDS


class AnnouncementForm(RefusableForm):
    """A draft may lack anything but a title; what readers see may not.

    ``stays_published`` is set on a class made for one request.
    """

    stays_published: ClassVar[bool] = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.stays_published:
            for field, words in WORDS.items():
                if field not in self.errors and not self.cleaned_data.get(field):
                    self.add_error(field, ValidationError(words, code="missing"))
        return cleaned
