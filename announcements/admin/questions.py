"""What two editors both changed, in words: a choice between mine and theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.formats import date_format

from announcements.forms.sent import LISTED, Sent
from announcements.merging import INCIDENTAL, Conflict, Merge, Row, Rows, Where


@dataclass(frozen=True)
class Question:
    """One conflict: the name of its radio buttons, what it is about, and both sides of it."""

    name: str
    label: str
    mine: str
    theirs: str
    chosen: str


@dataclass(frozen=True)
class Meanwhile:
    """What happened to a record since a form was opened: who saved it, what is to be chosen, what was taken."""

    saved_by: str
    questions: list[Question]
    taken: list[str]


def choice_of(where: Where) -> str:
    """The name of the radio buttons of a conflict."""
    return f"choice-{where[0]}-{where[1]}"


class Wording:
    """Words for the rows of one form; ``nouns`` says by prefix what a row of a list is called."""

    def __init__(self, sent: Sent, nouns: dict[str, str]) -> None:
        self.sent, self.nouns = sent, nouns
        self.names = {
            f"{prefix}/{row.instance.pk}": f"{nouns[prefix]} “{row.instance}”"
            for prefix, formset in sent.formsets.items()
            for row in formset.initial_forms
        }

    def row(self, key: str) -> str:
        return self.names.get(key) or self.nouns.get(key.partition("/")[0], "")

    def question(self, one: Conflict) -> Question:
        name = choice_of(one.where)
        about = [self.row(one.row), self.sent.label(one.row, one.field) or "keep or remove"]
        label = ": ".join(filter(None, about))
        mine, theirs = self._side(one, one.mine), self._side(one, one.theirs)
        return Question(name, label, mine, theirs, self.sent.data.get(name, ""))

    def _side(self, one: Conflict, side: list[str] | Row | None) -> str:
        if side is None:
            return "remove it"
        if not isinstance(side, dict):
            return self.sent.words(one.row, one.field, side)
        fields = [
            f"{self.sent.label(one.row, name)}: {self.sent.words(one.row, name, values)}"
            for name, values in side.items()
            if values and name in self.sent.fields(one.row) and name not in INCIDENTAL
        ]
        return "keep it, with " + "; ".join(fields)

    def taken(self, merged: Merge, base: Rows) -> Iterable[str]:
        for key, name in merged.taken:
            if key == LISTED or name in INCIDENTAL:
                continue
            row = self.row(key)
            if name:
                label = self.sent.label(key, name).lower()
                yield f"{label} of {row}" if row else label
            else:
                yield f"{row} removed" if key in base else f"{row} added"


def saved_by(obj: Any, since: str) -> str:
    """Who saved the record last since then, and when; "somebody else" if the log does not say."""
    entry = (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(obj),
            object_id=str(obj.pk),
            action_time__gte=datetime.fromisoformat(since),
        )
        .select_related("user")
        .order_by("-action_time")
        .first()
    )
    if entry is None:
        return "somebody else"
    when = date_format(timezone.localtime(entry.action_time), "Y-m-d H:i")
    return f"{entry.user.get_full_name() or entry.user.get_username()} ({when})"
