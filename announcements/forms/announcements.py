"""The announcement itself."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from announcements.forms.refusals import RefusableForm
from announcements.models.publishing import ASKED, WORDS
from announcements.models.states import PASSED

ONLY_WHEN_READY = (
    "Only what is ready waits for a time: press “Ready to publish” with it, or empty it."
)


class AnnouncementForm(RefusableForm):
    """Asks what the announcement's state asks: of a stub a company, of a published one every word.

    ``state`` is the one that saving keeps, ``may_wait`` whether it can have a time to be published at;
    both are set on a class made for one request.
    """

    state: ClassVar[str] = "stub"
    may_wait: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False

    change_reason = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=300,
        widget=AdminTextInputWidget,
        help_text="Readers see it beside what changed. Empty where none is needed, as for a typing error.",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in ASKED[self.state]:
            if field in self.fields and field not in self.errors and not self.cleaned_data[field]:
                self.add_error(field, ValidationError(WORDS[field], code="missing"))
        if self.instance._state.adding and self._has_slug_of_its_title():
            # The script of the page filled it in: if it is taken, the model finds one that is free.
            self.cleaned_data["slug"] = ""
        return cleaned

    def _has_slug_of_its_title(self) -> bool:
        slug, title = (self.cleaned_data.get(name) or "" for name in ("slug", "title"))
        longest = self._meta.model._meta.get_field("slug").max_length
        return bool(slug) and slug == slugify(title)[:longest].strip("-")

    def clean_publish_at(self) -> Any:
        when = self.cleaned_data["publish_at"]
        if when and "publish_at" in self.changed_data:
            if not self.may_wait:
                raise ValidationError(ONLY_WHEN_READY)
            if when <= timezone.now():
                raise ValidationError(PASSED)
        return when
