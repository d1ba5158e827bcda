"""Questions that are asked often, as views of the SQLite file. What is overdue depends on the day one asks."""

from announcements.statuses import UNSETTLED

_OPEN = ", ".join(f"'{slug}'" for slug in sorted(UNSETTLED))

VIEWS = {
    "announcements_with_counts": (
        "Each announcement with the name of its company and how much hangs on it.",
        """
SELECT announcements.*, companies.name AS company_name,
  (SELECT count(*) FROM promises WHERE promises.announcement = announcements.id) AS promises,
  (SELECT count(*) FROM releases WHERE releases.announcement = announcements.id) AS releases,
  (SELECT count(*) FROM concerns WHERE concerns.announcement = announcements.id) AS concerns,
  (SELECT count(*) FROM benefits WHERE benefits.announcement = announcements.id) AS benefits,
  (SELECT count(*) FROM citations WHERE citations.announcement = announcements.id) AS sources
FROM announcements JOIN companies ON companies.id = announcements.company""",
    ),
    "promises_overdue": (
        "Promises past their date that are not settled, with the days since.",
        f"""
SELECT promises.*, announcements.company, announcements.title AS announcement_title,
  CAST(julianday('now', 'start of day') - julianday(promises.due_latest) AS INTEGER) AS days_overdue
FROM promises JOIN announcements ON announcements.id = promises.announcement
WHERE promises.due_latest < date('now') AND promises.status IN ({_OPEN})""",  # noqa: S608
    ),
    "promises_by_status": (
        "How many promises stand how, by company.",
        """
SELECT announcements.company, promises.status, count(*) AS promises
FROM promises JOIN announcements ON announcements.id = promises.announcement
GROUP BY announcements.company, promises.status""",
    ),
    "label_gaps": (
        "Releases that are called open source and were found not to be.",
        """
SELECT releases.*, announcements.company, announcements.title AS announcement_title
FROM releases JOIN announcements ON announcements.id = releases.announcement
WHERE releases.label_gap""",
    ),
    "company_record": (
        "What each company announced and promised, and what came of it; not what it announced with another.",
        f"""
SELECT companies.id, companies.name,
  (SELECT count(*) FROM announcements WHERE company = companies.id) AS announcements,
  count(promises.id) AS promises,
  count(*) FILTER (WHERE promises.status = 'delivered') AS delivered,
  count(*) FILTER (WHERE promises.status = 'withdrawn') AS withdrawn,
  count(*) FILTER (WHERE promises.status = 'lapsed') AS lapsed,
  count(*) FILTER (WHERE promises.status IN ({_OPEN})) AS open,
  count(*) FILTER (
    WHERE promises.status IN ({_OPEN}) AND promises.due_latest < date('now')
  ) AS overdue
FROM companies
LEFT JOIN announcements ON announcements.company = companies.id
LEFT JOIN promises ON promises.announcement = announcements.id
GROUP BY companies.id""",  # noqa: S608
    ),
    "concerns_by_type": (
        "How many concerns of each type stand how.",
        """
SELECT coalesce(concern_types.name, '(none fits)') AS type, concerns.status, count(*) AS concerns
FROM concerns LEFT JOIN concern_types ON concern_types.id = concerns.type
GROUP BY concern_types.id, concerns.status""",
    ),
}
"""By name: what it shows, and the query."""
