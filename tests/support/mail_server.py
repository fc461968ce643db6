"""A mail server on a port of this machine: a real one, with its troubles in reach."""

import asyncio
import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from portal.messages.config import MailServer, Tls

USER, PASSWORD, SENDER = "genvej", "a password for the mail server", "genvej@genvej.example"


@dataclass
class Mailbox:
    """`answers` to recipients and `endings` of mails are used up one by one, and then everything is welcome.

    The ending "lost" takes the mail, and cuts the line before it says so.
    """

    port: int = 0
    trust: ssl.SSLContext | None = None
    answers: list[str] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    def server(self, tls: Tls = Tls.STARTTLS, password: str = PASSWORD) -> MailServer:
        """How the portal is told of it."""
        return MailServer("localhost", self.port, tls, USER, password, SENDER)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        ending = self.endings.pop(0) if self.endings else "250 OK"
        if ending.startswith("2") or ending == "lost":
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            assert envelope.rcpt_tos == [mail["To"]]
            self.mails.append(mail)
            self.encrypted.append(session.ssl is not None)
        if ending == "lost":
            assert server.transport is not None
            server.transport.abort()
        return ending


@asynccontextmanager
async def a_mail_server(*, tls: bool = True) -> AsyncIterator[Mailbox]:
    """Takes mail of whoever logs in, and only after STARTTLS; without `tls`, of anybody."""
    mailbox = Mailbox()
    with tempfile.TemporaryDirectory() as folder:
        context, mailbox.trust = _certificates(Path(folder)) if tls else (None, None)
        loop = asyncio.get_running_loop()
        protocol = partial(
            SMTP,
            mailbox,
            hostname="localhost",
            tls_context=context,
            require_starttls=tls,
            auth_require_tls=tls,
            auth_required=tls,
            authenticator=_authenticate,
            loop=loop,
        )
        async with await loop.create_server(protocol, "127.0.0.1", 0) as server:
            mailbox.port = server.sockets[0].getsockname()[1]
            yield mailbox


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object) -> AuthResult:
    right = isinstance(login, LoginPassword) and login == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def _certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What the server shows, and what a client must have to trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(Encoding.PEM)
    file = folder / "server.pem"
    file.write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=pem.decode())
