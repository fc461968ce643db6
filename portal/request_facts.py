"""What is known of a request that was let in: when it came, under which settings, who asks, about which plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from starlette.requests import Request

from portal.access_errors import CodeNeeded, PlanNotChosen
from portal.acting import helper_of
from portal.admission import member_of
from portal.identity.word import own_plans
from portal.settings import Settings
from portal.visits import visit_of
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, CITIZEN_WITH_MITID, Actor


@dataclass(frozen=True, slots=True)
class Look:
    """Something that a page showed of a case, or of many: then `plan_id` is None and `criterion` says by what they
    were searched.
    """

    action: str
    plan_id: int | None
    purpose: str
    criterion: str | None
    result: str


def settings_of(request: Request) -> Settings:
    """The settings with which the app was made."""
    return cast(Settings, request.app.state.settings)


def now_of(request: Request) -> datetime:
    """The instant at which the request came in: one for everything that it does."""
    return cast(datetime, request.state.now)


def plan_of(request: Request) -> int:
    """The plan that the visitor has opened; raises CodeNeeded, or PlanNotChosen for a citizen who has several."""
    plan_id = request.state.visit.data.get("plan")
    if plan_id is None:
        raise PlanNotChosen if own_plans(visit_of(request)) else CodeNeeded
    return cast(int, plan_id)


def is_verified(request: Request) -> bool:
    """Whether the visitor has shown the second factor for that plan."""
    return bool(request.state.visit.data.get("verified"))


def is_identified(request: Request) -> bool:
    """Whether an issuer has said that the plan is the visitor's own."""
    visit = visit_of(request)
    return visit.data.get("plan") in own_plans(visit)


def actor_of(request: Request) -> Actor:
    """The member of the staff, whoever helps the citizen, or the citizen, as sure as we are of them."""
    if hasattr(request.state, "member"):
        return member_of(request).actor
    if is_identified(request):
        return CITIZEN_WITH_MITID
    helper = helper_of(visit_of(request), settings_of(request).vault())
    return helper or (CITIZEN if is_verified(request) else CITIZEN_WITH_CODE)


def saw(
    request: Request,
    action: str,
    plan_id: int | None,
    *,
    purpose: str = "choice",
    criterion: str | None = None,
    result: str = "ok",
) -> None:
    """Note that this page shows something of a case; the guard writes it down.

    A list of cases has no `plan_id`, but the criterion of the search (never what was searched for) and, as its result,
    how many were found.
    """
    request.state.looks.append(Look(action, plan_id, purpose, criterion, result))
