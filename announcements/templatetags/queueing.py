"""The queues on the admin's front page."""

from typing import Any

from django import template

from announcements.models import Suggestion
from announcements.queues import QUEUES, asked_by

register = template.Library()


@register.simple_tag(takes_context=True)
def queues(context: Any) -> list[tuple[Any, int]]:
    """The queues that the user may work through, each with how many records wait in it."""
    user = context["request"].user
    asking = asked_by(user)
    return [
        (queue, queue.waiting(asking).count()) for queue in QUEUES.values() if queue.is_for(user)
    ]


@register.simple_tag(takes_context=True)
def open_suggestions(context: Any) -> int | None:
    """How many suggestions of readers wait for a decision; None for those who may not decide."""
    may_decide = context["request"].user.has_perm("announcements.change_suggestion")
    return Suggestion.objects.open().count() if may_decide else None
