"""Prints what it costs to say that a reader's copy still holds, beside what the answer costs.

    python -m benchmarks.copies --size 100000

fills the database of DATABASE_URL, if it is empty, and asks for each address in turn with and without
the entity tag of its answer. A ratio of 0.01 means that a copy costs a hundredth.
"""

import argparse
import os
from collections.abc import Callable
from typing import Any

import django

from benchmarks.timing import interleaved

ADDRESSES = (
    "/announcements/",
    "/announcements/?company=company-1",
    "/announcements.csv?company=company-1",
    "/announcements.atom",
    "/api/v1/announcements/",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--size", type=int, default=100_000, help="announcements to make")
    arguments.add_argument("--rounds", type=int, default=20, help="times each address is asked for")
    asked = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from django.db import connection

    from benchmarks import lists

    size = lists.fill(asked.size)
    print(f"{size} announcements, {connection.vendor}, {asked.rounds} rounds, medians in ms\n")
    print("| address | 200 | 304 | ratio |")
    print("|---|---:|---:|---:|")
    for address in ADDRESSES:
        anew, again = interleaved(*both(address), asked.rounds)
        print(f"| {address} | {anew:.1f} | {again:.2f} | {again / anew:.4f} |")


def both(address: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Two ways to ask for an address: without a copy, and with one that holds."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    from benchmarks.lists import HOST

    site, requests = WSGIHandler(), RequestFactory(SERVER_NAME=HOST)

    def ask(status: int, **headers: str) -> Any:
        answer = site.get_response(requests.get(address, headers=headers))
        assert answer.status_code == status, answer.status_code
        assert answer.getvalue() or status == 304
        return answer

    tag = ask(200)["ETag"]
    return lambda: ask(200), lambda: ask(304, **{"If-None-Match": tag})


if __name__ == "__main__":
    main()
