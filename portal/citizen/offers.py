"""The time that the municipality has offered: take it, or say no."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import book, cancel, move
from matching.booking.errors import BookingUnknown
from matching.cases import read_case
from portal.citizen.my_time import bookings_of
from portal.language import language_of
from portal.presenting.my_time import appointment_of
from portal.reading import booking_number, field
from portal.rendering import render
from portal.request_facts import actor_of, now_of, plan_of, saw, settings_of
from portal.visits import visit_of


async def accept_offer(request: Request) -> Response:
    """Take the time instead of any other."""
    case = await read_case(plan_of(request), now_of(request))
    if case.offered is None:
        raise BookingUnknown
    slot_id, policy = case.offered.slot_id, settings_of(request).policy
    if case.current is None:
        await book(case.plan.id, slot_id, actor=actor_of(request), now=case.now, policy=policy)
    else:
        current = case.current.id
        await move(case.plan.id, current, slot_id, actor=actor_of(request), now=case.now, policy=policy)
    choice_is_made(request)
    return RedirectResponse("/kvittering", 303)


async def ask_to_decline(request: Request) -> Response:
    """What follows from saying no; an offer in time closes the private door all the same (§ 140 stk. 4)."""
    case = await read_case(plan_of(request), now_of(request))
    if case.offered is None:
        raise BookingUnknown
    saw(request, "offer_seen", case.plan.id)
    spoken = language_of(request)
    offered = next(booking for booking in await bookings_of(case.plan.id) if booking.id == case.offered.id)
    values = {
        "title": spoken.say("Vil du sige nej til tiden?"),
        "offered": appointment_of(offered, case.rights.deadline, case.now, settings_of(request).policy, spoken),
        "booking": offered.id,
        "in_time": bool(case.rights.offer_kept),
    }
    return render(request, "decline.html", values)


async def decline_offer(request: Request) -> Response:
    """Say no. The seat is free for others at once."""
    booking_id = booking_number(await field(request, "booking"))
    policy = settings_of(request).policy
    await cancel(plan_of(request), booking_id, actor=actor_of(request), now=now_of(request), policy=policy)
    return RedirectResponse("/muligheder", 303)


def choice_is_made(request: Request) -> None:
    """Nothing is chosen or being moved any more."""
    for name in ("slot", "moving"):
        visit_of(request).data.pop(name, None)
