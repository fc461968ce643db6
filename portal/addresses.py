"""Where requests come from, as far as they are counted."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request
from starlette.types import Scope


def address_of(request: Request) -> str:
    """The sender's address. Behind a proxy it is the one that the proxy names, if the settings trust it."""
    return sender(request.scope)


def sender(scope: Scope) -> str:
    """The same, before there is a request; nothing where no network lies between."""
    client = scope.get("client")
    return subscriber(client[0]) if client else ""


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
