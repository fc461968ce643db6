"""Calls to other systems. Where a name leads is looked up, judged and connected to in one step.

A name server that answers differently the second time changes nothing: there is no second time. Redirects are not
followed, and no proxy is taken from the environment, which would look the name up once more.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from ipaddress import ip_address
from socket import SOCK_STREAM
from ssl import SSLContext

import httpcore
import httpx

from providers.errors import GenvejError
from providers.targets import HTTPS, Targets
from providers.words import N_

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""From a host's name and port to the addresses it leads to; raises OSError when there are none."""


class TargetRefused(GenvejError):
    """An address that the portal does not call, whoever asks it to."""

    code = "target_refused"
    message = N_("Den adresse må vi ikke sende til. Skriv en adresse på internettet, der begynder med https://.")


def outgoing_client(
    targets: Targets,
    *,
    timeout: httpx.Timeout,
    headers: Mapping[str, str] | None = None,
    resolve: Resolve | None = None,
    verify: SSLContext | None = None,
) -> httpx.AsyncClient:
    """A client for these targets only; anything else raises TargetRefused. `verify` brings other certificates."""
    return httpx.AsyncClient(
        transport=_Transport(targets, resolve or look_up, verify or httpx.create_ssl_context(trust_env=False)),
        timeout=timeout,
        headers=headers,
        follow_redirects=False,
        trust_env=False,
    )


def check_url(url: str, targets: Targets) -> None:
    """Whether an address has a form that may be called; where its name leads is judged at each call anew.

    Raises TargetRefused.
    """
    try:
        _check(httpx.URL(url), targets)
    except httpx.InvalidURL as error:
        raise TargetRefused from error


async def look_up(host: str, port: int) -> list[str]:
    """The addresses behind a name, as the operating system finds them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Transport(httpx.AsyncHTTPTransport):
    """The client's own transport on another pool: theirs takes no network backend, so only the pool is made here."""

    def __init__(self, targets: Targets, resolve: Resolve, verify: SSLContext) -> None:
        self._targets = targets
        self._pool = httpcore.AsyncConnectionPool(ssl_context=verify, network_backend=_Network(targets, resolve))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        _check(request.url, self._targets)
        return await super().handle_async_request(request)


class _Network(httpcore.AsyncNetworkBackend):
    """Connects to a number that has been judged, never to a name. TLS still asks for the name's certificate."""

    def __init__(self, targets: Targets, resolve: Resolve) -> None:
        self._targets = targets
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface that is implemented here
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        last: Exception = httpcore.ConnectError("the name leads nowhere")
        for address in await self._judged(host, port, timeout):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)

    async def _judged(self, host: str, port: int, seconds: float | None) -> list[str]:
        """The addresses of a host; raises TargetRefused if even one of them may not be called."""
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout("the name was not found in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("the name was not found") from error
        if not all(self._targets.allow(ip_address(address), port) for address in addresses):
            raise TargetRefused
        return addresses


def _check(url: httpx.URL, targets: Targets) -> None:
    """The form of an address: its port decides, with `Targets.allow`, how far it may lead."""
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise TargetRefused
    port = url.port or (HTTPS if url.scheme == "https" else 80)
    spoken_there = (url.scheme == "https") or port not in targets.ports
    if not spoken_there or not (port in targets.ports or targets.this_machine):
        raise TargetRefused
