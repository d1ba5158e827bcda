"""Choosing a row by typing part of its name."""

from typing import Any

from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)

LARGEST_KEY = 2**63 - 1


class KeysOnly(AutocompleteMixin):
    """Shows the rows chosen. What can be no key is left out: it would be an error in the database."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if _is_key(str(key))], attrs)


class ChooseOne(KeysOnly, AutocompleteSelect):
    pass


class ChooseSeveral(KeysOnly, AutocompleteSelectMultiple):
    """Without the sign that takes all away: each row has its own, and among list items it is none."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().build_attrs(*args, **kwargs), "data-allow-clear": "false"}


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= LARGEST_KEY
