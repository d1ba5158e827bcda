"""What a search found, marked where readers see it."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from announcements import search

register = template.Library()


@register.filter
def marked(text: str, query: str | None) -> SafeString:
    """A text with what a question asks for in ``<mark>``; as it is if nothing was asked."""
    return search.mark(text, query) if query else conditional_escape(text)
