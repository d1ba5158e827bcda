"""Companies, found by any name they bear or bore."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from announcements.models import Company, FormerName
from announcements.search.questions import Query, Term, parse
from announcements.search.words import raw_words, stem


@dataclass(frozen=True)
class NamedCompany:
    """A company that a question names; ``note`` says by which name, unless it is the one readers know."""

    company: Company
    note: str = ""


def companies(text: str) -> list[NamedCompany]:
    """The companies of which one name holds all that a question wants, by name; drafts' own left out."""
    query = parse(text)
    if not query.wanted:
        return []
    notes = {key: _note(names, query) for key, names in _names().items()}
    named = [key for key, note in notes.items() if note is not None]
    rows = Company.objects.public().filter(pk__in=named).order_by("name", "pk")
    return [NamedCompany(company, notes[company.pk] or "") for company in rows]


def _names() -> dict[int, dict[str, str]]:
    """Every name of every company, with what to say of it; the first that is found counts."""
    names: dict[int, dict[str, str]] = {}
    for key, name, legal_name in Company.objects.order_by().values_list("pk", "name", "legal_name"):
        names[key] = {name: ""}
        if legal_name:
            names[key].setdefault(legal_name, f"legal name {legal_name}")
    for key, name in FormerName.objects.order_by("pk").values_list("company_id", "name"):
        names[key].setdefault(name, f"formerly {name}")
    return names


def _note(names: dict[str, str], query: Query) -> str | None:
    """What to say of the name that a question means; None if it means none of these, or shuts one out."""
    if any(_holds(name, query.unwanted, any) for name in names):
        return None
    return next((note for name, note in names.items() if _holds(name, query.wanted, all)), None)


def _holds(name: str, terms: Iterable[Term], how_many: Callable[[Iterable[bool]], bool]) -> bool:
    return how_many(_meets(name, term) for term in terms)


def _meets(name: str, term: Term) -> bool:
    raws, stems = _words(name)
    length = len(term.stems)
    phrases = (stems[first : first + length] for first in range(len(stems) - length + 1))
    return term.stems in phrases and any(raw.startswith(term.prefix) for raw in raws)


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The raw words of a name, and their stems."""
    raws = tuple(raw_words(name))
    return raws, tuple(map(stem, raws))
