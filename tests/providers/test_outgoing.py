"""Calls to other systems, with name servers that lie: real connections, to ports of this machine only."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from socket import inet_aton, inet_ntoa

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from providers.outgoing import Resolve, TargetRefused, check_url, outgoing_client
from providers.targets import Targets

STRICT = Targets()
THIS_MACHINE = Targets(networks=(ip_network("127.0.0.0/8"),))
QUICK = httpx.Timeout(5.0)


def names(*answers: list[str]) -> tuple[Resolve, list[str]]:
    """A name server that gives one answer after the other, the last one for ever; and what it was asked."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return resolve, asked


@asynccontextmanager
async def a_host(
    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n", *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A host that answers everybody alike: its port, and the requests that reached it."""
    requests: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                requests.append(request)
                writer.write(answer)
        except asyncio.IncompleteReadError:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1], requests


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::ffff:127.0.0.1"],
        ["2002:7f00:1::"],
        ["8.8.8.8", "10.0.0.1"],
    ],
    ids=str,
)
async def test_a_name_that_leads_inside_is_not_called(addresses: list[str]) -> None:
    resolve, asked = names(addresses)
    async with outgoing_client(STRICT, timeout=QUICK, resolve=resolve) as client:
        with pytest.raises(TargetRefused):
            await client.get("https://kommune.example/reports")
    assert asked == ["kommune.example"]


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "017700000001"])
async def test_other_ways_to_write_this_machine_lead_nowhere(host: str) -> None:
    """The C library reads them all as 127.0.0.1, and it is the number that is judged."""

    async def resolve(name: str, port: int) -> list[str]:
        return [inet_ntoa(inet_aton(name))]

    async with outgoing_client(STRICT, timeout=QUICK, resolve=resolve) as client:
        with pytest.raises(TargetRefused):
            await client.get(f"https://{host}/")


async def test_the_operating_systems_own_answer_is_judged_as_well() -> None:
    async with outgoing_client(STRICT, timeout=QUICK) as client:
        with pytest.raises(TargetRefused):
            await client.get("https://localhost/")


async def test_a_name_server_is_asked_once_and_its_second_answer_does_not_count() -> None:
    """DNS rebinding: an allowed address when it is judged, another one when it is called."""
    async with a_host() as (port, requests):
        resolve, asked = names(["127.0.0.1"], ["127.0.0.2"])
        async with outgoing_client(THIS_MACHINE, timeout=QUICK, resolve=resolve) as client:
            answer = await client.post(f"http://kommune.example:{port}/reports")
    assert (answer.status_code, len(requests), asked) == (204, 1, ["kommune.example"])
    assert b"host: kommune.example" in requests[0].lower()


async def test_each_new_connection_is_judged_anew() -> None:
    async with a_host() as (port, requests):
        resolve, asked = names(["127.0.0.1"], ["10.0.0.1"])
        for expected in (False, True):
            async with outgoing_client(THIS_MACHINE, timeout=QUICK, resolve=resolve) as client:
                if expected:
                    with pytest.raises(TargetRefused):
                        await client.post(f"http://kommune.example:{port}/")
                else:
                    await client.post(f"http://kommune.example:{port}/")
    assert (len(requests), len(asked)) == (1, 2)


async def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    async with a_host() as (port, requests):
        resolve, _ = names(["127.0.0.2", "127.0.0.1"])
        async with outgoing_client(THIS_MACHINE, timeout=QUICK, resolve=resolve) as client:
            assert (await client.get(f"http://kommune.example:{port}/")).status_code == 204
    assert len(requests) == 1


async def test_a_redirect_is_an_answer_and_not_a_way() -> None:
    async with a_host() as (inside, reached):
        away = f"HTTP/1.1 307 Away\r\nlocation: http://127.0.0.1:{inside}/\r\ncontent-length: 0\r\n\r\n"
        async with a_host(away.encode()) as (port, _), outgoing_client(THIS_MACHINE, timeout=QUICK) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/")).status_code == 307
    assert reached == []


async def test_a_name_that_leads_nowhere_is_an_ordinary_failure() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    async with outgoing_client(STRICT, timeout=QUICK, resolve=resolve) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("https://kommune.example/")


async def test_a_name_server_that_is_silent_is_not_waited_for() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    async with outgoing_client(STRICT, timeout=httpx.Timeout(0.05), resolve=resolve) as client:
        with pytest.raises(httpx.ConnectTimeout):
            await client.get("https://kommune.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://kommune.example/",
        "http://kommune.example:443/",
        "https://kommune.example:22/",
        "https://name:password@kommune.example/",
        "ftp://kommune.example/",
        "file:///etc/passwd",
        "gopher://kommune.example/",
        "https:///reports",
        "kommune.example",
        "https://kommune.example:99999/",
        "",
    ],
)
def test_an_address_of_another_form_is_refused_unlooked_up(url: str) -> None:
    with pytest.raises(TargetRefused):
        check_url(url, STRICT)


def test_https_to_a_name_is_the_form_that_is_allowed() -> None:
    check_url("https://kommune.example/reports?to=us", STRICT)
    check_url("https://kommune.example:8443/", Targets(ports=frozenset({443, 8443})))
    check_url("http://localhost:8001/reports", THIS_MACHINE)


async def test_the_certificate_must_be_the_names_although_the_number_is_called(tmp_path: Path) -> None:
    server, trusted = certificate("kommune.example", tmp_path)
    resolve, _ = names(["127.0.0.1"])
    async with (
        a_host(tls=server) as (port, requests),
        outgoing_client(THIS_MACHINE, timeout=QUICK, resolve=resolve, verify=trusted) as client,
    ):
        assert (await client.get(f"https://kommune.example:{port}/")).status_code == 204
        with pytest.raises(httpx.ConnectError, match="Hostname mismatch"):
            await client.get(f"https://andre.example:{port}/")
    assert len(requests) == 1


def certificate(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server that is `name`, and a client that trusts nobody else's word for it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain, private)
    return server, ssl.create_default_context(cafile=str(chain))
