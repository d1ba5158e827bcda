"""How often one client may do something; kept in the cache for as long as it counts, never in the database."""

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Rate:
    """Where a client stands: what it did, of how much it may, and when counting begins anew."""

    number: int
    most: int
    seconds: int
    """How long a time is counted."""
    resets_in: int

    @property
    def is_exceeded(self) -> bool:
        return self.number > self.most

    @property
    def remaining(self) -> int:
        return max(0, self.most - self.number)


def count_one(request: HttpRequest, what: str, most: int, seconds: int) -> Rate:
    """Count one more of what the client did, and tell where it stands.

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
    return Rate(number, most, seconds, max(1, until - now))


def seconds_to_wait(request: HttpRequest, what: str, most: int, seconds: int) -> int:
    """Count one more; 0 if the client did it at most so often in so many seconds, else how long to wait."""
    rate = count_one(request, what, most, seconds)
    return rate.resets_in if rate.is_exceeded else 0


def _network(address: str) -> str:
    """The address; of IPv6, where one customer has a whole network, that network."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and not known.ipv4_mapped:
        return str(ip_network((int(known), 64), strict=False))
    return str(getattr(known, "ipv4_mapped", None) or known)
