"""One form for every spelling of a page's address, so that one source is stored once.

Two different pages must never get one form: a rule is here only if it cannot merge any, and
where that is in doubt the spellings stay apart. The rules are the rows of `NOISE` (what a query
may lose) and `SAME_PAGE` (which spellings are one), at the end.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, unquote_to_bytes

from w3lib.url import canonicalize_url

MAX_LENGTH = 2000
MAX_PASSES = 10


class InvalidAddress(ValueError):
    """The text is not the address of a web page; the message says why and what would be right."""


@dataclass
class Page:
    """An address in parts: place is host, port and path, query a list of name=value."""

    host: str
    place: str
    query: list[str]
    fragment: str


def canonical_url(address: str) -> str:
    """Return the one form of a page's address, or raise InvalidAddress with a helpful sentence.

    A form is returned only once another pass leaves it alone, so it is its own canonical form.
    """
    text = address.strip(" \t\r\n")
    for _ in range(MAX_PASSES):
        folded = _fold(text)
        if folded == text:
            return text
        text = folded
    raise InvalidAddress("Too many addresses within each other. Give that of the page itself.")


def _fold(text: str) -> str:
    page = _read(text)
    query = page.query if AS_TYPED.fullmatch(page.host) else _without_noise(page)
    address = page.place + ("?" + "&".join(query) if query else "")
    for pattern, form in SAME_PAGE:
        if match := pattern.fullmatch(address):
            address = match.expand(form) if isinstance(form, str) else form(match)
    return f"https://{address}" + (f"#{page.fragment}" if page.fragment else "")


def _without_noise(page: Page) -> list[str]:
    noise = [item for place, item in NOISE if place.fullmatch(page.place)]
    kept = [item for item in page.query if not any(n.fullmatch(item) for n in noise)]
    return sorted(kept, key=lambda item: item.partition("=")[0])


# Reading an address

ADDRESS = re.compile(r"(?i:(https?)://)([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?")
HOST_AND_PORT = re.compile(r"(\[[^]]*]|[^:]*)(?::([0-9]{0,9}))?")
LABEL = re.compile(r"[a-z0-9_-]{1,63}")
NUMBER_AT_THE_END = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?![0-9]+(?:/|$))", re.IGNORECASE)
GIT_OVER_SSH = re.compile(r"(?:(?:git\+)?ssh://)?git@([\w.-]+)(?::\d+/|[:/])/?(.+?)(?:\.git)?/?")
UNUSUAL = re.compile(r"[^!-\[\]-~]")
JOINERS = "\u200c\u200d"
FAULTS = {"Cc": "a control character", "Cf": "an invisible character", "Cs": "half a character"}
FAULTS |= {"Zs": "a space", "Zl": "a line break", "Zp": "a line break"}


def _read(text: str) -> Page:
    _refuse_characters(text)
    if len(text) > MAX_LENGTH:
        raise InvalidAddress(
            f"The address has {len(text)} characters. Give one of at most {MAX_LENGTH}."
        )
    match = ADDRESS.fullmatch(text)
    if not match:
        raise InvalidAddress(_not_of_the_web(text))
    scheme, netloc, path, query, fragment = match.groups(default="")
    host, port = _host_and_port(netloc.rpartition("@")[2], scheme.lower())
    place = host + port + _path(path, host)
    return Page(host, place, _query(query), _fragment(fragment))


def _refuse_characters(text: str) -> None:
    for character in UNUSUAL.findall(text):
        if character == "\\":
            raise InvalidAddress("The address contains a backslash. Write / instead.")
        fault = FAULTS.get(unicodedata.category(character))
        if fault and character not in JOINERS:
            right = "Write %20 for it" if character == " " else "Take it out"
            raise InvalidAddress(f"The address contains {fault} (U+{ord(character):04X}). {right}.")


def _not_of_the_web(text: str) -> str:
    if git := GIT_OVER_SSH.fullmatch(text):
        return f"This is an address for git over ssh. Write https://{git[1]}/{git[2]}."
    scheme = SCHEME.match(text)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return f"A source is a web page, not {scheme[1][:20]}:. Give an address with https://."
    return "The address lacks https:// or a host. Write it as in https://example.org/page."


def _host_and_port(netloc: str, scheme: str) -> tuple[str, str]:
    match = HOST_AND_PORT.fullmatch(netloc)
    if not match or not 0 < (port := int(match[2] or 443)) < 65536:
        raise InvalidAddress(
            "The port is not a number from 1 to 65535. Correct it or leave it out."
        )
    # http on port 443 becomes https, where 443 says nothing.
    is_default = port == 443 or (scheme == "http" and port == 80)
    return _host(match[1]), "" if is_default else f":{port}"


def _host(host: str) -> str:
    if not host:
        raise InvalidAddress("The address has no host. Write it as in https://example.org/page.")
    if host.startswith("[") or NUMBER_AT_THE_END.fullmatch(host):
        return _ip_address(host)
    labels = _labels(host)
    if not all(map(LABEL.fullmatch, labels)) or len(".".join(labels)) > 253:
        raise InvalidAddress(
            f"The host {host[:60]} is not a name. Use letters, digits, hyphens and dots."
        )
    if len(labels) == 1 and labels != ["localhost"]:
        raise InvalidAddress(f"The host {host[:60]} has no dot. Write it in full, as example.org.")
    while labels[0] == "www" and len(labels) > 2:
        del labels[0]
    return ".".join(labels)


def _ip_address(host: str) -> str:
    try:
        if host.startswith("[") and "%" not in host:
            return f"[{ipaddress.IPv6Address(host[1:-1])}]"
        return str(ipaddress.IPv4Address(host.removesuffix(".")))
    except ValueError:
        raise InvalidAddress(
            f"The host {host[:60]} is not an IP address. Write one as 192.0.2.1 or [2001:db8::1]."
        ) from None


def _labels(host: str) -> list[str]:
    # Python's own idna codec would turn straße.de into strasse.de, which is another site.
    host = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower())
    labels = host.replace("\u3002", ".").removesuffix(".").split(".")
    return [label if label.isascii() else _punycode(label) for label in labels]


def _punycode(label: str) -> str:
    is_word = all(c in "-" + JOINERS or unicodedata.category(c)[0] in "LMN" for c in label)
    return "xn--" + label.encode("punycode").decode() if is_word else ""


def _path(path: str, host: str) -> str:
    path = canonicalize_url(f"https://host{path}").removeprefix("https://host")
    if not AS_TYPED.fullmatch(host):
        path = re.sub(r"(?<!:)/{2,}", "/", path)
        path = re.sub(r"(?i:;jsessionid=)[^/;]*", "", path)
    return path.rstrip("/") or "/"


def _query(query: str) -> list[str]:
    items = (item.partition("=") for item in query.replace("&amp;", "&").split("&") if item)
    return [_form(name) + equals + _form(value) for name, equals, value in items]


def _form(text: str) -> str:
    return quote_plus(unquote_to_bytes(text.replace("+", " ")), safe="/:,@!*'()$")


def _fragment(fragment: str) -> str:
    # Pages drawn by script tell themselves apart after #! and #/; the rest are places in a page.
    fragment = fragment.partition(":~:")[0].rstrip("/")
    is_page = fragment.startswith(("!", "/")) and fragment != "!"
    return quote(fragment, safe="%/!:;=?&@,+$'()*~") if is_page else ""


# Rules

# Web archives hold an address within the address, and a DOI may hold any character.
AS_TYPED = re.compile(r"web\.archive\.org|archive\.(?:is|ph|today)|(?:dx\.)?doi\.org")

# What a query may lose: where (host and path, www. is gone), and which name=value.
NOISE = [
    (re.compile(place), re.compile(item, re.VERBOSE))
    for place, item in [
        (
            r".*",
            r"""(?i:
            ((utm|mtm|matomo|piwik|hsa|vero|oly)_[^=]* | _{1,2}hs[^=]* | hsctatracking
            | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | ysclid | twclid
            | ttclid | li_fat_id | srsltid | igshid | igsh | mc_cid | mc_eid | mkt_tok | _ga | _gl
            | gad_source | gad_campaignid | ref_src | ref_url | s_cid | cmpid | ncid | spm | usqp
            | amp_js_v | amp_gsa | __twitter_impression | guccounter | guce_referrer(_sig)?
            | pk_(campaign|kwd|medium|source) | phpsessid)(=.*)?
            | amp(=(1|true)?)? | outputtype=amp
            | share=(email|facebook|linkedin|reddit|telegram|twitter|whatsapp|x)
            ) | ref=([a-z0-9-]+\.)+(com|org|net|io|ai|co|news|dev|tech)""",
        ),
        (r"(github\.com|huggingface\.co)/.+/blob/.+", r"(code|download|plain|raw)(=.*)?"),
        (r"github\.com/[^/]+/[^/]+", r"tab=readme-ov-file"),
        (r"youtube\.com/.*", r"(ab_channel|feature|pp|si)(=.*)?"),
        (r"open\.spotify\.com/.*", r"si=.*"),
        (r"([^/]+\.)?medium\.com/.*", r"(sk|source)=.*"),
        (r"[^/]+\.substack\.com/.*", r"(isFreemail|post_id|publication_id|r|triedRedirect)=.*"),
        (r"linkedin\.com/.*", r"(lipi|originalSubdomain|rcm|trackingId|trk)=.*"),
        (r"[^/]+\.blogspot\.com/.*", r"m=[01]"),
        (r"[^/]+\.wikipedia\.org/.*", r"wprov=.*"),
    ]
]


def is_tracking(name: str) -> bool:
    """Whether a parameter of this name says where a reader came from, and nothing of what they want to see."""
    _, anywhere = NOISE[0]
    return anywhere.fullmatch(f"{name}=x") is not None


def _lower(text: str) -> str:
    return re.sub(r"%..", lambda escape: escape[0].upper(), text.lower())


# Not where the first word of the host or the last of the path is somebody's name, even "amp".
UNNAMED = (
    r"(?!(?:(?:bitbucket|codeberg|gitee|github|gitlab|huggingface|reddit|x|youtube)\.(?:co|com|org)"
    r"|[^/]+\.(?:appspot|beehiiv|blogspot|herokuapp|medium|substack|tumblr|wixsite|wordpress)\.com"
    r"|[^/]+\.(?:(?:ghost|github|gitlab|readthedocs)\.io|(?:netlify|vercel|web)\.app|hf\.space"
    r"|azurewebsites\.net|notion\.site|(?:pages|workers)\.dev|wik[a-z]+\.org)"
    rf"|{AS_TYPED.pattern})/)"
)
ARXIV = (
    r"(?:(?:(?:browse|cn|de|export)\.)?arxiv\.org|xxx\.lanl\.gov)"
    r"/(?:abs|e-print|format|html|pdf|ps)"
)
PAPER = r"(?:v[0-9]+)?(?:\.pdf)?(?:\?.*)?"
REPO = r"((?:github\.com|huggingface\.co(?:/datasets|/spaces)?)/[^/?]+/[^/?]+)"
VIDEO = r"((?!videoseries|live_stream)[\w-]{11})(?:[?&].*)?"
POST = r"reddit\.com/(?:(?:r|u|user)/[^/]+/)?comments/([^/?]+)"
SITE = r"((?!(?:ac|com?|edu|gov|net|org)\.[a-z]{2}/)[^/:.]+\.[^/:]+/.*)"
# A slug or a number: /package/amp is a page about a thing.
ARTICLE = r"([^?]+/(?=[^-/]*-[^-/]*-|[^/]*[0-9]{5}|[^/]*\.html?/)[^/?]+)"

# Which spellings are one page: host, path and query, and the form they get, which other rows may
# take further.
Form = str | Callable[[re.Match[str]], str]
SPELLINGS: list[tuple[str, Form]] = [
    (ARXIV + r"/([0-9]{4}\.[0-9]{4,5})" + PAPER, r"arxiv.org/abs/\1"),
    (ARXIV + r"/([a-z-]+)(?:\.[A-Za-z]{2})?/([0-9]{7})" + PAPER, r"arxiv.org/abs/\1/\2"),
    (r"(?:dx\.)?doi\.org/([^?]*)(.*)", lambda match: f"doi.org/{_lower(match[1])}{match[2]}"),
    (r"doi\.org/10\.48550/arxiv\.([^?]*[0-9])", r"arxiv.org/abs/\1"),
    (r"raw\.github(?:usercontent)?\.com/([^/?]+/[^/?]+)/(.+/.+)", r"github.com/\1/blob/\2"),
    (r"hf\.co/(.*)", r"huggingface.co/\1"),
    # Neither hub has two names that differ by case alone and both answer to any; files differ.
    (REPO + r"(.*)", lambda match: _lower(match[1]) + match[2]),
    (r"(?:github\.com|huggingface\.co)/[^/?]+", lambda match: _lower(match[0])),
    (REPO + r"\.git", r"\1"),
    (REPO + r"/(?:raw|resolve)/([^?]+/.+)", r"\1/blob/\2"),
    (REPO + r"/(blob|tree)/refs/heads/(.+)", r"\1/\2/\3"),
    (REPO + r"/tree/main(\?.*)?", r"\1\2"),
    (r"twitter\.com/(.*)", r"x.com/\1"),
    (r"x\.com/i/web/status/(.*)", r"x.com/i/status/\1"),
    (
        r"x\.com/(\w+)/status(?:es)?/([0-9]+)(?:/(?:photo|video)/[0-9])?(?:\?.*)?",
        lambda match: f"x.com/{match[1].lower()}/status/{match[2]}",
    ),
    (r"youtu\.be/" + VIDEO, r"youtube.com/watch?v=\1"),
    (r"youtube(?:-nocookie)?\.com/(?:embed|live|shorts|v)/" + VIDEO, r"youtube.com/watch?v=\1"),
    (r"youtube\.com/watch\?(?:.*&)?v=" + VIDEO, r"youtube.com/watch?v=\1"),
    (r"(?:new|np|old)\.reddit\.com/(.*)", r"reddit.com/\1"),
    (POST + r"(?:/[^/?]+)?(?:\?.*)?", r"reddit.com/comments/\1"),
    (POST + r"/[^/?]+/([^/?]+)(?:\?.*)?", r"reddit.com/comments/\1/_/\2"),
    (r"([a-z-]+)\.m\.(wik[a-z]+\.org/.*)", r"\1.\2"),
    (r"(?:[^/]+\.)?cdn\.ampproject\.org/[cv]/(?:s/)?([^/?]+\.[^/?]+.*)", r"\1"),
    (r"google(?:\.com?)?\.[a-z]{2,3}/amp/(?:s/)?([^/?]+\.[^/?]+.*)", r"\1"),
    (rf"{UNNAMED}(?:m|mobile|amp)\.{SITE}", r"\1"),
    (rf"{UNNAMED}{ARTICLE}/amp(\?.*)?", r"\1\2"),
]
SAME_PAGE = [(re.compile(pattern), form) for pattern, form in SPELLINGS]
