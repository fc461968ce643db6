"""Where the citizen wants to be told: given freely, sealed, and taken back with one press."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from matching.audit import audit
from matching.messages.reminders import renew_reminders
from matching.models import Channel
from providers.accounts.people import clean_email
from providers.actors import CITIZEN_WITH_CODE, Actor
from providers.database import execute, fetch_one, fetch_value, looking, transaction
from providers.errors import GenvejError
from providers.scope import Scope
from providers.vault import Vault
from providers.words import N_

_SPACING = re.compile(r"[\s().-]+")
_DANISH = re.compile(r"[0-9]{8}", re.ASCII)
_ABROAD = re.compile(r"(?:\+|00)([1-9][0-9]{7,14})", re.ASCII)

_SET = """
INSERT INTO contact (plan_id, email, mobile, language, stop_token, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (plan_id) DO UPDATE SET email = $2, mobile = $3, language = $4, changed_at = $6
"""


class MobileInvalid(GenvejError):
    code: ClassVar[str] = "mobile_invalid"
    message: ClassVar[str] = N_("Mobilnummeret kan ikke læses. Skriv 8 cifre, eller begynd med + og landets nummer.")


class PhoneInvalid(MobileInvalid):
    """Where any telephone will do."""

    code: ClassVar[str] = "phone_invalid"
    message: ClassVar[str] = N_("Skriv et telefonnummer med 8 cifre, eller begynd med + og landets nummer.")


class StopUnknown(GenvejError):
    code: ClassVar[str] = "stop_unknown"
    message: ClassVar[str] = N_("Linket gælder ikke længere. Ring til os, hvis du stadig får beskeder fra Genvej.")


@dataclass(frozen=True, slots=True)
class Addresses:
    """In clear, for the citizen and for sending. `mobile` is international: `+45` and eight digits."""

    email: str | None = None
    mobile: str | None = None


def read_addresses(email: str, mobile: str) -> Addresses:
    """What was typed, or nothing of it; raises EmailInvalid or MobileInvalid."""
    return Addresses(clean_email(email) if email.strip() else None, clean_mobile(mobile) if mobile.strip() else None)


def clean_phone(text: str) -> str:
    """The same for a number that is rung up and gets no SMS; raises PhoneInvalid."""
    try:
        return clean_mobile(text)
    except MobileInvalid as error:
        raise PhoneInvalid from error


def clean_mobile(text: str) -> str:
    """`+4512345678` for anything that people write for it; raises MobileInvalid."""
    digits = _SPACING.sub("", text)
    if _DANISH.fullmatch(digits):
        return f"+45{digits}"
    if found := _ABROAD.fullmatch(digits):
        return f"+{found[1]}"
    raise MobileInvalid


async def set_contact(
    plan_id: int, addresses: Addresses, language: str, *, actor: Actor, now: datetime, vault: Vault
) -> None:
    """Tell the citizen there from now on, what is queued already included; empty addresses end it."""
    email, mobile = (
        vault.seal(address.encode()) if address else None for address in (addresses.email, addresses.mobile)
    )
    async with transaction(Scope(plan=plan_id)):
        await execute(_SET, plan_id, email, mobile, language, uuid4(), now)
        await renew_reminders(plan_id, await channels_of(plan_id), now=now)
        await audit("contact_changed", actor=actor, now=now, purpose="messages", plan_id=plan_id)


async def contact_of(plan_id: int, vault: Vault) -> Addresses:
    """The citizen's addresses; the caller's page writes to the look-up log."""
    async with looking(Scope(plan=plan_id)):
        row = await fetch_one("SELECT email, mobile FROM contact WHERE plan_id = $1", plan_id)
    if row is None:
        return Addresses()
    return Addresses(*(vault.open(sealed).decode() if sealed else None for sealed in (row["email"], row["mobile"])))


async def channels_of(plan_id: int) -> list[Channel]:
    """The ways that the citizen has given; whether any of them can be gone is the sender's to know."""
    row = await fetch_one(
        "SELECT email IS NOT NULL AS email, mobile IS NOT NULL AS sms FROM contact WHERE plan_id = $1", plan_id
    )
    return [] if row is None else [channel for channel in (Channel.EMAIL, Channel.SMS) if row[channel.value]]


async def language_of_contact(plan_id: int) -> str:
    """The code of the language that the citizen reads messages in; Danish for somebody who has said nothing."""
    async with looking(Scope(plan=plan_id)):
        spoken = await fetch_value("SELECT language FROM contact WHERE plan_id = $1", plan_id)
    return str(spoken or "da")


async def stoppable(token: UUID) -> int:
    """The plan whose messages carry the token; raises StopUnknown."""
    plan_id: int | None = await fetch_value("SELECT genvej_plan_of_stop_token($1)", token)
    if plan_id is None:
        raise StopUnknown
    return plan_id


async def stop(token: UUID, *, now: datetime, vault: Vault) -> None:
    """Send no more to the citizen who got the token; a second time changes nothing. Raises StopUnknown."""
    plan_id = await stoppable(token)
    await set_contact(plan_id, Addresses(), "da", actor=CITIZEN_WITH_CODE, now=now, vault=vault)
