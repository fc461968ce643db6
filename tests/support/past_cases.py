"""Cases drawn at random with everything that the figures count, and the same counted plainly from what was drawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid4

from matching.figures import Choice, Measure
from matching.models import Booking, CaseEvent
from matching.national_codes import StopReason
from matching.plan_facts import Basis, Level, PlanFacts, PlanType
from matching.rights import rights
from matching.states import BookingState, PlanState
from providers.clock import COPENHAGEN
from providers.models import Site, Slot, SlotMode
from tests.support.worlds import a_plan

DAY = timedelta(days=1)
Count = Counter[tuple[Measure, str, int | None]]


@dataclass(frozen=True)
class Drawn:
    """One case; `site` is where the booking is, of which `state` says what became."""

    municipality: str
    facts: PlanFacts
    plan_state: PlanState
    basis: Basis | None
    state: BookingState | None
    first_contact: date | None
    begun: bool
    stopped_on: date | None
    reason: StopReason | None
    provider: int | None = None


def draw(random: Random, today: date, municipality: str) -> Drawn:
    discharged = today - random.randint(5, 420) * DAY
    later = discharged + random.randint(0, 40) * DAY if random.random() < 0.2 else None
    zero = max(discharged, later or discharged)
    offered = zero + random.randint(-2, 20) * DAY if random.random() < 0.6 else None
    told = discharged + random.randint(0, 12) * DAY
    cannot = discharged + random.randint(0, 12) * DAY if random.random() < 0.3 else None
    booked = random.random() < 0.8
    state = random.choice(list(BookingState)) if booked else None
    contact = zero + random.randint(-1, 25) * DAY if booked else None
    begun = state in {BookingState.STARTED, BookingState.COMPLETED} or (booked and random.random() < 0.1)
    stopped = zero + random.randint(0, 20) * DAY if random.random() < 0.25 else None
    kind = PlanType.GENERAL if random.random() < 0.9 else PlanType.SPECIALISED
    error = random.random() < 0.05
    return Drawn(
        municipality,
        PlanFacts(
            plan_type=kind,
            level=random.choice([*Level, None]) if kind is PlanType.GENERAL else None,
            package=random.choice(["01-kirurgisk", "02-medicinsk", None]),
            discharge_date=discharged,
            earliest_start=later,
            offer_date=offered,
            offer_recorded_on=told if offered else None,
            cannot_offer_recorded_on=cannot,
            handed_to_municipality=False,
        ),
        PlanState.ERROR if error else PlanState.STOPPED if stopped else PlanState.ASSESSED,
        random.choice(list(Basis)) if booked else None,
        state,
        contact,
        begun,
        None if error else stopped,
        random.choice(list(StopReason)) if stopped and not error else None,
    )


async def write(drawn: Drawn, site: Site) -> Drawn:
    """The same case in the database, at the site if it has a booking."""
    facts = {name: getattr(drawn.facts, name) for name in _COLUMNS}
    plan = await a_plan(
        municipality_id=drawn.municipality, package_id=drawn.facts.package, state=drawn.plan_state, **facts
    )
    booking = None
    if drawn.basis and drawn.state and drawn.first_contact:
        at = datetime.combine(drawn.first_contact, time(0, 30), COPENHAGEN)
        slot = await Slot.get_or_none(site_id=site.id, starts_at=at) or await Slot.create(
            site_id=site.id, starts_at=at, minutes=30, mode=SlotMode.GROUP, seats=99
        )
        booking = await Booking.create(
            id=uuid4(), plan_id=plan.id, slot_id=slot.id, basis=drawn.basis, state=drawn.state, created_at=at
        )
    events = [("started", None, drawn.first_contact)] if drawn.begun else []
    events += [("stopped", drawn.reason, drawn.stopped_on)] if drawn.stopped_on else []
    for n, (kind, reason, day) in enumerate(events, 1):
        at = datetime.combine(day or drawn.facts.discharge_date, time(23, 30), COPENHAGEN)
        about = booking.id if booking and kind == "started" else None
        await CaseEvent.create(
            plan_id=plan.id, sequence=n, kind=kind, at=at, actor="x", reason=reason, booking_id=about
        )
    return replace(drawn, provider=site.provider_id if drawn.begun else None)


_COLUMNS = (
    *("plan_type", "level", "discharge_date", "earliest_start", "offer_date", "offer_recorded_on"),
    "cannot_offer_recorded_on",
)


def counted(cases: Sequence[Drawn], first: date, until: date, as_of: date) -> Count:
    """Everything of the cases whose day 0 lies from `first` until before `until`, as the definitions say it."""
    found: Count = Counter()
    for case in cases:
        zero = max(case.facts.discharge_date, case.facts.earliest_start or date.min)
        is_counted = case.facts.plan_type is PlanType.GENERAL and case.plan_state is not PlanState.ERROR
        if is_counted and first <= zero < until:
            found.update(_of_case(case, zero, as_of))
    return found


def _of_case(case: Drawn, zero: date, as_of: date) -> Count:
    begun = case.first_contact if case.begun else None
    waited = max((begun - zero).days, 0) if begun else None
    package = f"{case.facts.package or ''} {case.facts.level or ''}"
    in_time = case.facts.offer_date is not None and case.facts.offer_date <= zero + 7 * DAY
    used = case.basis is Basis.EXTENDED and case.state in _HELD
    arisen = used or _arisen(case, zero, begun, as_of)
    choice = (
        Choice.USED if used else Choice.OFFERED_IN_TIME if in_time else Choice.UNUSED if arisen else Choice.NOT_ARISEN
    )
    found: Count = Counter({(Measure.PLANS, "", None): 1})
    found[Measure.REFERRED, package, None] += 1
    found[Measure.CHOICE, choice.value, None] += 1
    found[Measure.OFFERED_IN_TIME, "", None] += in_time
    found[Measure.ARISEN, "", None] += arisen
    found[Measure.USED, "", None] += used
    found[Measure.REFUSED, "", None] += case.state is BookingState.REFUSED
    found[Measure.CANNOT_RECEIVE, "", None] += case.state is BookingState.CANNOT_RECEIVE
    if case.facts.offer_date:
        found[Measure.OFFER_DAYS, "", max((case.facts.offer_date - zero).days, 0)] += 1
    if case.reason:
        found[Measure.STOPPED, case.reason.value, None] += 1
    if begun and case.basis:
        found[Measure.BEGUN_IN_TIME, "", None] += begun <= zero + 7 * DAY
        found[Measure.START_DAYS, "", waited] += 1
        found[Measure.WAITED, package, waited] += 1
        found[Measure.WENT_TO, case.basis.value, None] += 1
        found[Measure.PROVIDER, str(case.provider), None] += 1
    return +found


_HELD = {BookingState.CONFIRMED, BookingState.STARTED, BookingState.COMPLETED, BookingState.NO_SHOW}
_HANDED = {BookingState.REQUESTED, BookingState.CONFIRMED, BookingState.STARTED, BookingState.COMPLETED}


def _arisen(case: Drawn, zero: date, begun: date | None, as_of: date) -> bool:
    """Whether the law opened the choice on any day until `as_of`, asked of `rights` day by day."""
    handed = case.basis is Basis.OTHER_MUNICIPALITY and case.state in _HANDED
    day = min(zero, case.facts.discharge_date)
    while day <= as_of and day <= zero + 30 * DAY:
        closed = (begun is not None and begun <= day) or (case.stopped_on is not None and case.stopped_on <= day)
        facts = replace(case.facts, handed_to_municipality=handed, open=not closed)
        if rights(facts, day).choice_arisen_on is not None:
            return True
        day += DAY
    return False
