"""Where requests come from, as far as they are counted."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection


def address_of(request: HTTPConnection) -> str:
    """The sender's address. Behind a proxy it is the one that the proxy names, if the settings trust it."""
    return subscriber(request.client.host if request.client else "")


@lru_cache(maxsize=10_000)
def subscriber(host: str) -> str:
    """What one customer of a network has: an IPv4 address, or the /64 of the newer ones. Other text stays as it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, 64), strict=False))
    return host
