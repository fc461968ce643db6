"""One invented case while it is being told: what happens to it goes the ways that the tables of states allow."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from matching.citizens import Citizen
from matching.demo.secret import identifier
from matching.models import Booking, CaseEvent, Plan
from matching.plan_facts import Basis
from matching.policy import Policy
from matching.states import BookingState, PlanState, StopReason, check_stop_reason, check_transition
from providers.actors import CITIZEN, SYSTEM, Actor
from providers.clock import local_date, start_of_day

CASEWORKER = Actor("demo-visitator", "caseworker")
CLINIC = Actor("demo-klinik", "provider")

_CODE_LIFE = Policy().code_life
_DAY_BEGINS = timedelta(hours=8)
_BETWEEN_EVENTS = timedelta(minutes=20)


@dataclass(slots=True)
class Letter:
    """A pair of codes that the citizen was given; `issue` counts the plan's letters from 0."""

    issue: int
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(slots=True)
class Draft:
    """A plan and all that hangs on it, not yet written. `number` counts the demo's plans from 1."""

    number: int
    plan: Plan
    citizen: Citizen
    random: Random
    seed: bytes
    now: datetime
    bookings: list[Booking] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    @property
    def today(self) -> date:
        return local_date(self.now)

    def days_ago(self, fewest: int, most: int) -> date:
        """Some day of the past, or of the future when the numbers are negative."""
        return self.today - timedelta(days=self.random.randint(fewest, most))

    def soon_after(self, day: date, most: int = 1) -> date:
        """That day or one of the next, but not after today."""
        return min(day + timedelta(days=self.random.randint(0, most)), self.today)

    def receive(self, discharged: date) -> None:
        """The hospital's plan arrives at the municipality."""
        self.plan.discharge_date = discharged
        self.plan.received_on = self.soon_after(discharged)
        self.happen("received", self.plan.received_on, SYSTEM)

    def assess(self, discharged: date) -> date:
        """The plan arrives, and the municipality decides; the answer is the day on which the citizen learns of it."""
        self.receive(discharged)
        day = self.soon_after(self.plan.received_on)
        self.reach(PlanState.ASSESSED)
        self.happen("assessed", day, CASEWORKER)
        self.send_letter(day)
        return day

    def leave_undecided(self, *facts: str) -> None:
        """The municipality has not yet decided the plan's level or package."""
        for fact in facts:
            setattr(self.plan, fact, None)

    def send_letter(self, day: date, life: timedelta = _CODE_LIFE) -> None:
        """The citizen is informed, and gets a new pair of codes; an older pair dies."""
        at = self.happen("code_issued", day, CASEWORKER).at
        for letter in self.letters:
            letter.revoked_at = letter.revoked_at or at
        self.letters.append(Letter(len(self.letters), at, at + life))
        self.plan.code_issued_on = local_date(at)
        if self.plan.informed_at is None:
            self.plan.informed_at = self.happen("informed", day, CASEWORKER).at

    def kill_letter(self, day: date) -> None:
        """The municipality revokes the codes."""
        self.plan.code_issued_on = None
        self.letters[-1].revoked_at = self.happen("code_revoked", day, CASEWORKER).at

    def reach(self, state: PlanState) -> None:
        check_transition(self.plan.state, state)
        self.plan.state = state

    def begin(
        self, kind: str, slot_id: int, basis: Basis, state: BookingState, day: date, *, actor: Actor = CITIZEN
    ) -> Booking:
        """A new booking, or the municipality's offer of one."""
        booking = Booking(
            id=identifier(self.seed, f"booking:{self.number}:{len(self.bookings)}"),
            plan_id=self.plan.id,
            slot_id=slot_id,
            basis=basis,
            state=state,
            version=1,
            created_at=self.now,
        )
        self.bookings.append(booking)
        booking.created_at = self.happen(kind, day, actor, booking).at
        return booking

    def change(
        self, booking: Booking, state: BookingState, day: date, actor: Actor, reason: StopReason | None = None
    ) -> None:
        """The booking takes a step, under an event of the state's own name."""
        check_stop_reason(state, reason)
        self.step(booking, state)
        self.happen("booked" if state is BookingState.CONFIRMED else state.value, day, actor, booking, reason)

    def step(self, booking: Booking, state: BookingState) -> None:
        """The booking takes a step that is part of another event."""
        check_transition(booking.state, state)
        booking.state = state
        booking.version += 1

    def happen(
        self, kind: str, day: date, actor: Actor, booking: Booking | None = None, reason: StopReason | None = None
    ) -> CaseEvent:
        """An event in the working hours of the day, never before the one before it, and never after now."""
        at = start_of_day(day) + _DAY_BEGINS + len(self.events) * _BETWEEN_EVENTS
        earliest = self.events[-1].at if self.events else at
        event = CaseEvent(
            plan_id=self.plan.id,
            sequence=len(self.events) + 1,
            kind=kind,
            at=min(max(at, earliest), self.now),
            actor=str(actor),
            booking_id=booking.id if booking else None,
            reason=reason.value if reason else None,
        )
        self.events.append(event)
        return event

    def protect_address(self) -> None:
        """The address may be shown to nobody."""
        self.citizen = replace(self.citizen, address_protected=True)
