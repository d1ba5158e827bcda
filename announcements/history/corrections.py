"""What readers saw change: of an announcement, from the day they could see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from announcements.history.stories import RowStep, State, Story, between
from announcements.history.wording import RowChange, Wording


@dataclass(frozen=True)
class Correction:
    """One change to what readers see, with its reason if the editors gave one."""

    moment: datetime
    reason: str
    rows: list[RowChange]


def corrections(story: Story) -> list[Correction]:
    """The newest first. Of the time in which it was a draft only what it came to is told, never its steps."""
    found = list(_seen(story))
    wording = Wording((row for _, _, rows in found for row in rows), for_readers=True)
    told = [
        Correction(moment, reason, [change for row in rows if (change := _told(wording, row))])
        for moment, reason, rows in found
    ]
    return [correction for correction in told[::-1] if correction.rows]


def _seen(story: Story) -> Iterator[tuple[datetime, str, list[RowStep]]]:
    shown: State | None = None
    for step, state in zip(story.steps, story.states, strict=True):
        event = state.get((story.model, story.key))
        if event is None or event["state"] != "published":
            continue
        if shown is not None:
            yield step.moment, step.reason, between(shown, state)
        shown = state


def _told(wording: Wording, row: RowStep) -> RowChange | None:
    change = wording.row(row)
    return change if change.fields or change.what != "changed" else None
