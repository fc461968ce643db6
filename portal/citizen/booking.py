"""Look at the choice once more, agree, and book."""

import re
from secrets import token_urlsafe

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import book, held_seat, move
from matching.booking.errors import (
    AlreadyBooked,
    GuaranteeLossNotAccepted,
    SlotNotBookable,
    SlotTaken,
)
from matching.cases import Case, read_case
from matching.finding.seats import Seat, seat_of_slot
from matching.finding.terms import terms_of_case
from matching.plan_facts import Basis
from portal.access import actor_of, now_of, plan_of, saw, settings_of
from portal.citizen.reading import booking_number, slot_number, text_of
from portal.citizen.site_pages import show_site
from portal.citizen.standing import held_now, is_moving, slot_with_site
from portal.language import language_of
from portal.presenting import steps
from portal.presenting.forms import by_field, problems_of
from portal.presenting.review import review
from portal.problems import status_of
from portal.rendering import render
from portal.visits import visit_of
from providers.errors import GenvejError
from providers.models import Slot
from providers.words import N_

_KEY = re.compile(r"[\w-]{1,80}", re.ASCII)


class HoldOver(SlotTaken):
    code = "hold_over"
    message = N_("Vi holdt ikke længere tiden til dig, og nu er den ikke ledig. Vælg en anden tid.")


class ConsentMissing(GenvejError):
    code = "consent_missing"
    message = N_("Sæt kryds, hvis din kommune og stedet må få besked. Ellers kan vi ikke booke tiden.")


async def review_choice(request: Request) -> Response:
    """The chosen time, with everything that follows from it; a time that is gone shows the others."""
    plan_id, now = plan_of(request), now_of(request)
    slot_id = visit_of(request).data.get("slot")
    if slot_id is None and (kept := await held_seat(plan_id, now)):
        slot_id = kept.slot_id
    if slot_id is None:
        return RedirectResponse("/steder", 303)
    case = await read_case(plan_id, now)
    if case.current is not None and not is_moving(request, case):
        if case.current.slot_id == slot_id:
            return RedirectResponse("/min-tid", 303)
        raise AlreadyBooked
    return await _review(request, case, slot_id, token_urlsafe(24))


async def confirm_choice(request: Request) -> Response:
    """Book or move. What was reviewed is what is booked, whatever has been held since in another window."""
    form, case = await request.form(), await read_case(plan_of(request), now_of(request))
    slot_id, key = slot_number(text_of(form, "slot")), text_of(form, "key")
    if slot_id is None:
        raise SlotNotBookable
    errors = await _unaccepted(request, form, case, slot_id)
    if errors:
        return await _review(request, case, slot_id, key if _KEY.fullmatch(key) else token_urlsafe(24), errors)
    try:
        await _carry_out(request, form, slot_id, key)
    except (SlotTaken, SlotNotBookable) as error:
        return await show_site(request, (await _slot(slot_id)).site_id, error)
    saw(request, "booking_made", case.plan.id)
    for name in ("slot", "moving"):
        visit_of(request).data.pop(name, None)
    return RedirectResponse("/kvittering", 303)


async def _carry_out(request: Request, form: FormData, slot_id: int, key: str) -> None:
    plan_id, policy, now = plan_of(request), settings_of(request).policy, now_of(request)
    accepts = text_of(form, "frist") == "ja"
    actor = actor_of(request)
    if replaces := text_of(form, "flyt"):
        await move(
            plan_id,
            booking_number(replaces),
            slot_id,
            actor=actor,
            now=now,
            policy=policy,
            accepts_guarantee_loss=accepts,
        )
    else:
        await book(
            plan_id,
            slot_id,
            actor=actor,
            now=now,
            policy=policy,
            key=key if _KEY.fullmatch(key) else None,
            accepts_guarantee_loss=accepts,
        )


async def _unaccepted(request: Request, form: FormData, case: Case, slot_id: int) -> dict[str, GenvejError]:
    """What must be ticked and is not, by field."""
    errors: dict[str, GenvejError] = {}
    seat = await _seat(request, case, slot_id)
    if seat is not None and seat.basis is Basis.OTHER_MUNICIPALITY and text_of(form, "frist") != "ja":
        errors["frist"] = GuaranteeLossNotAccepted()
    if text_of(form, "samtykke") != "ja":
        errors["samtykke"] = ConsentMissing()
    return errors


async def _review(
    request: Request, case: Case, slot_id: int, key: str, errors: dict[str, GenvejError] | None = None
) -> Response:
    seat, slot = await _seat(request, case, slot_id), await _slot(slot_id)
    if seat is None:
        return await show_site(request, slot.site_id, HoldOver())
    saw(request, "choice_reviewed", case.plan.id)
    spoken = language_of(request)
    replaces = str(case.current.id) if case.current and is_moving(request, case) else ""
    view = review(slot.site, seat, case.rights.deadline, spoken, key=key, replaces=replaces)
    problems = problems_of(errors or {}, spoken)
    values = {
        "title": view.title,
        "view": view,
        "steps": steps.steps(steps.REVIEW, spoken),
        "held": await held_now(request, case.plan.id),
        "problems": problems,
        "by_field": by_field(problems),
    }
    return render(request, "review.html", values, status=status_of(ConsentMissing) if errors else 200)


async def _seat(request: Request, case: Case, slot_id: int) -> Seat | None:
    return await seat_of_slot(slot_id, terms_of_case(case, settings_of(request).policy))


async def _slot(slot_id: int) -> Slot:
    slot = await slot_with_site(slot_id)
    if slot is None:
        raise SlotNotBookable
    return slot
