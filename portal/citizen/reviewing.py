"""The chosen time before it is booked, with everything that follows from it."""

from secrets import token_urlsafe

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import held_seat
from matching.booking.errors import AlreadyBooked, SlotNotBookable, SlotTaken
from matching.cases import Case, read_case
from matching.finding.seats import Seat, seat_of_slot
from matching.finding.terms import terms_of_case
from matching.messages import contact_of
from matching.models import Channel
from portal.citizen.contact import typed
from portal.citizen.site_pages import show_site
from portal.citizen.standing import held_now, is_moving, slot_with_site
from portal.language import language_of
from portal.presenting import steps
from portal.presenting.contact import contact_fields
from portal.presenting.forms import problem_values
from portal.presenting.review import review
from portal.reading import text_of, whole_number
from portal.rendering import render
from portal.request_facts import now_of, plan_of, saw, settings_of
from portal.settings_messages import channels_of
from portal.typed_again import typed_again
from portal.visits import visit_of
from providers.errors import GenvejError
from providers.models import Slot
from providers.words import N_

_TICKS = ("frist", "laege", "samtykke")


class HoldOver(SlotTaken):
    code = "hold_over"
    message = N_("Vi holdt ikke længere tiden til dig, og nu er den ikke ledig. Vælg en anden tid.")


async def review_choice(request: Request) -> Response:
    """The chosen time, with everything that follows from it; a time that is gone shows the others."""
    plan_id, now = plan_of(request), now_of(request)
    form = typed_again(request, "/book")
    slot_id = visit_of(request).data.get("slot") or (whole_number(text_of(form, "slot")) if form else None)
    if slot_id is None and (kept := await held_seat(plan_id, now)):
        slot_id = kept.slot_id
    case = await read_case(plan_id, now)
    if slot_id is None:
        # The browser's own way back from the receipt leads here.
        return RedirectResponse("/min-tid" if case.current else "/steder", 303)
    if form and case.current is not None and text_of(form, "flyt") == str(case.current.id):
        visit_of(request).data["moving"] = True
    if case.current is not None and not is_moving(request, case):
        if case.current.slot_id == slot_id:
            return RedirectResponse("/min-tid", 303)
        raise AlreadyBooked
    same = form if form and text_of(form, "slot") == str(slot_id) else None
    return await show_review(request, case, slot_id, token_urlsafe(24), sent=same)


async def show_review(
    request: Request,
    case: Case,
    slot_id: int,
    key: str,
    errors: dict[str, GenvejError] | None = None,
    sent: FormData | None = None,
) -> Response:
    """The page; with what was `sent`, when something of it must be put right, or it comes again after a new entry.

    For a time that is gone, the site's other times. Addresses that were typed for it follow to the next one.
    """
    seat, slot = await seat_of(request, case, slot_id), await slot_of(slot_id)
    if seat is None:
        return await show_site(request, slot.site_id, HoldOver(), slot)
    saw(request, "choice_reviewed", case.plan.id)
    spoken = language_of(request)
    replaces = str(case.current.id) if case.current and is_moving(request, case) else ""
    view = review(slot.site, seat, case.rights.deadline, spoken, key=key, replaces=replaces)
    settings = settings_of(request)
    known = sent or typed_again(request, "/book")
    addresses = typed(known) if known else await contact_of(case.plan.id, settings.vault())
    values = {
        "title": view.title,
        "view": view,
        "contact_fields": contact_fields(addresses, channels_of(settings), spoken),
        "ticked": {name for name in _TICKS if sent and text_of(sent, name) == "ja"},
        "asks_for_doctor": Channel.DOCTOR in channels_of(settings),
        "steps": steps.steps(steps.REVIEW, spoken),
        "held": await held_now(request, case.plan.id),
        **problem_values(errors, spoken),
    }
    return render(request, "review.html", values, status=400 if errors else 200)


async def seat_of(request: Request, case: Case, slot_id: int) -> Seat | None:
    """The seat as the plan could have it now, or None."""
    return await seat_of_slot(slot_id, terms_of_case(case, settings_of(request).policy))


async def slot_of(slot_id: int) -> Slot:
    """The slot with its site; raises SlotNotBookable when there is none."""
    slot = await slot_with_site(slot_id)
    if slot is None:
        raise SlotNotBookable
    return slot
