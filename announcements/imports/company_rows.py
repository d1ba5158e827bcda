"""Rows of companies, from their records."""

from announcements.imports.checking import country_code
from announcements.imports.merged import with_names_left
from announcements.imports.rows import tidy
from announcements.models import Company, FormerName
from announcements.records import Record, company_record


def write_company(record: Record) -> str:
    """Write one record of a company and say what that was: "created", "updated" or "unchanged"."""
    record = {**record, "country": country_code(record.get("country", "")) or ""}
    company = Company.objects.filter(name=record["name"]).first()
    if company:
        record = with_names_left(record, company)
    if company and tidy(_as_told(company, record)) == tidy(record):
        return "unchanged"
    done = "updated" if company else "created"
    company = company or Company(name=record["name"])
    for key in ("legal_name", "country", "website", "description"):
        setattr(company, key, record.get(key, ""))
    company.founded = record.get("founded") or None
    company.full_clean(exclude=["slug"])
    company.save()
    _write_names(company, record)
    return done


def _write_names(company: Company, record: Record) -> None:
    wanted = record.get("former_names", [])
    FormerName.objects.filter(company=company).exclude(name__in=wanted).delete()
    for name in wanted:
        former, _ = company.former_names.get_or_create(name=name)
        if (used := record.get("former_names_used")) is not None:
            time = used.get(name, {})
            former.used_from = time.get("used_from") or None
            former.used_until = time.get("used_until") or None
            former.full_clean()
            former.save()


def _as_told(company: Company, record: Record) -> Record:
    """What is stored of a company, without the times of names where a record says nothing of them."""
    stored = company_record(company)
    return {key: stored[key] for key in stored if key in record or key != "former_names_used"}
