"""No test depends on the network: connections beyond this machine are refused."""

import ipaddress
import socket
import sys

_AUDITED = {"socket.connect", "socket.sendto"}


class ForeignConnection(AssertionError):
    """Something tried to leave this machine."""


def refuse_foreign_connections() -> None:
    """From now on, in this process and for good, only loopback addresses and unix sockets can be reached."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event in _AUDITED:
        _check(arguments[0], arguments[1])
    elif event == "socket.getaddrinfo" and not is_local(arguments[0]):
        raise ForeignConnection(f"A test looked up {arguments[0]!r}.")


def _check(connection: object, address: object) -> None:
    if not isinstance(connection, socket.socket) or connection.family not in (socket.AF_INET, socket.AF_INET6):
        return
    if isinstance(address, tuple) and not is_local(address[0]):
        raise ForeignConnection(f"A test connected to {address!r}.")


def is_local(host: object) -> bool:
    """Whether a host, as `socket` takes it, is this machine; None means any interface of it."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback or str(name) in ("0.0.0.0", "::")  # noqa: S104
    except ValueError:
        return False
