"""Facts in the words that readers meet."""

from django import template

from announcements import charts, entries

register = template.Library()

register.filter("status_words", entries.status_words)
register.filter("due_range", charts.due_range)


@register.filter
def days(number: int, what: str) -> str:
    """How many days, and of what: 1 day late, 268 days overdue."""
    return f"{number} {'day' if number == 1 else 'days'} {what}"
