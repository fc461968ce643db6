"""The addresses of the site's times: the week, the patterns, the days that are closed."""

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.clinic import closures, times
from portal.clinic.intakes import INTAKES
from portal.clinic.patterns import PATTERNS
from portal.returning import instead
from providers.roles import Permission

_KEEP = Permission.KEEP_CAPACITY


def _page(path: str, endpoint: Endpoint, name: str) -> GuardedRoute:
    return page(path, endpoint, audience=Audience.STAFF, name=name, permission=_KEEP)


def _form(path: str, endpoint: Endpoint, name: str) -> GuardedRoute:
    return page(path, endpoint, audience=Audience.STAFF, name=name, permission=_KEEP, methods=["POST"])


def _only_form(path: str, endpoint: Endpoint, name: str, back: str) -> list[GuardedRoute]:
    return [page(path, instead(back), audience=Audience.PUBLIC, name=f"no_{name}"), _form(path, endpoint, name)]


ROUTES: list[GuardedRoute] = [
    _page("/klinik/tider", times.week, "times"),
    *_only_form("/klinik/tider/ny", times.add, "add_time", "/klinik/tider"),
    *_only_form("/klinik/tider/luk", times.close, "close_time", "/klinik/tider"),
    *_only_form("/klinik/tider/aabn", times.reopen, "open_time", "/klinik/tider"),
    _page("/klinik/tider/syg", closures.ill, "ill_today"),
    _form("/klinik/tider/syg", closures.close_today, "close_today"),
    _page("/klinik/tider/lukkedage", closures.show_all, "closures"),
    _form("/klinik/tider/lukkedage", closures.close, "close_days"),
    _page("/klinik/tider/faste", PATTERNS.show_all, "patterns"),
    *_only_form("/klinik/tider/faste/se", PATTERNS.look, "look_at_pattern", "/klinik/tider/faste"),
    *_only_form("/klinik/tider/faste/gem", PATTERNS.save, "save_pattern", "/klinik/tider/faste"),
    _page("/klinik/tider/uger", INTAKES.show_all, "intakes"),
    *_only_form("/klinik/tider/uger/se", INTAKES.look, "look_at_intake", "/klinik/tider/uger"),
    *_only_form("/klinik/tider/uger/gem", INTAKES.save, "save_intake", "/klinik/tider/uger"),
]
