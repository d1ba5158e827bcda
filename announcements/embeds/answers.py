"""oEmbed 1.0 (https://oembed.com): which announcement is asked for, and answers as XML."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from django.urls import Resolver404, resolve

ANSWERS = ("json", "xml")
"""The formats of an answer."""
PAGES = ("announcements:announcement_detail", "announcements:embed")
"""The pages whose address stands for an announcement."""
DEFAULT_PORTS = (None, 80, 443)
LARGEST = 100_000

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may contain (XML 1.0, 2.2)."""


def slug_at(address: str, host: str) -> str | None:
    """The slug in the address of an announcement's page on this host; None for any other address.

    However it is spelled: its scheme, case and port, doubled slashes or none at the end, what a query
    or a fragment adds.
    """
    try:
        parts = urlsplit(address.strip())
        is_ours = _place(address.strip()) == _place(f"//{host}")
        path = re.sub("/+", "/", unquote(parts.path, errors="strict")).rstrip("/")
        match = resolve(f"{path}/")
    except (ValueError, Resolver404):
        return None
    is_of_the_web = parts.scheme in ("http", "https")
    if not (is_ours and is_of_the_web and match.view_name in PAGES):
        return None
    return str(match.kwargs["slug"])


def _place(address: str) -> tuple[str, int | None]:
    """Host and port of an address; ValueError if it has a port that is none."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removesuffix(".").removeprefix("www.")
    return host, None if parts.port in DEFAULT_PORTS else parts.port


def limit(text: str) -> int | None:
    """How many pixels a page can give, None if it does not say; ValueError says what would be right."""
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,6}", text) or not 0 < int(text) <= LARGEST:
        raise ValueError(f"Give a whole number of pixels, from 1 to {LARGEST}.")
    return int(text)


def as_xml(answer: Mapping[str, object]) -> bytes:
    """An answer as the XML of oEmbed."""
    root = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(root, name).text = for_xml(str(value))
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def for_xml(text: str) -> str:
    """Text without what XML cannot contain."""
    return NOT_IN_XML.sub("", text)
