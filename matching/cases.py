"""One plan as everybody who acts on it must see it: its row, its bookings and its rights today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

from tortoise.models import Model

from matching.models import Booking, Plan
from matching.plan_facts import Basis, PlanFacts
from matching.rights import Rights, rights
from matching.states import CURRENT, BookingState, PlanState
from providers.clock import local_date
from providers.database import M, fetch_models, fetch_seeing, in_a_transaction, looking
from providers.errors import GenvejError
from providers.scope import Scope
from providers.words import N_

_LOCKED = "SELECT * FROM plan WHERE id = $1 FOR UPDATE"
_LIVE = "SELECT * FROM booking WHERE plan_id = $1 AND state = ANY ($2)"
_LIVE_STATES = [state.value for state in (*CURRENT, BookingState.OFFERED)]


def _named(alias: str, model: type[Model]) -> str:
    """Every column of the model, each after the alias, so that two tables' do not get mixed up."""
    columns = sorted(model._meta.fields_db_projection.values())
    return ", ".join(f"{alias}.{column} AS {alias}_{column}" for column in columns)


@cache
def _read() -> str:
    """Made when it is first needed: until the ORM has been started, models do not know their foreign keys' columns."""
    return f"""
    SELECT {_named("p", Plan)}, {_named("b", Booking)}
    FROM plan p LEFT JOIN booking b ON b.plan_id = p.id AND b.state = ANY ($2) WHERE p.id = $1
    """


_CHOICE_OVER = frozenset({PlanState.STARTED, PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR})
_LARGEST_PLAN = 2**63


class PlanUnknown(GenvejError):
    code: ClassVar[str] = "plan_unknown"
    message: ClassVar[str] = N_("Planen findes ikke.")


@dataclass(frozen=True, slots=True)
class Case:
    """`current` is the citizen's choice, `offered` the municipality's own offer that still holds its seat."""

    plan: Plan
    current: Booking | None
    offered: Booking | None
    rights: Rights
    now: datetime


async def read_case(plan_id: int, now: datetime) -> Case:
    """The case as it stands; raises PlanUnknown."""
    records = await fetch_seeing(Scope(plan=plan_id), _read(), plan_id, _LIVE_STATES)
    if not records:
        raise PlanUnknown
    live = [_model(Booking, "b_", record) for record in records if record["b_id"] is not None]
    return _of(_model(Plan, "p_", records[0]), live, now)


async def plan_in_scope(plan_id: str, scope: Scope) -> Plan:
    """The plan with a number as an address has it, for somebody who sees only what is in the scope.

    Raises PlanUnknown, for one that exists elsewhere as well.
    """
    known = plan_id.isascii() and plan_id.isdigit() and int(plan_id) < _LARGEST_PLAN
    async with looking(scope):
        plan = await Plan.get_or_none(id=int(plan_id)) if known else None
    if plan is None:
        raise PlanUnknown
    return plan


async def lock_case(plan_id: int, now: datetime) -> Case:
    """The case, with its plan locked until the transaction ends. Always the first lock that is taken."""
    if not in_a_transaction():
        raise RuntimeError("a case can only be locked inside a transaction")
    plans = await fetch_models(Plan, _LOCKED, plan_id)
    if not plans:
        raise PlanUnknown
    return _of(plans[0], await fetch_models(Booking, _LIVE, plan_id, _LIVE_STATES), now)


def _model(model: type[M], prefix: str, record: Mapping[str, Any]) -> M:
    return model._init_from_db(
        **{name.removeprefix(prefix): value for name, value in record.items() if name.startswith(prefix)}
    )


def _of(plan: Plan, live: Sequence[Booking], now: datetime) -> Case:
    current = next((booking for booking in live if booking.state in CURRENT), None)
    offered = next((booking for booking in live if booking.state is BookingState.OFFERED), None)
    return Case(plan, current, offered, rights(facts_of(plan, live), local_date(now)), now)


def facts_of(plan: Plan, live: Sequence[Booking]) -> PlanFacts:
    """What the law asks about a plan; `live` are its bookings that have not ended."""
    return PlanFacts(
        plan_type=plan.plan_type,
        level=plan.level,
        package=plan.package_id,
        discharge_date=plan.discharge_date,
        earliest_start=plan.earliest_start,
        offer_date=plan.offer_date,
        offer_recorded_on=plan.offer_recorded_on,
        cannot_offer_recorded_on=plan.cannot_offer_recorded_on,
        handed_to_municipality=any(
            booking.basis is Basis.OTHER_MUNICIPALITY and booking.state in CURRENT for booking in live
        ),
        open=plan.state not in _CHOICE_OVER,
    )
