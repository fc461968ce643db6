"""Mail, through a real mail server: taken, put off, refused, lost on the way; and what no header can be made to say."""

from collections.abc import AsyncIterator
from dataclasses import replace
from email.message import EmailMessage
from uuid import UUID

import pytest
import pytest_asyncio

from matching.models import Channel
from matching.reports.answers import Verdict
from portal.language import language
from portal.messages.config import Tls
from portal.messages.mail import MailWay, mail
from portal.messages.ways import Item
from portal.messages.words import TEMPLATES, Facts
from tests.support.mail_server import SENDER, Mailbox, a_mail_server
from tests.support.receivers import bound_socket
from tests.support.worlds import NOW

DANISH = language("da")
FACTS = Facts(NOW, "https://genvej.example", "00 00 00 00", "https://genvej.example/stop/abc")
ITEM = Item(UUID(int=7), Channel.EMAIL, "proeve@borger.example", TEMPLATES["booked"](FACTS, DANISH), FACTS, DANISH)


@pytest_asyncio.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with a_mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def way(mailbox: Mailbox) -> MailWay:
    return MailWay(mailbox.server(), mailbox.trust, seconds=5)


async def test_a_mail_arrives_over_a_private_line_with_text_and_html(way: MailWay, mailbox: Mailbox) -> None:
    assert (await way.send(ITEM, NOW)).verdict is Verdict.ACCEPTED
    (sent,) = mailbox.mails
    assert mailbox.encrypted == [True]
    assert {name: sent[name] for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe")} == {
        "From": f"Genvej <{SENDER}>",
        "To": "proeve@borger.example",
        "Subject": "Din tid er bestilt",
        "Date": "Mon, 16 Nov 2026 09:00:00 +0000",
        "Message-ID": "<00000000-0000-0000-0000-000000000007@genvej.example>",
        "List-Unsubscribe": "<https://genvej.example/stop/abc>",
    }
    said = "Du har en aftale mandag den 16. november 2026 kl. 10.00."
    plain, html = parts(sent)
    assert said in plain
    assert f"<p>{said}</p>" in html
    assert "https://genvej.example/stop/abc" in plain
    assert '<html lang="da">' in html


async def test_greylisting_is_waited_out_and_the_same_mail_comes_again(way: MailWay, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 4.7.1 Greylisted, come again"]
    first, second = await way.send(ITEM, NOW), await way.send(ITEM, NOW)
    assert (first.verdict, first.text) == (Verdict.LATER, "SMTP 451")
    assert (second.verdict, len(mailbox.mails)) == (Verdict.ACCEPTED, 1)


async def test_an_address_that_does_not_exist_is_refused_for_good(way: MailWay, mailbox: Mailbox) -> None:
    mailbox.answers = ["550 5.1.1 <proeve@borger.example> unknown"]
    answer = await way.send(ITEM, NOW)
    assert (answer.verdict, answer.text) == (Verdict.REFUSED, "SMTP 550")
    mailbox.endings = ["552 5.3.4 Too big", "452 4.2.2 Mailbox full"]
    assert [(await way.send(ITEM, NOW)).verdict for _ in range(2)] == [Verdict.REFUSED, Verdict.LATER]


async def test_a_line_that_is_cut_is_tried_again_under_the_same_id(way: MailWay, mailbox: Mailbox) -> None:
    mailbox.endings = ["lost"]
    first = await way.send(ITEM, NOW)
    assert (first.verdict, first.text.startswith("No answer: ")) == (Verdict.LATER, True)
    assert (await way.send(ITEM, NOW)).verdict is Verdict.ACCEPTED
    assert len({sent["Message-ID"] for sent in mailbox.mails}) == 1


async def test_what_the_operator_must_repair_loses_no_message(mailbox: Mailbox) -> None:
    with bound_socket() as nobody:
        away = replace(mailbox.server(), port=nobody.getsockname()[1])
        ways = {
            "nobody is there": MailWay(away, mailbox.trust, seconds=5),
            "a wrong password": MailWay(mailbox.server(password="wrong"), mailbox.trust, seconds=5),
            "a certificate that nobody trusts": MailWay(mailbox.server(), seconds=5),
            "no private line": MailWay(mailbox.server(Tls.NONE), seconds=5),
        }
        found = {name: (await way.send(ITEM, NOW)).verdict for name, way in ways.items()}
    assert found == dict.fromkeys(ways, Verdict.LATER)
    assert mailbox.mails == []


async def test_a_server_that_offers_no_private_line_gets_nothing() -> None:
    async with a_mail_server(tls=False) as open_server:
        assert (await MailWay(open_server.server(), seconds=5).send(ITEM, NOW)).verdict is Verdict.LATER
        assert open_server.mails == []
        assert (await MailWay(open_server.server(Tls.NONE), seconds=5).send(ITEM, NOW)).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("evil", ["a@b.example\nBcc: everybody@b.example", "a@b.example\r\n\r\nHello"])
def test_no_header_can_be_added(evil: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)linefeed|newline|header"):
        mail(replace(ITEM, to=evil), SENDER, NOW)
    with pytest.raises(ValueError, match=r"(?i)linefeed|newline|header"):
        mail(replace(ITEM, words=replace(ITEM.words, subject=evil)), SENDER, NOW)


def parts(sent: EmailMessage) -> tuple[str, str]:
    """The plain and the HTML part."""
    plain, html = sent.get_body(("plain",)), sent.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()
