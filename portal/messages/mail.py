"""E-mail by SMTP (RFC 5321): a mail server of the operator's own takes it, and passes it on."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from ssl import SSLContext

import aiosmtplib
from aiosmtplib import SMTPConnectResponseError, SMTPException, SMTPResponseException, SMTPSenderRefused

from matching.reports.answers import Answer, Verdict, accepted, no_answer, not_sent
from portal.messages.config import MailServer, Tls
from portal.messages.rendering import mail_html, mail_text
from portal.messages.ways import Item

_SECONDS = 30.0

# The server wants another login, or a private line: ours to repair, and nothing is wrong with the message.
_OURS = frozenset({454, 530, 534, 535, 538})


@dataclass(frozen=True, slots=True)
class MailWay:
    """`trust` brings other certificates than the machine's own."""

    server: MailServer
    trust: SSLContext | None = None
    seconds: float = _SECONDS

    async def send(self, item: Item, now: datetime) -> Answer:
        server = self.server
        try:
            await aiosmtplib.send(
                mail(item, server.sender, now),
                sender=server.sender,
                recipients=[item.to],
                hostname=server.host,
                port=server.port,
                username=server.user or None,
                password=server.password or None,
                use_tls=server.tls is Tls.TLS,
                start_tls=server.tls is Tls.STARTTLS,
                tls_context=self.trust,
                timeout=self.seconds,
            )
        except (SMTPException, OSError) as error:
            return judge(error)
        return accepted("Taken by the mail server")


def mail(item: Item, sender: str, now: datetime) -> EmailMessage:
    """The mail as it goes out. A line break in an address or a subject raises ValueError: no header can be added."""
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(("Genvej", sender))
    message["To"] = item.to
    message["Subject"] = item.words.subject
    message["Date"] = format_datetime(now)
    # The same at every attempt: a server that lost its answer on the way can tell that it has the mail already.
    message["Message-ID"] = f"<{item.id}@{sender.rpartition('@')[2]}>"
    message["Content-Language"] = item.spoken.code
    message["Auto-Submitted"] = "auto-generated"
    if item.facts.stop:
        message["List-Unsubscribe"] = f"<{item.facts.stop}>"
    message.set_content(mail_text(item.words, item.facts, item.spoken))
    message.add_alternative(mail_html(item.words, item.facts, item.spoken), subtype="html")
    return message


def judge(error: Exception) -> Answer:
    """What a refusal means: 4xx may be tried again (RFC 5321, 4.2.1), as greylisting asks; 5xx is final.

    The text of a server's answer may quote the address, so only its number is kept.
    """
    refused = error.recipients[0] if isinstance(error, aiosmtplib.SMTPRecipientsRefused) else error
    if not isinstance(refused, SMTPResponseException):
        return no_answer(error)
    text = f"SMTP {refused.code}"
    if refused.code in _OURS or isinstance(refused, SMTPConnectResponseError | SMTPSenderRefused):
        return not_sent(f"{text}: the mail server does not let us in")
    return Answer(Verdict.REFUSED if refused.code >= 500 else Verdict.LATER, text)
