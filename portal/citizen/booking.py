"""Agree, and book or move."""

import re
from dataclasses import dataclass
from secrets import token_urlsafe

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.audit import audit
from matching.booking import book, move
from matching.booking.errors import GuaranteeLossNotAccepted, SlotNotBookable, SlotTaken
from matching.cases import Case, read_case
from matching.messages.doctor import copy_to_doctor
from matching.models import Booking, Channel
from matching.plan_facts import Basis
from portal.citizen.contact import keep_contact, unreadable
from portal.citizen.reviewing import seat_of, show_review, slot_of
from portal.citizen.site_pages import show_site
from portal.reading import booking_number, text_of, whole_number
from portal.request_facts import actor_of, now_of, plan_of, settings_of
from portal.settings_messages import channels_of
from portal.visits import visit_of
from providers.errors import GenvejError
from providers.words import N_

_KEY = re.compile(r"[\w-]{1,80}", re.ASCII)


class ConsentMissing(GenvejError):
    code = "consent_missing"
    message = N_("Sæt kryds, hvis kommunen og stedet må få besked. Ellers kan vi ikke booke tiden.")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says. `key` makes the same form sent twice one booking; `replaces` is the booking to move."""

    slot_id: int
    key: str
    replaces: str
    consents: bool
    accepts_guarantee_loss: bool
    tells_doctor: bool


async def confirm_choice(request: Request) -> Response:
    """Book or move. What was reviewed is what is booked, whatever has been held since in another window."""
    form = await request.form()
    choice = _read(form)
    case = await read_case(plan_of(request), now_of(request))
    if errors := await _unaccepted(request, choice, case) | unreadable(form):
        return await show_review(request, case, choice.slot_id, choice.key, errors, form)
    await audit("consent_given", actor=actor_of(request), now=case.now, purpose="choice", plan_id=case.plan.id)
    # Before the time, so that what is said of the time has somewhere to go.
    await keep_contact(request, form)
    try:
        booking = await _carry_out(request, choice, case)
    except (SlotTaken, SlotNotBookable) as error:
        lost = await slot_of(choice.slot_id)
        return await show_site(request, lost.site_id, error, lost)
    if choice.tells_doctor and Channel.DOCTOR in channels_of(settings_of(request)):
        await copy_to_doctor(case.plan.id, booking.id, actor=actor_of(request), now=case.now)
    for name in ("slot", "moving"):
        visit_of(request).data.pop(name, None)
    return RedirectResponse("/kvittering?flyttet=ja" if choice.replaces else "/kvittering", 303)


def _read(form: FormData) -> Choice:
    slot_id, key = whole_number(text_of(form, "slot")), text_of(form, "key")
    if slot_id is None:
        raise SlotNotBookable
    return Choice(
        slot_id=slot_id,
        key=key if _KEY.fullmatch(key) else token_urlsafe(24),
        replaces=text_of(form, "flyt"),
        consents=text_of(form, "samtykke") == "ja",
        accepts_guarantee_loss=text_of(form, "frist") == "ja",
        tells_doctor=text_of(form, "laege") == "ja",
    )


async def _unaccepted(request: Request, choice: Choice, case: Case) -> dict[str, GenvejError]:
    """What must be ticked and is not, by field."""
    errors: dict[str, GenvejError] = {}
    seat = await seat_of(request, case, choice.slot_id)
    if seat is not None and seat.basis is Basis.OTHER_MUNICIPALITY and not choice.accepts_guarantee_loss:
        errors["frist"] = GuaranteeLossNotAccepted()
    if not choice.consents:
        errors["samtykke"] = ConsentMissing()
    return errors


async def _carry_out(request: Request, choice: Choice, case: Case) -> Booking:
    plan_id, slot_id, policy = case.plan.id, choice.slot_id, settings_of(request).policy
    actor, now, accepts = actor_of(request), now_of(request), choice.accepts_guarantee_loss
    if choice.replaces:
        booking_id = booking_number(choice.replaces)
        return await move(
            plan_id, booking_id, slot_id, actor=actor, now=now, policy=policy, accepts_guarantee_loss=accepts
        )
    key = choice.key
    return await book(plan_id, slot_id, actor=actor, now=now, policy=policy, key=key, accepts_guarantee_loss=accepts)
