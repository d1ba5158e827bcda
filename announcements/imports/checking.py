"""What is wrong with a record, before anything of it is written."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django_countries import countries

from announcements import openness, statuses
from announcements.canonical_urls import InvalidAddress, canonical_url
from announcements.imports.descriptions import Descriptions, canonical
from announcements.imports.license_names import LicenseNames
from announcements.imports.reading import Batch, Problem, name_of
from announcements.imports.schema_errors import DATES, DAYS, against_schema
from announcements.models import Announcement, BenefitType, Company, ConcernType
from announcements.partial_dates import InvalidDate, PartialDate, first_contradiction
from announcements.records import (
    Record,
    announcement_schema,
    company_record,
    company_schema,
    draft_schema,
)

NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")
ADDRESSES = {"url", "source", "answer_source", "derived_from"}


@dataclass
class Known:
    """What a record may refer to: the database's rows and those that come in the same batch."""

    companies: dict[str, str]
    """Every name of a company in lower case, and the short one."""
    announcements: set[str]
    concern_types: set[str] = field(
        default_factory=lambda: set(ConcernType.objects.values_list("slug", flat=True))
    )
    benefit_types: set[str] = field(
        default_factory=lambda: set(BenefitType.objects.values_list("slug", flat=True))
    )
    licenses: dict[str, str] = field(default_factory=lambda: LicenseNames().names)

    @classmethod
    def with_batch(cls, batch: Batch) -> "Known":
        slugs = set(Announcement.objects.values_list("slug", flat=True))
        known = cls({}, slugs | {str(record.get("id")) for record in batch.announcements})
        stored = Company.objects.prefetch_related("former_names")
        for record in (*map(company_record, stored), *batch.companies):
            known.add_company(record)
        return known

    def add_company(self, record: Record) -> None:
        """Make the names of a company's record known, if it has a name."""
        names = (*record.get("former_names", ()), record.get("legal_name"), record.get("name"))
        known = {
            name.casefold(): record["name"] for name in names if name and isinstance(name, str)
        }
        self.companies |= known if record.get("name") else {}


def check(batch: Batch) -> tuple[Known, list[Problem]]:
    """Every problem of every record of a batch, and what its records may refer to."""
    problems = [*batch.problems, *_doubles(batch)]
    for record in batch.companies:
        problems += company_problems(record)
    known = Known.with_batch(batch)
    for record in batch.announcements:
        problems += announcement_problems(record, known)
    if not problems:
        descriptions = Descriptions()
        for record in batch.announcements:
            problems += descriptions.contradictions(record)
    return known, problems


def company_problems(record: Record) -> list[Problem]:
    return against_schema(record, company_schema) or [
        *_dates(record, record, ""),
        *_country(record),
        *_no_texts(record),
    ]


def announcement_problems(record: Record, known: Known, *, draft: bool = False) -> list[Problem]:
    """What keeps a record out; of a draft (whose record is ``completed``) less is asked."""
    return against_schema(record, draft_schema if draft else announcement_schema) or [
        *_dates(record, record, ""),
        *_addresses(record, record, ""),
        *_references(record, known),
        *_stories(record, draft=draft),
        *_releases(record),
        *_no_texts(record),
    ]


def _country(record: Record) -> Iterator[Problem]:
    text = record.get("country", "")
    if text and country_code(text) is None:
        close = get_close_matches(text, [name for _, name in countries], n=3, cutoff=0.5)
        message = "no country of ISO 3166-1. Write its code or English name."
        yield Problem(name_of(record), "country", text, message, ", ".join(close))


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a code or an English name; None if it is neither."""
    return countries.alpha2(text) or countries.by_name(text) or None


def _doubles(batch: Batch) -> Iterator[Problem]:
    ids = Counter(str(record.get("id")) for record in batch.announcements)
    names = Counter(str(record.get("name")) for record in batch.companies)
    for key, count in (*ids.items(), *names.items()):
        if count > 1:
            yield Problem(key, "id", key, f"comes {count} times in this import. Keep one of them.")


def _leaves(value: Any, place: str, keys: set[str]) -> Iterator[tuple[str, str, str]]:
    """Place, key and text of every filled string under one of these keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            inner_place = f"{place}.{key}".removeprefix(".")
            if key in keys and isinstance(inner, str) and inner:
                yield inner_place, key, inner
            else:
                yield from _leaves(inner, inner_place, keys)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{place}[{index}]", keys)


def _dates(record: Record, value: Any, place: str) -> Iterator[Problem]:
    for where, key, text in _leaves(value, place, DATES | DAYS):
        try:
            PartialDate.parse(text) if key in DATES else date.fromisoformat(text)
        except InvalidDate as error:
            yield Problem(name_of(record), where, text, str(error))
        except ValueError:
            yield Problem(
                name_of(record), where, text, "not a day of the calendar. Write a day: 2023-10-18."
            )


def _addresses(record: Record, value: Any, place: str) -> Iterator[Problem]:
    for where, _, text in _leaves(value, place, ADDRESSES | {"archived_url"}):
        try:
            canonical_url(text)
        except InvalidAddress as error:
            yield Problem(name_of(record), where, text, str(error))


