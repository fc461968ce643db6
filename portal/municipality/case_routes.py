"""The addresses of one case."""

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.municipality import case_actions, case_page, case_times
from portal.returning import instead
from providers.roles import Permission

_CASE = "/kommune/sager/{plan_id}"
_ASSESS = Permission.ASSESS_PLAN


def _form(path: str, endpoint: Endpoint, name: str) -> list[GuardedRoute]:
    """An address that only takes a form of the case's page."""
    return [
        page(path, instead("/kommune/opgaver"), audience=Audience.PUBLIC, name=f"no_{name}"),
        page(path, endpoint, audience=Audience.STAFF, name=name, permission=_ASSESS, methods=["POST"]),
    ]


ROUTES: list[GuardedRoute] = [
    page(_CASE, case_page.show_case, audience=Audience.STAFF, name="case", permission=Permission.SEE_CASE),
    *_form(f"{_CASE}/visiter", case_actions.save_assessment, "assess"),
    *_form(f"{_CASE}/datoer", case_actions.save_days, "correct_days"),
    *_form(f"{_CASE}/kan-ikke", case_actions.save_cannot, "cannot_offer"),
    page(f"{_CASE}/tilbud", case_times.show_times, audience=Audience.STAFF, name="home_times", permission=_ASSESS),
    page(
        f"{_CASE}/tilbud",
        case_actions.save_offer,
        audience=Audience.STAFF,
        name="offer_time",
        permission=_ASSESS,
        methods=["POST"],
    ),
    *_form(f"{_CASE}/tilbud/traek", case_actions.save_withdrawal, "withdraw_offer"),
    *_form(f"{_CASE}/tag-tilbage", case_actions.save_taking_back, "take_back"),
    *_form(f"{_CASE}/stop", case_actions.save_stop, "stop_case"),
]
