"""The municipality's room: its cases from the hospital's plan to the end. How a page is added: `portal/rooms.py`."""

from portal.access import GuardedRoute
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
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_OUTBOX, _CHANNELS = Permission.REPORT_OUTBOX, Permission.REPORT_CHANNELS

ROUTES: list[GuardedRoute] = [
    staff_page("/kommune", front.front, "municipality", Permission.SEE_CASE),
    *staff_form(
        "/kommune/sager/{plan_id}/hjaelp",
        assisting.begin,
        "begin_assisting",
        Permission.BOOK_FOR_CITIZEN,
        back="/kommune",
        changes_nothing=True,
    ),
    *staff_form("/kommune/hjaelp/slut", assisting.end, "end_assisting", None, back="/kommune", changes_nothing=True),
    staff_page("/kommune/opgaver", tasks.show_tasks, "tasks", Permission.SEE_CASE),
    *staff_form(
        "/kommune/opgaver/fordel", tasks.hand_out_cases, "hand_out", Permission.ASSESS_PLAN, back="/kommune/opgaver"
    ),
    staff_page("/kommune/opslag", look_ups.search, "look_ups", Permission.SEARCH_AUDIT),
    *staff_form(
        "/kommune/opslag/udtraek",
        look_ups_file.export,
        "look_ups_file",
        Permission.SEARCH_AUDIT,
        back="/kommune/opslag",
        changes_nothing=True,
    ),
    staff_page(settlement.PATH, settlement.show_settlement, "settlement", Permission.SETTLE),
    *staff_form(
        f"{settlement.PATH}/udtraek",
        settlement.export,
        "settlement_file",
        Permission.SETTLE,
        back=settlement.PATH,
        changes_nothing=True,
    ),
    staff_page("/kommune/rapporter", reports.show_all, "reports", _OUTBOX),
    *staff_form("/kommune/rapporter/igen", reports.all_again, "all_again", _OUTBOX, back="/kommune/rapporter"),
    staff_page("/kommune/rapporter/{report_id}", reports.show_one, "report", _OUTBOX),
    *staff_form("/kommune/rapporter/{report_id}/igen", reports.again, "again", _OUTBOX, back="/kommune/rapporter"),
    *staff_form("/kommune/rapporter/{report_id}/drop", reports.give_up, "give_up", _OUTBOX, back="/kommune/rapporter"),
    staff_page("/kommune/kanaler", channels.show_all, "channels", _CHANNELS),
    *staff_form("/kommune/kanaler/noegle", channels.rotate, "channel_key", _CHANNELS, back="/kommune/kanaler"),
    *staff_form("/kommune/kanaler/{kind}", channels.save, "channel", _CHANNELS, back="/kommune/kanaler"),
    *staff_form("/kommune/kanaler/{kind}/hvil", channels.switch, "channel_switch", _CHANNELS, back="/kommune/kanaler"),
    *staff_form("/kommune/kanaler/{kind}/proev", channels.try_one, "channel_test", _CHANNELS, back="/kommune/kanaler"),
    staff_page(standard.PATH, standard.show_form, "own_standard", Permission.EDIT_STANDARD),
    *staff_form(standard.PATH, standard.publish, "publish_standard", Permission.EDIT_STANDARD),
    staff_page(retention.PATH, retention.show_rules, "own_retention", Permission.PROTECT_DATA),
    staff_page(figures.PATH, figures.show_figures, "figures", Permission.SEE_FIGURES),
    staff_page("/kommune/tal/{name}.csv", figures.figure_file, "figure_file", Permission.SEE_FIGURES),
    *incoming_routes.ROUTES,
    *case_routes.ROUTES,
    *request_routes.ROUTES,
]
