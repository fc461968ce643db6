"""A citizen who has chosen a clinic, and somebody who works there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matching.booking import book
from matching.casework.opening import last_event
from matching.models import Booking, Plan
from providers.actors import CITIZEN, Actor
from providers.models import Site
from providers.scope import Scope
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_plan, a_site, a_slot

SOON = NOW + timedelta(days=1)


@dataclass
class Treated:
    """The plan with its booking at the clinic; `at` is the instant at which things happen, an hour later each."""

    plan: Plan
    booking: Booking
    site: Site
    clinic: Actor
    at: datetime = NOW

    async def do(self, verb: Any, *values: Any, seen: int | None = None, **more: Any) -> Any:
        """One of the clinic's verbs, by somebody who has just looked."""
        number = await last_event(self.plan.id) if seen is None else seen
        return await verb(self.plan.id, *values, actor=self.clinic, now=self.at, seen=number, **more)

    async def say(self, verb: Any, *values: Any, **more: Any) -> Any:
        """The same for a verb that keeps words."""
        return await self.do(verb, *values, vault=VAULT, **more)

    async def now(self) -> tuple[str, str]:
        """The states of plan and booking."""
        plan, booking = await Plan.get(id=self.plan.id), await Booking.get(id=self.booking.id)
        return plan.state.value, booking.state.value


def somebody_of(site: Site) -> Actor:
    """A clinic's owner."""
    provider = site.provider_id
    return Actor("account:1", "clinic_owner", f"provider:{provider}", Scope(provider=provider))


async def a_treated(site: Site | None = None, *, slots: int = 1, **plan: Any) -> Treated:
    """Booked at a clinic that has a contract with HOME; it has `slots` more free times on the days after."""
    place = site or await a_site("private", contract_with=HOME)
    slot = await a_slot(place, SOON)
    for day in range(slots):
        await a_slot(place, SOON + timedelta(days=day + 1))
    made = await a_plan(**plan)
    booking = await book(made.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY, accepts_guarantee_loss=True)
    return Treated(made, booking, place, somebody_of(place))
