"""What people hold of a thing: an address, a repository, a model's id, a package URL; each as pages it means.

Package URLs are read as the specification of purl says (ECMA-427): from the right end to the left, every part
percent-decoded after it was taken apart, with the rules of each type.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from announcements.canonical_urls import InvalidAddress, canonical_url

LONGEST = 2000
HOW = (
    "Give an address (https://…), a repository (owner/name or github.com/owner/name), a Hugging Face id "
    "(hf:owner/name) or a package URL (pkg:github/…, pkg:huggingface/…)."
)
NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
OWNER_AND_NAME = re.compile(rf"{NAME}/{NAME}")
HUGGING_FACE = re.compile(
    rf"(?i:hf|huggingface):(?://)?((?:datasets/|spaces/|models/)?{NAME}(?:/{NAME})?)(?:@[^/@]+)?"
)
WITHOUT_SCHEME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/.*)?")
REPOSITORY = re.compile(
    r"https://(?:(github\.com)|huggingface\.co(/datasets|/spaces)?)/([^/?#]+/[^/?#]+)(?:[/?#].*)?"
)
NOT_OWNERS = frozenset(
    {"api", "blog", "collections", "docs", "features", "orgs", "papers", "topics"}
)
"""First steps of paths on both hubs that are no account."""


class NotAnIdentifier(ValueError):
    """The text names nothing that can be looked up; the message says why and what would be right."""


@dataclass(frozen=True)
class Held:
    """What a text means: pages in their canonical form, and what is below them if they are whole things."""

    kind: str
    pages: tuple[str, ...]
    is_whole: bool = False
    """Whether the pages below belong to it: files, branches and releases of a repository."""
    purl: str = ""


def read(text: str) -> Held:
    """What somebody holds; raises NotAnIdentifier."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise NotAnIdentifier(f"Give at most {LONGEST} characters, and at least one. {HOW}")
    if text[:4].lower() == "pkg:":
        return _package(text[4:])
    if match := HUGGING_FACE.fullmatch(text):
        return _page(f"https://huggingface.co/{match[1].removeprefix('models/')}")
    if text.partition(":")[0].lower() in ("hf", "huggingface") and "://" not in text:
        raise NotAnIdentifier(f"A Hugging Face id is written hf:owner/name. {HOW}")
    if OWNER_AND_NAME.fullmatch(text) and "." not in text.partition("/")[0]:
        return _either_hub(text)
    return _page(f"https://{text}" if WITHOUT_SCHEME.fullmatch(text) else text)


def _either_hub(name: str) -> Held:
    pages = tuple(_canonical(f"https://{host}/{name}") for host in ("github.com", "huggingface.co"))
    return Held("repository", pages, is_whole=True)


def _page(address: str) -> Held:
    page = _canonical(address)
    match = REPOSITORY.fullmatch(page)
    if not match or match[3].partition("/")[0] in NOT_OWNERS:
        return Held("page", (page,))
    github, folder, name = match.groups()
    purl = "" if folder else f"pkg:{'github' if github else 'huggingface'}/{name}"
    home = f"https://{github or 'huggingface.co'}{folder or ''}/{name.removesuffix('.git')}"
    return Held("repository", tuple(dict.fromkeys((page, home))), page == home, purl)


def _canonical(address: str) -> str:
    try:
        return canonical_url(address)
    except InvalidAddress as error:
        raise NotAnIdentifier(f"{error} {HOW}") from error


# Package URLs


def _package(rest: str) -> Held:
    """``rest`` is what stands behind ``pkg:``."""
    rest = rest.partition("#")[0] if "#" in rest else rest
    kind, _, path = rest.lstrip("/").partition("?")[0].partition("/")
    if (type_ := kind.lower()) not in TYPES:
        raise NotAnIdentifier(
            f"“{kind[:40]}” is no type of package URL that is known here. "
            f"Known: {', '.join(TYPES)}."
        )
    path = path.strip("/")
    # A namespace may begin with an @, which npm's do; a version stands behind the last name.
    head, _, last = path.rpartition("/")
    steps = [*head.split("/"), last.partition("@")[0]] if head else [last.partition("@")[0]]
    names = [unquote(step) for step in steps if step not in ("", ".", "..")]
    return TYPES[type_](names)


def _github(names: list[str]) -> Held:
    return _repository("github", "github.com", names)


def _huggingface(names: list[str]) -> Held:
    if len(names) == 1 and re.fullmatch(NAME, names[0]):
        # A model of the first days, which belongs to nobody.
        page = _canonical(f"https://huggingface.co/{names[0]}")
        return Held("repository", (page,), is_whole=True, purl=f"pkg:huggingface/{names[0]}")
    return _repository("huggingface", "huggingface.co", names)


def _repository(kind: str, host: str, names: list[str]) -> Held:
    name = "/".join(names)
    if not OWNER_AND_NAME.fullmatch(name):
        raise NotAnIdentifier(
            f"pkg:{kind}/ is followed by owner/name, as in pkg:{kind}/acme/anvil."
        )
    page = _canonical(f"https://{host}/{name}")
    return Held("repository", (page,), is_whole=True, purl=f"pkg:{kind}/{name.lower()}")


TYPES = {"github": _github, "huggingface": _huggingface}
