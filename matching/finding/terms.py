"""From who somebody is to what they may be given: the terms of every search and every booking."""

from datetime import datetime
from typing import ClassVar

from matching.cases import Case
from matching.finding.search import Terms
from matching.plan_facts import Basis, Level, PlanType
from matching.policy import Policy
from matching.states import PlanState
from providers.clock import start_of_day
from providers.errors import GenvejError
from providers.packages import package_level_id
from providers.words import N_

_EVERY_BASIS = frozenset(Basis)
_TO_BE_ASSESSED = frozenset({PlanState.RECEIVED, PlanState.HANDED_BACK})


class PlanNotReady(GenvejError):
    """The municipality has not decided the package or the level, so nothing can be matched yet."""

    code: ClassVar[str] = "plan_not_ready"
    message: ClassVar[str] = N_(
        "Din kommune mangler at afgøre, hvilken genoptræning du skal have. Du kan vælge tid, så snart det er gjort."
    )


class PlanElsewhere(PlanNotReady):
    """A specialised plan: another authority is responsible, and nothing of it is chosen here."""

    code: ClassVar[str] = "plan_elsewhere"
    message: ClassVar[str] = N_(
        "Din genoptræning kan ikke vælges her, for den er specialiseret. Under dine muligheder står, hvem du kan ringe "
        "til."
    )


def terms_of_case(case: Case, policy: Policy, *, preview_private: bool = False) -> Terms:
    """What this plan's citizen may be given today.

    With `preview_private`, private sites are among the answers before their door opens, from the day on which
    it may (`opens_on`). Raises PlanNotReady while the plan is not assessed, or package or level is missing, and
    PlanElsewhere for every plan that is not general.
    """
    plan = case.plan
    if plan.plan_type is not PlanType.GENERAL:
        raise PlanElsewhere
    if plan.state in _TO_BE_ASSESSED or plan.package_id is None or plan.level is None:
        raise PlanNotReady
    bases, opens_on = case.rights.open_bases, case.rights.extended_opens_on
    earliest = max(case.now + policy.notice, start_of_day(plan.earliest_start or plan.discharge_date))
    closed = Basis.EXTENDED not in bases and opens_on is not None
    if closed and preview_private and bases:
        bases |= {Basis.EXTENDED}
    return Terms(
        package_level_id=package_level_id(plan.package_id, plan.level),
        home_municipality=plan.municipality_id,
        bases=bases,
        now=case.now,
        not_before=earliest,
        extended_not_before=max(earliest, start_of_day(opens_on)) if closed and opens_on else earliest,
        stale_before=case.now - policy.stale_after,
        opens_on=opens_on if closed else None,
        plan_id=plan.id,
    )


def terms_of_anybody(package: str, level: Level, home_municipality: str, now: datetime, policy: Policy) -> Terms:
    """A search without a code: everything that exists for a package and level, seen from a municipality."""
    earliest = now + policy.notice
    return Terms(
        package_level_id=package_level_id(package, level),
        home_municipality=home_municipality,
        bases=_EVERY_BASIS,
        now=now,
        not_before=earliest,
        extended_not_before=earliest,
        stale_before=now - policy.stale_after,
    )
