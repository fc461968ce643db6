"""A case in which everything has happened, so that there is no table without a trace of the citizen."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from matching.audit import audit
from matching.booking import book, cancel, move
from matching.calling import ask_for_call
from matching.citizens import Citizen, cpr_digest
from matching.codes import issue_access_code, parse_access_code, parse_code
from matching.contents import PlanContents, seal_contents
from matching.entry import FactorWrong, verify
from matching.issuing import LetterCodes, issue_codes
from matching.messages.contacts import Addresses, set_contact
from matching.models import Booking, Plan
from matching.watching import Wanted, watch
from providers.actors import CITIZEN, Actor
from providers.database import execute, fetch_value
from providers.models import Session
from tests.support.worlds import NOW, POLICY, VAULT, a_citizen, a_hold, a_plan, a_site, a_slot

PLAN_ID = 8_203_117_645
VISITATOR = Actor("account:4711", "visitator", "municipality:0101")


@dataclass(frozen=True, slots=True)
class FullLife:
    """The plan, the citizen, their codes, and every text that must not outlast them."""

    plan: Plan
    citizen: Citizen
    codes: LetterCodes
    bookings: list[Booking]
    needles: dict[str, str]


async def a_full_life() -> FullLife:
    """Informed, written to, booked, moved, cancelled, held anew, looked at; and then completed."""
    citizen = a_citizen(
        name="Ottilie Vindfælde-Prøve", address="Sporløsvej 71, 1050 København K", email="ottilie@vindfaelde.example"
    )
    contents = seal_contents(PlanContents(need="Kan ikke løfte sin violin"), VAULT)
    plan = await a_plan(
        id=PLAN_ID, citizen=citizen, contents=contents, case_reference="SAG-UFORGLEMMELIG", message_id="besked-71-71"
    )
    codes = await issue_codes(plan.id, actor=VISITATOR, now=NOW, vault=VAULT, policy=POLICY)
    await set_contact(
        plan.id, Addresses("ottilie@vindfaelde.example", "+4500000071"), "da", actor=CITIZEN, now=NOW, vault=VAULT
    )
    await _arrive(plan)
    await _come_in_by_mistake(plan)
    await _ask(plan)
    bookings = await _choose(plan)
    await audit("looked", actor=VISITATOR, now=NOW, purpose="guidance", plan_id=plan.id, criterion="cpr")
    await execute("UPDATE plan SET state = 'completed' WHERE id = $1", plan.id)
    return FullLife(plan, citizen, codes, bookings, _needles(plan, citizen, codes, bookings))


async def _ask(plan: Plan) -> None:
    """To be told of a time, and to be rung up."""
    site = await a_site()
    await watch(plan.id, Wanted(), actor=CITIZEN, now=NOW, policy=POLICY)
    await ask_for_call(plan.id, site.pk, "+4500000071", actor=CITIZEN, now=NOW, policy=POLICY, vault=VAULT)


async def _arrive(plan: Plan) -> None:
    raw = await fetch_value(
        "INSERT INTO raw_message (municipality_id, source, name, body, digest, received_at, actor)"
        " VALUES ('0101', 'api', $1, $2, $3, $4, 'api') RETURNING id",
        *(VAULT.seal(b"ottilie.xml"), VAULT.seal("<Name>Ottilie Vindfælde-Prøve</Name>".encode())),
        *(VAULT.digest("raw_message", "besked"), NOW),
    )
    await execute(
        "INSERT INTO arrival (raw_message_id, position, municipality_id, message_id, plan_id, state, findings, at)"
        " VALUES ($1, 0, '0101', $2, $3, 'taken', '[]', $4)",
        *(raw, plan.message_id, plan.id, NOW),
    )


async def _come_in_by_mistake(plan: Plan) -> None:
    """A visit that is still open, and a second factor that was wrong."""
    await Session.create(digest="a", data={"plan": plan.id}, created_at=NOW, seen_at=NOW, expires_at=NOW)
    with suppress(FactorWrong):
        await verify(plan.id, issue_access_code(), date(1951, 3, 14), now=NOW, vault=VAULT, policy=POLICY)


async def _choose(plan: Plan) -> list[Booking]:
    site = await a_site()
    first, second, third = [await a_slot(site, NOW + timedelta(days=day)) for day in (2, 3, 4)]
    booked = await book(plan.id, first.id, key="violin-71", actor=CITIZEN, now=NOW, policy=POLICY)
    moved = await move(plan.id, booked.id, second.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await cancel(plan.id, moved.id, actor=CITIZEN, now=NOW, policy=POLICY)
    again = await book(plan.id, second.id, actor=CITIZEN, now=NOW + timedelta(hours=1), policy=POLICY)
    await a_hold(plan, third)
    await execute("UPDATE booking SET state = 'completed' WHERE id = $1", again.id)
    await execute("UPDATE report SET state = 'delivered', delivered_at = $1 WHERE plan_id = $2", NOW, plan.id)
    return [booked, moved, again]


def _needles(plan: Plan, citizen: Citizen, codes: LetterCodes, bookings: list[Booking]) -> dict[str, str]:
    return {
        "name": citizen.name,
        "family name": "Vindfælde",
        "cpr": citizen.cpr,
        "address": "Sporløsvej",
        "mail": "vindfaelde.example",
        "mobile": "4500000071",
        "contents": "violin",
        "case": plan.case_reference,
        "message": plan.message_id,
        "plan": str(plan.id),
        "cpr digest": cpr_digest(citizen.cpr, VAULT),
        "code": VAULT.digest("course_code", parse_code(codes.code)),
        "access code": VAULT.digest("access_code", parse_access_code(codes.access_code)),
        **{f"booking {place}": str(booking.id) for place, booking in enumerate(bookings)},
    }
