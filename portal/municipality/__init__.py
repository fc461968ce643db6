"""The municipality's room: its cases from the hospital's plan to the end. How a page is added: `portal/rooms.py`."""

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.municipality import (
    assisting,
    case_routes,
    channels,
    figures,
    front,
    incoming_routes,
    look_ups,
    look_ups_file,
    reports,
    request_routes,
    retention,
    settlement,
    standard,
    tasks,
)
from portal.returning import instead
from providers.roles import Permission

_STAFF = Audience.STAFF
_OUTBOX, _CHANNELS = Permission.REPORT_OUTBOX, Permission.REPORT_CHANNELS


def _form(path: str, endpoint: Endpoint, name: str, permission: Permission, *, back: str) -> list[GuardedRoute]:
    """An address that only takes a form; asked for as a page, it leads `back`."""
    return [
        page(path, instead(back), audience=Audience.PUBLIC, name=f"no_{name}"),
        page(path, endpoint, audience=_STAFF, name=name, permission=permission, methods=["POST"]),
    ]


ROUTES: list[GuardedRoute] = [
    page("/kommune", front.front, audience=_STAFF, name="municipality", permission=Permission.SEE_CASE),
    page(
        "/kommune/sager/{plan_id}/hjaelp",
        assisting.begin,
        audience=_STAFF,
        name="begin_assisting",
        methods=["POST"],
        permission=Permission.BOOK_FOR_CITIZEN,
        changes_nothing=True,
    ),
    page("/kommune/sager/{plan_id}/hjaelp", instead("/kommune"), audience=Audience.PUBLIC, name="no_begin_assisting"),
    page(
        "/kommune/hjaelp/slut",
        assisting.end,
        audience=_STAFF,
        name="end_assisting",
        methods=["POST"],
        changes_nothing=True,
    ),
    page("/kommune/hjaelp/slut", instead("/kommune"), audience=Audience.PUBLIC, name="no_end_assisting"),
    page("/kommune/opgaver", tasks.show_tasks, audience=_STAFF, name="tasks", permission=Permission.SEE_CASE),
    *_form(
        "/kommune/opgaver/fordel",
        tasks.hand_out_cases,
        "hand_out",
        Permission.ASSESS_PLAN,
        back="/kommune/opgaver",
    ),
    page("/kommune/opslag", look_ups.search, audience=_STAFF, name="look_ups", permission=Permission.SEARCH_AUDIT),
    page("/kommune/opslag/udtraek", instead("/kommune/opslag"), audience=Audience.PUBLIC, name="no_look_ups_file"),
    page(
        "/kommune/opslag/udtraek",
        look_ups_file.export,
        audience=_STAFF,
        name="look_ups_file",
        methods=["POST"],
        permission=Permission.SEARCH_AUDIT,
        changes_nothing=True,
    ),
    page(settlement.PATH, settlement.show_settlement, audience=_STAFF, name="settlement", permission=Permission.SETTLE),
    page(f"{settlement.PATH}/udtraek", instead(settlement.PATH), audience=Audience.PUBLIC, name="no_settlement_file"),
    page(
        f"{settlement.PATH}/udtraek",
        settlement.export,
        audience=_STAFF,
        name="settlement_file",
        methods=["POST"],
        permission=Permission.SETTLE,
        changes_nothing=True,
    ),
    page("/kommune/rapporter", reports.show_all, audience=_STAFF, name="reports", permission=_OUTBOX),
    *_form("/kommune/rapporter/igen", reports.all_again, "all_again", _OUTBOX, back="/kommune/rapporter"),
    page("/kommune/rapporter/{report_id}", reports.show_one, audience=_STAFF, name="report", permission=_OUTBOX),
    *_form("/kommune/rapporter/{report_id}/igen", reports.again, "again", _OUTBOX, back="/kommune/rapporter"),
    *_form("/kommune/rapporter/{report_id}/drop", reports.give_up, "give_up", _OUTBOX, back="/kommune/rapporter"),
    page("/kommune/kanaler", channels.show_all, audience=_STAFF, name="channels", permission=_CHANNELS),
    *_form("/kommune/kanaler/noegle", channels.rotate, "channel_key", _CHANNELS, back="/kommune/kanaler"),
    *_form("/kommune/kanaler/{kind}", channels.save, "channel", _CHANNELS, back="/kommune/kanaler"),
    *_form("/kommune/kanaler/{kind}/hvil", channels.switch, "channel_switch", _CHANNELS, back="/kommune/kanaler"),
    *_form("/kommune/kanaler/{kind}/proev", channels.try_one, "channel_test", _CHANNELS, back="/kommune/kanaler"),
    page(standard.PATH, standard.show_form, audience=_STAFF, name="own_standard", permission=Permission.EDIT_STANDARD),
    page(
        standard.PATH,
        standard.publish,
        audience=_STAFF,
        name="publish_standard",
        methods=["POST"],
        permission=Permission.EDIT_STANDARD,
    ),
    page(
        retention.PATH,
        retention.show_rules,
        audience=_STAFF,
        name="own_retention",
        permission=Permission.PROTECT_DATA,
    ),
    page(figures.PATH, figures.show_figures, audience=_STAFF, name="figures", permission=Permission.SEE_FIGURES),
    page(
        "/kommune/tal/{name}.csv",
        figures.figure_file,
        audience=_STAFF,
        name="figure_file",
        permission=Permission.SEE_FIGURES,
    ),
    *incoming_routes.ROUTES,
    *case_routes.ROUTES,
    *request_routes.ROUTES,
]
