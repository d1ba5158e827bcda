"""How often one client may do something; kept in the cache for as long as it counts, never in the database."""

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def seconds_to_wait(request: HttpRequest, what: str, most: int, seconds: int) -> int:
    """Count one more; 0 if the client did it at most so often in so many seconds, else how long to wait.

    Where each process has a cache of its own, each counts for itself.
    """
    client = salted_hmac(what, _network(request.META.get("REMOTE_ADDR", ""))).hexdigest()
    now = int(time.time())
    until = cache.get_or_set(f"{what}:{client}", now + seconds, seconds) or now + seconds
    count = f"{what}:{client}:{until}"
    try:
        number = 1 if cache.add(count, 1, seconds) else cache.incr(count)
    except ValueError:
        number = 1  # It ran out in between, or nothing is kept at all.
    return max(1, until - now) if number > most else 0


def _network(address: str) -> str:
    """The address; of IPv6, where one customer has a whole network, that network."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and not known.ipv4_mapped:
        return str(ip_network((int(known), 64), strict=False))
    return str(getattr(known, "ipv4_mapped", None) or known)
