"""A municipality's own institution says no to another municipality's citizen, who asked for a time there."""

from collections.abc import Collection
from datetime import datetime

from matching.course.answering import release_seat
from matching.course.errors import GroundsMissing
from matching.course.notes import checked, keep_note
from matching.course.opening import record, taken_up
from matching.course_codes import CannotReceive, RefusalGround
from matching.messages.letters import queue_letter
from matching.models import Channel
from matching.states import BookingState, IllegalTransition
from providers.actors import Actor
from providers.vault import Vault


def check_refusal(grounds: Collection[RefusalGround], note: str) -> str:
    """The words of a refusal that may be said; raises GroundsMissing, NoteMissing or NoteTooLong."""
    if set(grounds) != set(RefusalGround):
        raise GroundsMissing
    return checked(note, needed=True)


async def refuse(
    plan_id: int,
    grounds: Collection[RefusalGround],
    note: str,
    letter: bytes,
    *,
    channels: Collection[Channel],
    actor: Actor,
    now: datetime,
    seen: int,
    vault: Vault,
) -> None:
    """Only for capacity, on both grounds, in words. The citizen's rights are as if they had never asked.

    `letter` the citizen so, and what there is elsewhere, as a page; it goes with the refusal or not at all.
    Raises the errors of `taken_up` and of `check_refusal`, and IllegalTransition for a booking that is no request.
    """
    words = check_refusal(grounds, note)
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if course.booking.state is not BookingState.REQUESTED:
            raise IllegalTransition(current=course.booking.state.value, target="refused")
        await release_seat(course, BookingState.REFUSED)
        event = await record(
            course,
            "refused",
            actor=actor,
            now=now,
            reason=CannotReceive.CAPACITY,
            changes={"grounds": [ground.value for ground in RefusalGround]},
        )
        await keep_note(event, words, vault)
        once = f"refused:{event.id}"
        await queue_letter(plan_id, letter, once=once, channels=channels, vault=vault, now=now)
