"""Several writers at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """What each job returned, or the exception it raised; none begins before all are ready."""
    ready = Barrier(len(jobs), timeout=10)

    def run(job: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            ready.wait()
            return job()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as writers:
        return list(writers.map(run, jobs))
