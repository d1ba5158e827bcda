"""How the data is taken into a shell, a notebook or a spreadsheet: the snippets of ``/data/examples/``.

``tests/examples/`` runs each of them as it stands on the page.
"""

from dataclasses import dataclass
from typing import Literal

SITE = "{site}"
"""Stands in a snippet for the address of the site, with its slash."""

Runs = Literal["shell", "python", "r", "formula"]


@dataclass(frozen=True)
class Example:
    """A snippet to copy."""

    slug: str
    title: str
    words: str
    """What it does, and what it needs."""
    runs: Runs
    """What runs it; a formula is for a cell or a dialog of a spreadsheet."""
    code: str

    def at(self, site: str) -> str:
        """The snippet for the site at an absolute address."""
        return self.code.replace(SITE, site)


EXAMPLES = (
    Example(
        slug="curl",
        title="curl",
        words="The announcements of a year as a table; the query string is that of the list.",
        runs="shell",
        code="""\
curl -sS -o announcements.csv '{site}announcements.csv?after=2024&before=2024'
head -n 3 announcements.csv
""",
    ),
    Example(
        slug="curl-again",
        title="curl, again and again",
        words="Run it as often as you like: while nothing changed, nothing is sent.",
        runs="shell",
        code="""\
curl -sS --etag-compare tag.txt --etag-save tag.txt -w '%{http_code}\\n' \\
  -o announcements.ndjson '{site}announcements.ndjson'
wc -l announcements.ndjson
""",
    ),
    Example(
        slug="python",
        title="Python alone",
        words="Every announcement with a promise past its date, page by page from the API.",
        runs="python",
        code="""\
import json
from urllib.request import urlopen

address = "{site}api/v1/announcements/?overdue=yes"
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    for row in page["results"]:
        print(row["id"], row["title"])
    address = page["next"]
""",
    ),
    Example(
        slug="pandas",
        title="pandas",
        words="Announcements by year and kind. A date may be a day, a month or a year.",
        runs="python",
        code="""\
import pandas as pd

announcements = pd.read_csv("{site}announcements.csv", dtype=str)
announcements["year"] = announcements["announced_on"].str[:4]
print(pd.crosstab(announcements["year"], announcements["kind"]))
""",
    ),
    Example(
        slug="duckdb",
        title="DuckDB",
        words="Promises by where their story stands: a record holds its promises, a promise its steps.",
        runs="python",
        code="""\
import duckdb
from urllib.request import urlretrieve

urlretrieve("{site}announcements.ndjson", "announcements.ndjson")
print(duckdb.sql(\"\"\"
    WITH records AS (
        SELECT promises
        FROM read_ndjson('announcements.ndjson', columns = {
            promises: 'STRUCT(title TEXT, updates STRUCT(date TEXT, status TEXT)[])[]'
        })
    )
    SELECT promise.updates[-1].status AS status, count(*) AS promises
    FROM (SELECT unnest(promises) AS promise FROM records)
    GROUP BY ALL
    ORDER BY promises DESC
\"\"\"))
""",
    ),
    Example(
        slug="r",
        title="R",
        words="The same table, with nothing but R itself.",
        runs="r",
        code="""\
announcements <- read.csv("{site}announcements.csv", fileEncoding = "UTF-8-BOM")
year <- substr(announcements$announced_on, 1, 4)
print(table(year, announcements$kind))
""",
    ),
    Example(
        slug="google-sheets",
        title="Google Sheets",
        words="In a cell; the table fills the cells below and beside it and is fetched again every hour.",
        runs="formula",
        code='=IMPORTDATA("{site}announcements.csv?order=oldest")\n',
    ),
    Example(
        slug="excel",
        title="Excel",
        words="Data, Get Data, From Other Sources, Blank Query; then the advanced editor takes this.",
        runs="formula",
        code="""\
let
    Source = Csv.Document(Web.Contents("{site}announcements.csv"), [Encoding = 65001]),
    Announcements = Table.PromoteHeaders(Source)
in
    Announcements
""",
    ),
    Example(
        slug="libreoffice",
        title="LibreOffice",
        words="Sheet, External Links: paste the address, press Enter, and choose how often it is fetched.",
        runs="formula",
        code="{site}announcements.csv\n",
    ),
)
