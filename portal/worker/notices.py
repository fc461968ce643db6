"""The e-mail that tells a municipality's people that there is something to read, and nothing more."""

from datetime import datetime
from uuid import UUID

from matching.models import Channel
from matching.reports.answers import Answer
from matching.reports.sending import Notify, no_mail
from portal.language import language
from portal.messages.office import Office
from portal.messages.ways import Item, Way
from portal.messages.words import Facts, Words


def notices(office: Office) -> Notify:
    """By the mail server that people's own messages go by; without one nothing can be told."""
    way = office.ways.get(Channel.EMAIL)
    return no_mail if way is None else _by(way, office)


def _by(way: Way, office: Office) -> Notify:
    async def notify(address: str, report: UUID, now: datetime) -> Answer:
        facts = Facts(None, office.config.public_url, office.config.help_phone)
        return await way.send(Item(report, Channel.EMAIL, address, _words(facts), facts, language("da")), now)

    return notify


def _words(facts: Facts) -> Words:
    """In Danish, as caseworkers read it. No case, no person: whoever holds the telephone may read it."""
    danish = language("da")
    return Words(
        danish.say("Nyt i Genvej"),
        (danish.say("Der er sket noget i en af jeres sager. Log ind på %(url)s for at se det.", url=facts.public_url),),
    )
