"""From a claimed row to a message in clear: the address of today, the words, and what else the way needs."""

from datetime import datetime
from typing import Any

import orjson

from matching.audit import audit
from matching.citizens import Citizen, open_citizen
from matching.messages.claims import Parcel
from matching.models import Channel, MessageState, Recipient
from portal.language import language
from portal.letters.pdf import pdf_of
from portal.messages.office import Office, stop_address
from portal.messages.ways import Item
from portal.messages.words import TEMPLATES, Facts
from providers.actors import SYSTEM
from providers.vault import Vault

_LETTERS = frozenset({Channel.DIGITAL_POST, Channel.PRINT})


def fate(parcel: Parcel, now: datetime) -> tuple[MessageState, str] | None:
    """What becomes of a message that needs no attempt, and why; None for one that does."""
    if parcel.until is not None and now >= parcel.until:
        return MessageState.GIVEN_UP, "Too late"
    if not parcel.true:
        return MessageState.DROPPED, "Not true any more"
    if not _has_address(parcel):
        return MessageState.DROPPED, "No address any more"
    if parcel.template not in TEMPLATES:
        return MessageState.REFUSED, "Nobody knows how to say it"
    return None


async def open_parcel(parcel: Parcel, office: Office, now: datetime) -> Item:
    """The message as its way needs it; raises `cryptography.fernet.InvalidToken` when no key opens it."""
    vault, config, spoken = office.vault, office.config, language(parcel.language)
    content = vault.open(parcel.content) if parcel.content else None
    letter = await pdf_of([content]) if content and parcel.channel in _LETTERS else None
    details: dict[str, Any] = orjson.loads(content) if content and letter is None else {}
    if parcel.place:
        details["place"] = parcel.place
    stop = stop_address(config.public_url, parcel.stop_token) if parcel.stop_token else None
    facts = Facts(_starts_at(parcel, details), config.public_url, config.help_phone, stop, details)
    citizen = await _citizen(parcel, vault, now)
    words = TEMPLATES[parcel.template](facts, spoken)
    return Item(parcel.id, parcel.channel, _address(parcel, details, vault), words, facts, spoken, citizen, letter)


def _starts_at(parcel: Parcel, details: dict[str, Any]) -> datetime | None:
    """Of the booking that the message is about, or of a time that nobody has booked yet."""
    free: str | None = details.get("starts_at")
    return datetime.fromisoformat(free) if free else parcel.starts_at


def _has_address(parcel: Parcel) -> bool:
    sealed = {Channel.EMAIL: parcel.email, Channel.SMS: parcel.mobile}
    match parcel.recipient:
        case Recipient.SITE:
            return parcel.notice_email is not None
        case Recipient.ACCOUNT:
            return parcel.account_email is not None
        case Recipient.CITIZEN if parcel.channel in sealed:
            return sealed[parcel.channel] is not None
    return True


def _address(parcel: Parcel, details: dict[str, Any], vault: Vault) -> str:
    """Where it goes; empty when the gateway finds the way by who the citizen is."""
    match parcel.recipient:
        case Recipient.SITE:
            return parcel.notice_email or ""
        case Recipient.ACCOUNT:
            return parcel.account_email or ""
        case Recipient.ADDRESS:
            return str(details["email"])
    sealed = parcel.mobile if parcel.channel is Channel.SMS else parcel.email
    return vault.open(sealed).decode() if sealed else ""


async def _citizen(parcel: Parcel, vault: Vault, now: datetime) -> Citizen | None:
    """Who the message is about, for the ways that find people by it; each look is written down."""
    if parcel.citizen is None:
        return None
    await audit("citizen_told", actor=SYSTEM, now=now, purpose="messages", plan_id=parcel.plan_id)
    return open_citizen(parcel.citizen, vault)
