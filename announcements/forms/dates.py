"""Days and times, typed as text: quicker by keyboard than a calendar."""

from typing import Any

from django import forms


class IsoDateInput(forms.DateInput):
    def __init__(self, attrs: Any = None) -> None:
        known = {"placeholder": "2025-06-01", "size": 10}
        super().__init__(attrs={**known, **(attrs or {})}, format="%Y-%m-%d")


class IsoTimeInput(forms.DateTimeInput):
    def __init__(self, attrs: Any = None) -> None:
        known = {"placeholder": "2025-06-01 09:00", "size": 16}
        super().__init__(attrs={**known, **(attrs or {})}, format="%Y-%m-%d %H:%M")
