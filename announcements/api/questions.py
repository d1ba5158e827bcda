"""What a program asks for: the address taken apart, and what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from django.http import QueryDict
from django.utils import timezone

from announcements.filters import AnnouncementFilter, Selection, select

FILTERS = tuple(name for name in AnnouncementFilter.base_filters if name not in ("order", "page"))
MOST, USUAL = 100, 25
"""Items in a page of a list, at most and unless asked otherwise."""


class Refused(Exception):
    """The address means nothing here: what is wrong, by parameter, with what would be right."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.errors = {name: [message]}

    @classmethod
    def because(cls, errors: Mapping[str, Iterable[str]]) -> "Refused":
        refused = cls("", "")
        refused.errors = {name: list(messages) for name, messages in errors.items()}
        return refused


class StartOver(Exception):
    """What the address goes on from is not known any more; the message says so."""


@dataclass(frozen=True)
class Question:
    """The parameters of one request; ``absolute`` makes an address of this site absolute."""

    path: str
    params: QueryDict
    absolute: Callable[[str], str]
    today: date = field(default_factory=lambda: timezone.localdate())

    def allow(self, names: Iterable[str]) -> None:
        """Raise Refused if there is any parameter but these."""
        allowed = list(names)
        words = f"Allowed: {', '.join(allowed)}." if allowed else "None is taken here."
        unknown = [name for name in self.params if name not in allowed]
        if unknown:
            raise Refused.because(
                {name: [f"There is no parameter of this name. {words}"] for name in unknown}
            )

    def one(self, name: str) -> str:
        """The value of a parameter that takes one, "" if it is not there."""
        values = [value for value in self.params.getlist(name) if value]
        if len(values) > 1:
            raise Refused(name, "Takes one value, once.")
        value = values[0] if values else ""
        if "\0" in value:
            raise Refused(name, "There is a NUL in it. Take it out.")
        return value

    def some(self, name: str, allowed: Iterable[str]) -> list[str]:
        """The values of a parameter that takes several, with commas or repeated."""
        given = [
            part.strip() for value in self.params.getlist(name) for part in value.split(",") if part
        ]
        known = list(allowed)
        for value in given:
            if value not in known:
                raise Refused(name, f"“{value[:60]}” is not one of them. {_near(value, known)}")
        return list(dict.fromkeys(given))

    @cached_property
    def page_size(self) -> int:
        text = self.one("page_size")
        if not text:
            return USUAL
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST):
            raise Refused("page_size", f"Takes a whole number from 1 to {MOST}.")
        return int(text)

    def selection(self, *others: str) -> Selection:
        """The announcements that the filters mean; ``others`` are parameters of which they know nothing."""
        params = self.params.copy()
        for name in others:
            params.pop(name, None)
        selection = select(params)
        if not selection.is_valid:
            raise Refused.because(selection.errors)
        return selection

    @property
    def has_filters(self) -> bool:
        return any(value for name in FILTERS for value in self.params.getlist(name))

    def address(self, **changes: str) -> str:
        """The same address with other values; a parameter with "" is left out."""
        params = self.params.copy()
        for name, value in changes.items():
            params.pop(name, None)
            if value:
                params[name] = value
        query = params.urlencode()
        return self.absolute(f"{self.path}?{query}" if query else self.path)


def _near(value: str, known: list[str]) -> str:
    if not known:
        return "Nothing can be named here."
    near = get_close_matches(value, known, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}Allowed: {', '.join(known)}."
