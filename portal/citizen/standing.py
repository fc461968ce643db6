"""Where the citizen stands while they look around: a held time, one that they have, or are about to move."""

from dataclasses import dataclass

from starlette.requests import Request

from matching.booking import held_seat
from matching.cases import Case
from portal.language import language_of
from portal.presenting.holding import Held, held, moving_words
from portal.request_facts import is_verified, now_of
from portal.visits import visit_of
from providers.models import Slot


@dataclass(frozen=True, slots=True)
class Standing:
    """All are empty for most. `booked`: there is a time already, and nothing was said of moving it."""

    held: Held | None
    moving: str
    booked: bool = False


async def standing(request: Request, case: Case) -> Standing:
    """What to remind the citizen of."""
    spoken = language_of(request)
    slot = await slot_with_site(case.current.slot_id) if is_moving(request, case) and case.current else None
    moving = moving_words(slot.starts_at, spoken) if slot else ""
    return Standing(await held_now(request, case.plan.id), moving, booked=case.current is not None and not moving)


async def held_now(request: Request, plan_id: int) -> Held | None:
    """The time that is kept for the plan, if any."""
    now = now_of(request)
    kept = await held_seat(plan_id, now)
    slot = await slot_with_site(kept.slot_id) if kept else None
    return held(kept, slot, now, language_of(request)) if kept and slot else None


def is_moving(request: Request, case: Case) -> bool:
    """Whether the citizen has said that they want another time instead of the one they have."""
    return case.current is not None and is_verified(request) and bool(visit_of(request).data.get("moving"))


async def slot_with_site(slot_id: int) -> Slot | None:
    """A slot with everything that is said of its site."""
    return await Slot.get_or_none(id=slot_id).select_related("site__provider", "site__postal_code")
