"""Three hundred invented cases, written in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from matching.citizens import cpr_digest, seal_citizen
from matching.codes import parse_access_code, parse_code
from matching.contents import seal_contents
from matching.demo.contents import invented_contents
from matching.demo.desk import Desk, open_desk, take_seats
from matching.demo.draft import Draft
from matching.demo.people import living_at, person
from matching.demo.secret import access_code, course_code, identifier
from matching.demo.stories import programme
from matching.models import Booking, CaseEvent, CourseCode, Plan, Report, ReportState
from matching.plan_facts import PlanType
from matching.reports.body import report_body
from matching.states import PlanState
from providers.clock import local_date
from providers.database import fetch, transaction
from providers.demo.chance import chance
from providers.demo.copying import take_ids
from providers.demo.progress import Progress, unseen
from providers.offers import lock_offers, refresh_next_free
from providers.reference import Catalogue, load_catalogue
from providers.reference.catalogue import PostalCodeEntry
from providers.vault import Vault

MESSAGE_PREFIX = "demo-"
"""Marks a plan as the demo's; the number behind it says which one."""


async def build_plans(
    *, seed: bytes, vault: Vault, now: datetime, progress: Progress = unseen, count: int = 300
) -> None:
    """Invent `count` cases in the demo's registry, in every state and condition, with bookings on its slots.

    The same seed, registry and `now` give the same rows, except for what the vault seals. Seats are taken in step
    with the bookings, partly in place of seats sold elsewhere, and every event has a report that was delivered.
    """
    async with transaction():
        desk = await open_desk(await load_catalogue(), now)
        ids = await take_ids("plan", count)
        for number, (plan_id, story) in enumerate(zip(ids, programme(count), strict=True), 1):
            draft = _blank(number, plan_id, desk, seed, vault, now)
            await story(draft, desk)
            await take_seats(draft)
            _finish(draft, desk, vault)
            desk.told.append(draft)
            if number % 20 == 0 or number == count:
                progress("plans", number, count)
        await _write(desk.told, seed, vault, now)


def place_of(municipality_code: str, number: int, catalogue: Catalogue) -> PostalCodeEntry:
    """The postal code of the municipality from which the citizen of a demo plan looks around."""
    places = [entry for entry in catalogue.postal_codes.values() if entry.municipality_code == municipality_code]
    return places[number % len(places)]


def _blank(number: int, plan_id: int, desk: Desk, seed: bytes, vault: Vault, now: datetime) -> Draft:
    """A general plan that has not arrived yet, somewhere in the country."""
    random = chance(f"{seed.hex()}:plan:{number}")
    citizen = person(seed, number)
    plan = Plan(
        id=plan_id,
        message_id=f"{MESSAGE_PREFIX}{number:04}",
        municipality_id=random.choice(desk.populous),
        case_reference=f"DEMO-{number:04}",
        plan_type=PlanType.GENERAL,
        discharge_date=local_date(now),
        received_on=local_date(now),
        state=PlanState.RECEIVED,
        citizen=b"",
        cpr_digest="",
    )
    draft = Draft(number, plan, citizen, random, seed, now)
    desk.choose_package(draft)
    return draft


def _finish(draft: Draft, desk: Desk, vault: Vault) -> None:
    """The citizen moves in where the story has ended up, and is sealed."""
    place = place_of(draft.plan.municipality_id, draft.number, desk.catalogue)
    draft.citizen = living_at(draft.citizen, place, draft.number)
    draft.plan.citizen = seal_citizen(draft.citizen, vault)
    draft.plan.cpr_digest = cpr_digest(draft.citizen.cpr, vault)
    draft.plan.contents = seal_contents(invented_contents(draft.seed, draft.number, draft.plan.discharge_date), vault)


async def _write(drafts: list[Draft], seed: bytes, vault: Vault, now: datetime) -> None:
    await Plan.bulk_create([draft.plan for draft in drafts])
    await Booking.bulk_create([booking for draft in drafts for booking in draft.bookings])
    await CourseCode.bulk_create([code for draft in drafts for code in _codes(draft, seed, vault)])
    await _write_events(drafts, seed)
    sites = await fetch("SELECT DISTINCT t.site_id FROM slot t JOIN booking b ON b.slot_id = t.id ORDER BY 1")
    site_ids = [record["site_id"] for record in sites]
    await lock_offers(site_ids)
    await refresh_next_free(site_ids, now)


def _codes(draft: Draft, seed: bytes, vault: Vault) -> Iterable[CourseCode]:
    """The digests of the codes in the draft's letters."""
    for letter in draft.letters:
        code = parse_code(course_code(seed, draft.number, letter.issue))
        access = parse_access_code(access_code(seed, draft.number, letter.issue))
        yield CourseCode(
            plan_id=draft.plan.id,
            digest=vault.digest("course_code", code),
            access_digest=vault.digest("access_code", access),
            issued_at=letter.issued_at,
            expires_at=letter.expires_at,
            revoked_at=letter.revoked_at,
        )


async def _write_events(drafts: list[Draft], seed: bytes) -> None:
    """The events with their reports. What happened before the demo began has been delivered long ago."""
    await CaseEvent.bulk_create([event for draft in drafts for event in draft.events])
    written = await fetch("SELECT id, plan_id, sequence FROM case_event")
    ids = {(record["plan_id"], record["sequence"]): record["id"] for record in written}
    reports = []
    for draft in drafts:
        for event in draft.events:
            event.id = ids[event.plan_id, event.sequence]
            reports.append(await _delivered(draft, event, seed))
    await Report.bulk_create(reports)


async def _delivered(draft: Draft, event: CaseEvent, seed: bytes) -> Report:
    message_id = identifier(seed, f"report:{draft.number}:{event.sequence}")
    return Report(
        id=message_id,
        event_id=event.id,
        plan_id=draft.plan.id,
        channel_id=None,
        sequence=event.sequence,
        body=await report_body(message_id, event, draft.plan),
        state=ReportState.DELIVERED,
        attempts=1,
        next_at=event.at,
        answer="demo",
        created_at=event.at,
        delivered_at=event.at,
    )
