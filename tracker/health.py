"""Two questions of an operator: is the process up, and can it do its work?"""

import logging
import secrets
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@never_cache
@require_safe
def is_up(request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def is_ready(request: HttpRequest) -> HttpResponse:
    """`/readyz`: 503 names what does not work; why is for the log, not for strangers."""
    checks = {name: _outcome(name, check) for name, check in CHECKS.items()}
    ready = set(checks.values()) == {"ok"}
    answer = {"status": "ready" if ready else "not ready", "checks": checks}
    return JsonResponse(answer, status=200 if ready else 503)


def _outcome(name: str, check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "failed"
    except Exception:
        log.exception("The readiness check of %s failed", name)
        return "failed"


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache_answers() -> bool:
    key, value = f"readyz-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, value, timeout=5)
    answered = cache.get(key) == value
    cache.delete(key)
    return answered


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "cache": _cache_answers,
}
