"""The queues on the admin's front page."""

from typing import Any

from django import template

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
