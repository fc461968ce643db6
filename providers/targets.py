"""Which addresses the portal may call out to: public ones over https, and such own networks as a setting names.

An address of the portal's own network, or of the machine's hosting, must not be reachable by way of an address that
somebody wrote into a form (server-side request forgery). What is judged is always the number that a name leads to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

HTTPS = 443


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in texts)


# "This network", link-local with the metadata of most clouds, multicast and broadcast; then the metadata services that
# three clouds keep elsewhere. No setting opens these.
_NEVER = _networks(
    "0.0.0.0/8", "::/128", "169.254.0.0/16", "fe80::/10", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32"
) + _networks("168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "fd00:ec2::254/128")

# Outdated ways to IPv4 and outdated private ranges: 6to4 and its relays, Teredo, IPv4-compatible, site-local; then what
# is set aside for protocols and examples, of which not every Python knows.
_OUTDATED = _networks("2002::/16", "192.88.99.0/24", "2001::/32", "::/96", "fec0::/10")
_SET_ASIDE = _networks("192.0.0.0/24", "3fff::/20", "5f00::/16")

_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Targets:
    """`networks` are not public and yet allowed; `ports` are those on which https is spoken.

    Any other port, and http without TLS, lead to this machine only, and only when `networks` holds its address.
    """

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset({HTTPS})

    def allow(self, address: Address, port: int) -> bool:
        """Whether a connection to this number may be opened."""
        real = _unwrapped(address)
        if _within(real, _NEVER):
            return False
        if port not in self.ports:
            return real.is_loopback and _within(real, self.networks)
        return _within(real, self.networks) or is_public(real)

    @property
    def this_machine(self) -> bool:
        """Whether the machine's own ports may be called."""
        return any(network.is_loopback for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether everybody on the internet reaches the same host there."""
    real = _unwrapped(address)
    return real.is_global and not (real.is_reserved or _within(real, _NEVER + _OUTDATED + _SET_ASIDE))


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for: mapped (RFC 4291), or through a translator (RFC 6052)."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else address


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)
