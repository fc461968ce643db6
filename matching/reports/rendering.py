"""From the stored facts to the bytes of one attempt, in the form that the channel's recipient reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from matching.audit import audit
from matching.cases import PlanUnknown
from matching.citizens import open_citizen
from matching.course.notes import open_note
from matching.models import ChannelKind
from matching.reports.claims import Parcel
from matching.reports.credentials import Credentials
from matching.reports.formats.carecommunication import Segment, care_communication
from matching.reports.formats.carecommunication import Sender as MedComSender
from matching.reports.formats.facts import Facts, Organisation, Person, read_facts
from matching.reports.formats.gateway import gateway_report
from matching.reports.formats.text import in_words
from matching.reports.signing import signed_headers
from providers.actors import SYSTEM
from providers.database import fetch, fetch_one, transaction
from providers.scope import Scope
from providers.vault import Vault

FHIR_JSON = "application/fhir+json"

_ABOUT = """
SELECT p.citizen, m.official_name, m.sor, m.gln FROM plan p JOIN municipality m ON m.code = p.municipality_id
WHERE p.id = $1
"""

_NUMBERS = "SELECT cvr, sor FROM provider WHERE cvr = ANY ($1) AND sor IS NOT NULL"

# The thread as the recipient has it: what was refused or given up is no part of it.
_THREAD = """
SELECT r.id, r.body, r.created_at, n.text AS note FROM report r LEFT JOIN course_note n ON n.event_id = r.event_id
WHERE r.plan_id = $1 AND r.channel_id = $2 AND r.sequence <= $3 AND octet_length(r.body) > 0
  AND (r.id = $4 OR r.state IN ('sent', 'delivered'))
ORDER BY r.sequence
"""


@dataclass(frozen=True, slots=True)
class Rendered:
    """`own_bytes`: whether `body` is more than the report's stored facts, and is to be kept sealed with the attempt."""

    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    own_bytes: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """Who a report is about and whom it is for."""

    person: Person
    municipality: Organisation


async def render(
    parcel: Parcel, credentials: Credentials, vault: Vault, sender: MedComSender, *, now: datetime
) -> Rendered:
    """What is posted now. Raises NotReportable when the format asks for what nobody has entered, ValueError for a bad
    secret."""
    match parcel.kind:
        case ChannelKind.GATEWAY:
            about = await _about(parcel, vault, now)
            facts = await _with_numbers(read_facts(parcel.body))
            return Rendered(gateway_report(facts, about.person, about.municipality, now=now), FHIR_JSON, own_bytes=True)
        case ChannelKind.MEDCOM:
            return Rendered(await _message(parcel, vault, sender, now), FHIR_JSON, own_bytes=True)
        case _:
            return Rendered(parcel.body, headers=signed_headers(parcel.id, parcel.body, credentials.secrets(now), now))


async def _message(parcel: Parcel, vault: Vault, sender: MedComSender, now: datetime) -> bytes:
    about = await _about(parcel, vault, now)
    async with transaction(Scope(plan=parcel.plan_id), read_only=True):
        told = await fetch(_THREAD, parcel.plan_id, parcel.channel_id, parcel.sequence, parcel.id)
    segments = [Segment(one["id"], _in_words(one, vault), one["created_at"]) for one in told]
    thread = thread_of(parcel.plan_id, parcel.channel_id)
    return care_communication(segments, thread, about.person, sender, about.municipality, bundle_id=uuid4(), now=now)


def _in_words(told: Any, vault: Vault) -> str:
    """What happened, and what those who treat wrote about it."""
    words = in_words(read_facts(told["body"]))
    return f"{words}\nBemærkning: {open_note(told['note'], vault)}" if told["note"] else words


async def _with_numbers(facts: Facts) -> Facts:
    """The facts with the SOR numbers that the providers have now: one may have been entered since."""
    if facts.booking is None:
        return facts
    known = dict(await fetch(_NUMBERS, [one.provider.cvr for one in facts.contacts]))
    return facts.with_numbers(known)


def thread_of(plan_id: int, channel_id: int) -> UUID:
    """A case's thread with one recipient: the same at every message, and in the form of version 4."""
    return UUID(bytes=uuid5(NAMESPACE_URL, f"urn:genvej:thread:{channel_id}:{plan_id}").bytes, version=4)


async def _about(parcel: Parcel, vault: Vault, now: datetime) -> About:
    """Who it is, opened for this one sending and written to the look-up log."""
    async with transaction(Scope(plan=parcel.plan_id)):
        record = await fetch_one(_ABOUT, parcel.plan_id)
        if record is None:
            raise PlanUnknown
        await audit("report_addressed", actor=SYSTEM, now=now, purpose="reporting", plan_id=parcel.plan_id)
    return About(_person(record, vault), Organisation(record["official_name"], record["sor"], record["gln"]))


def _person(record: Any, vault: Vault) -> Person:
    citizen = open_citizen(record["citizen"], vault)
    return Person(citizen.cpr, citizen.name, citizen.address_protected)
