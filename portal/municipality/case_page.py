"""One case: the page that shows it, as it stands now."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matching.cases import Case, plan_in_scope, read_case
from matching.casework.history import Happened, history, history_elsewhere
from matching.casework.opening import last_event
from matching.casework.sites import home_sites
from matching.citizens import open_citizen
from matching.models import Booking
from matching.plan_facts import Level, PlanLink
from matching.states import BookingState
from matching.worklists import tasks_of
from portal.admission import member_of
from portal.citizen.my_time import bookings_of
from portal.language import Language, language_of
from portal.municipality.case_forms import NOTHING_SENT, Sent
from portal.municipality.room import show
from portal.presenting.case_clocks import clocks_of
from portal.presenting.case_history import history_heads, history_lines, lines_elsewhere
from portal.presenting.case_page import (
    can_of,
    handed_to,
    municipality_options,
    person_rows,
    plan_rows,
    state_tag,
    stop_reason_options,
    time_rows,
)
from portal.presenting.case_standing import standing
from portal.presenting.facts_changed import Names, names_of
from portal.presenting.forms import options, problem_values
from portal.presenting.incoming import level_options, package_options
from portal.presenting.informing import how_options, item_options
from portal.presenting.tasks import task_lines
from portal.request_facts import now_of, saw, settings_of
from providers.clock import local_date
from providers.database import looking
from providers.errors import GenvejError
from providers.roles import Permission
from providers.vault import Vault

Errors = Mapping[str, GenvejError]

LANGUAGES = (("da", "Dansk"), ("en", "English"))
"""Those that letters can be written in."""

_HAS_LETTER = frozenset({BookingState.CONFIRMED, BookingState.STARTED})
_MAY = (Permission.ASSESS_PLAN, Permission.ISSUE_CODE, Permission.BOOK_FOR_CITIZEN)


async def show_case(request: Request) -> Response:
    """The case as it stands; that it was seen is written down."""
    return await case_page(request)


async def case_page(
    request: Request,
    *,
    form: str = "",
    sent: Sent = NOTHING_SENT,
    errors: Errors | None = None,
    seen: int | None = None,
    status: int = 200,
) -> Response:
    """The same page after a `form` that was not taken: with what was typed, and what is wrong.

    With `seen`, what has happened after that event is marked as new.
    """
    member, now, spoken = member_of(request), now_of(request), language_of(request)
    plan = await plan_in_scope(request.path_params["plan_id"], member.post.scope)
    async with looking(member.post.scope):
        case, sites = await read_case(plan.id, now), await home_sites(plan.municipality_id, local_date(now))
        happened, sequence = await history(plan.id), await last_event(plan.id)
        bookings, tasks = await bookings_of(plan.id), await tasks_of(plan.id, plan.municipality_id, now=now)
        elsewhere = await history_elsewhere(plan.id) if plan.link is PlanLink.HANDED_ON else []
    saw(request, "case_seen", plan.id, purpose="casework")
    # Pages of errors may be kept by others on the way, so that nobody is named there.
    vault = settings_of(request).vault() if status == 200 else None
    citizen = open_citizen(plan.citizen, vault) if vault else None
    catalogue = request.app.state.catalogue
    names = names_of(catalogue, sites, spoken)
    values = {
        "title": spoken.say("Sag %(case)s", case=plan.case_reference),
        "path": f"/kommune/sager/{plan.id}",
        "person": person_rows(citizen, spoken) if citizen else [],
        "plan": plan_rows(case, catalogue, sites, spoken),
        "may": {permission.value: member.may(permission) for permission in _MAY},
        "seen": sequence,
        "tasks": task_lines(tasks, local_date(now), catalogue, spoken),
        "elsewhere": lines_elsewhere(elsewhere, spoken, vault=vault, names=names),
        "form": form,
        **problem_values(errors, spoken),
        **_history(happened, seen, vault, names, spoken),
        **_standing(case, bookings, spoken),
        "standing": standing(case, spoken, busy=bool(tasks), handed_to=handed_to(happened, catalogue)),
        **_fields(request, case, sites, sent, spoken),
        "provider_letter": any(one.state in _HAS_LETTER for one in bookings),
    }
    return await show(request, "municipality/case.html", values, status=status)


def _history(
    happened: Sequence[Happened], seen: int | None, vault: Vault | None, names: Names, spoken: Language
) -> dict[str, Any]:
    """What has happened, and once more on top what is new since a form was shown."""
    new = [one for one in happened if seen is not None and one.sequence > seen]
    return {
        "heads": history_heads(spoken),
        "lines": history_lines(happened, spoken, seen=seen, vault=vault, names=names),
        "news": history_lines(new, spoken, names=names),
        **({"problems_heading": spoken.say("Sagen har ændret sig")} if new else {}),
    }


def _standing(case: Case, bookings: list[Booking], spoken: Language) -> dict[str, Any]:
    """How far the case is: its clocks, its times, and what can be done."""
    current = next((one for one in bookings if case.current and one.id == case.current.id), None)
    offered = next((one for one in bookings if case.offered and one.id == case.offered.id), None)
    return {
        "state": state_tag(case, spoken),
        "time": time_rows(current, spoken),
        "offered": time_rows(offered, spoken),
        "clocks": clocks_of(case, local_date(current.slot.starts_at) if current else None, spoken),
        "can": can_of(case),
    }


def _fields(request: Request, case: Case, sites: Mapping[int, str], sent: Sent, spoken: Language) -> dict[str, Any]:
    """The fields of the forms: what was typed, or else what the plan says."""
    plan, catalogue, typed = case.plan, request.app.state.catalogue, sent.typed
    level = typed.get("niveau", plan.level.value if plan.level else "")
    site = typed.get("referencested", str(plan.reference_site_id or ""))
    start = plan.earliest_start.isoformat() if plan.earliest_start else ""
    return {
        "packages": package_options(typed.get("forloebspakke", plan.package_id or "") or None, catalogue, spoken),
        "levels": level_options(Level(level) if level in set(Level) else None, spoken),
        "sites": options({str(number): name for number, name in sites.items()}, site, none=spoken.say("Intet valgt")),
        "hows": how_options(typed.get("hvordan", ""), spoken),
        "items": item_options(sent.told, spoken),
        "languages": options(dict(LANGUAGES), typed.get("sprog", "")),
        "municipalities": municipality_options(typed.get("kommune", ""), plan.municipality_id, catalogue, spoken),
        "discharged": typed.get("udskrevet", plan.discharge_date.isoformat()),
        "earliest": typed.get("tidligste_start", start),
        "reasons": stop_reason_options(typed.get("aarsag", ""), spoken),
    }
