"""The citizen's bookings, by a program that was given both codes of the letter."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from matching.audit import audit
from matching.booking import book, cancel, move
from matching.booking.errors import BookingUnknown
from matching.booking.reading import read_booking
from portal.api.credentials import plan_of_citizen, read_idempotency_key
from portal.api.presenting import answer, booking_answer
from portal.api.questions import BookingQuestion, MoveQuestion, Nothing
from portal.request_facts import now_of, settings_of
from providers.actors import CITIZEN


async def post_booking(request: Request, asked: BookingQuestion) -> Response:
    """Book a time; the same key and time again give the same booking."""
    key = read_idempotency_key(request)
    plan_id = await plan_of_citizen(request)
    booking = await book(
        plan_id,
        asked.slot_id,
        actor=CITIZEN,
        now=now_of(request),
        policy=settings_of(request).policy,
        key=key,
        accepts_guarantee_loss=asked.accepts_guarantee_loss,
    )
    return await _answer(plan_id, booking.id, status=201)


async def get_booking(request: Request, asked: Nothing) -> Response:
    """One of the citizen's bookings, whatever became of it."""
    booking_id = _booking_id(request)
    plan_id = await plan_of_citizen(request)
    await audit("booking_seen", actor=CITIZEN, now=now_of(request), purpose="choice", plan_id=plan_id)
    return await _answer(plan_id, booking_id)


async def delete_booking(request: Request, asked: Nothing) -> Response:
    """Cancel; a second time changes nothing."""
    booking_id = _booking_id(request)
    plan_id = await plan_of_citizen(request)
    await cancel(plan_id, booking_id, actor=CITIZEN, now=now_of(request), policy=settings_of(request).policy)
    return await _answer(plan_id, booking_id)


async def move_booking(request: Request, asked: MoveQuestion) -> Response:
    """Exchange the time for another; the answer is the new booking."""
    booking_id = _booking_id(request)
    plan_id = await plan_of_citizen(request)
    booking = await move(
        plan_id,
        booking_id,
        asked.slot_id,
        actor=CITIZEN,
        now=now_of(request),
        policy=settings_of(request).policy,
        accepts_guarantee_loss=asked.accepts_guarantee_loss,
    )
    return await _answer(plan_id, booking.id)


async def _answer(plan_id: int, booking_id: UUID, *, status: int = 200) -> Response:
    """The booking as it now stands. The verb that changed it has written to the look-up log."""
    booked = await read_booking(plan_id, booking_id)
    where = "Location" if status == 201 else "Content-Location"
    return answer(booking_answer(booked), status, {where: f"/api/v1/bookings/{booking_id}"})


def _booking_id(request: Request) -> UUID:
    """The booking that the address names; raises BookingUnknown for text that can be no booking's."""
    try:
        return UUID(request.path_params["booking_id"])
    except ValueError as error:
        raise BookingUnknown from error