def _references(record: Record, known: Known) -> Iterator[Problem]:
    yield from _companies(record, known)
    yield from _terms(record, known)
    listed = [canonical(source["url"]) for source in record["sources"]]
    for address, count in Counter(listed).items():
        if count > 1:
            yield Problem(
                name_of(record), "sources", address, f"this page is listed {count} times."
            )
    facts = {key: record.get(key, []) for key in ("promises", "concerns", "benefits")}
    for where, _, address in _leaves(facts, "", {"source", "answer_source"}):
        if canonical(address) not in listed:
            yield Problem(
                name_of(record),
                where,
                address,
                "not among the record's sources.",
                "; ".join(listed),
            )
    for slug in record.get("related", []):
        if slug not in known.announcements:
            yield Problem(name_of(record), "related", slug, "no announcement of this id.")
    for where, _, link in _leaves(
        record.get("promises", []), "promises", {"superseded_by", "renews"}
    ):
        if link.split("#")[0] not in known.announcements:
            yield Problem(name_of(record), where, link, "no announcement of this id.")


def _companies(record: Record, known: Known) -> Iterator[Problem]:
    named = [(f"companies[{n}]", name) for n, name in enumerate(record["companies"])]
    named += [
        (f"initiatives[{n}].company", row["company"])
        for n, row in enumerate(record.get("initiatives", []))
    ]
    for where, name in named:
        if name.casefold() not in known.companies:
            close = get_close_matches(name, set(known.companies.values()), n=3, cutoff=0.4)
            yield Problem(
                name_of(record),
                where,
                name,
                "no company of this name; add it first.",
                "; ".join(close),
            )


def _terms(record: Record, known: Known) -> Iterator[Problem]:
    for list_name, allowed in (
        ("concerns", known.concern_types),
        ("benefits", known.benefit_types),
    ):
        for index, row in enumerate(record.get(list_name, [])):
            for slug in (row["type"], *row.get("further_types", [])):
                if slug is not None and slug not in allowed:
                    yield Problem(
                        name_of(record),
                        f"{list_name}[{index}].type",
                        slug,
                        "no such type.",
                        ", ".join(sorted(allowed)),
                    )
            if row["type"] in row.get("further_types", []):
                message = "a further type is another than the main one."
                yield Problem(
                    name_of(record), f"{list_name}[{index}].further_types", row["type"], message
                )
            if row["type"] is None and not row.get("note"):
                yield Problem(
                    name_of(record),
                    f"{list_name}[{index}].note",
                    None,
                    "say in a note why no type fits.",
                )
    for where, _, name in _leaves(record, "", {"license"}):
        if name.casefold() not in known.licenses:
            close = get_close_matches(name.casefold(), known.licenses, n=3, cutoff=0.4)
            allowed_words = ", ".join(dict.fromkeys(known.licenses[match] for match in close))
            yield Problem(name_of(record), where, name, "no such license.", allowed_words)


def _stories(record: Record, *, draft: bool) -> Iterator[Problem]:
    for number, promise in enumerate(record.get("promises", [])):
        where = f"promises[{number}]"
        updates = promise["updates"]
        if not updates and not draft:
            yield Problem(
                name_of(record), f"{where}.updates", [], "a promise needs at least one update."
            )
        yield from _story(record, where, updates)
        for row_where, row in (
            (where, promise),
            *((f"{where}.updates[{n}]", row) for n, row in enumerate(updates)),
        ):
            yield from _due_range(record, row_where, row)


def _story(record: Record, where: str, updates: list[Record]) -> Iterator[Problem]:
    corrections = frozenset(index for index, update in enumerate(updates) if update.get("reason"))
    if misstep := statuses.first_misstep([update["status"] for update in updates], corrections):
        yield Problem(
            name_of(record), f"{where}.updates[{misstep.index}].status", misstep.after, str(misstep)
        )
    for index, update in enumerate(updates):
        if not update.get("source") and not update.get("note"):
            yield Problem(
                name_of(record),
                f"{where}.updates[{index}]",
                None,
                "name a source, or write a search note.",
            )
    try:
        wrong = first_contradiction([PartialDate.parse(update["date"]) for update in updates])
    except InvalidDate:
        return
    if wrong is not None:
        message = "earlier than a step before it. List the steps in their order."
        yield Problem(
            name_of(record), f"{where}.updates[{wrong}].date", updates[wrong]["date"], message
        )


def _due_range(record: Record, where: str, row: Record) -> Iterator[Problem]:
    first, last = row.get("due_from", ""), row.get("due_to", "")
    if bool(first) != bool(last) or first > last:
        message = "give both the first and the last day, the first not after the last; or neither."
        yield Problem(name_of(record), f"{where}.due_to", last, message)


def _releases(record: Record) -> Iterator[Problem]:
    for number, release in enumerate(record.get("releases", [])):
        applies = openness.COMPONENTS[release["type"]]
        for component in release["components"]:
            if component not in applies:
                message = f"does not belong to a release of type {release['type']}."
                yield Problem(
                    name_of(record),
                    f"releases[{number}].components",
                    component,
                    message,
                    ", ".join(applies),
                )


def _no_texts(record: Record) -> Iterator[Problem]:
    """Characters that no database keeps as text: NUL, and halves of surrogate pairs."""
    for where, text in _texts(record, ""):
        if found := NO_TEXT.search(text):
            message = f"has a character that is no text (U+{ord(found[0]):04X}). Take it out."
            shown = text[:80].encode(errors="replace").decode().replace("\x00", "?")
            yield Problem(name_of(record), where, shown, message)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{place}.{key}".removeprefix("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{place}[{index}]")
