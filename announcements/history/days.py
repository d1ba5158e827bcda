"""Which day of the past is asked for."""

import re
from datetime import UTC, date, datetime

from announcements.history.rows import versions
from announcements.models import Announcement


class NoSuchDay(ValueError):
    """A sentence that says what is wrong with the day, and what would be right."""


def began() -> date | None:
    """The day, in UTC, of the oldest version of an announcement; None while there is none."""
    moment = (
        versions(Announcement)
        .order_by("history_date")
        .values_list("history_date", flat=True)
        .first()
    )
    return moment.astimezone(UTC).date() if moment else None


def parse_day(text: str) -> date:
    """A day of which is known how things stood at its end, in UTC; else raises NoSuchDay."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NoSuchDay(f"“{text[:40]}” is not a day. Write it as 2026-03-01.") from error
    today, first = datetime.now(UTC).date(), began()
    if day > today:
        raise NoSuchDay(f"{text} is still to come. The latest day is today, {today}.")
    if first is None or day < first:
        since = f"since {first}" if first else "of nothing yet: no announcement was ever saved"
        raise NoSuchDay(f"What stood on {text} is not known: history is kept {since}.")
    return day
