"""A copy of the choice to the citizen's own doctor, when the citizen agrees."""

from datetime import datetime
from uuid import UUID

from matching.booking.errors import BookingUnknown
from matching.cases import lock_case
from matching.events import record_event
from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient
from providers.actors import Actor
from providers.database import transaction
from providers.scope import Scope


async def copy_to_doctor(plan_id: int, booking_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Tell the doctor of the citizen's current booking, and write down that the citizen agreed.

    Said twice, it is told once. Raises BookingUnknown for anything but the current booking.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        booking = case.current
        if booking is None or booking.id != booking_id:
            raise BookingUnknown
        draft = Draft(
            f"doctor:{booking_id}", "doctor_copy", Channel.DOCTOR, Recipient.DOCTOR, plan=plan_id, booking=booking_id
        )
        if await queue_message(draft, now=now):
            await record_event(case.plan, "doctor_copy_agreed", actor=actor, now=now, booking=booking)
