"""What a page says of itself to those who show a link to it."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from announcements import previews, site

register = template.Library()


@register.simple_block_tag
def kept(content: str) -> SafeString:
    """What the tag encloses, kept under a name, so that a block can be said in two places."""
    return SafeString(content.strip())


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """An address of this site with its scheme and host."""
    return context["request"].build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def canonical_address(context: Context) -> str:
    """The one absolute address of a page, whatever else the address asked for may have carried.

    A view whose page depends on its query string says in ``canonical_query`` what of it counts.
    """
    query = context.get("canonical_query", "")
    path = context["request"].path
    return absolute(context, f"{path}?{query}" if query else path)


@register.simple_tag
def site_facts() -> dict[str, Any]:
    """What every page says of the site and of the size of its pictures."""
    return {"name": site.NAME, "preview_width": previews.WIDTH, "preview_height": previews.HEIGHT}
