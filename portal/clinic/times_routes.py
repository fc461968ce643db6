"""The addresses of the site's times: the week, the patterns, the days that are closed."""

from portal.access import GuardedRoute
from portal.clinic import closures, times
from portal.clinic.patterns import PATTERNS
from portal.clinic.weekly_starts import WEEKLY_STARTS
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_KEEP = Permission.KEEP_CAPACITY

ROUTES: list[GuardedRoute] = [
    staff_page("/klinik/tider", times.week, "times", _KEEP),
    *staff_form("/klinik/tider/ny", times.add, "add_time", _KEEP, back="/klinik/tider"),
    *staff_form("/klinik/tider/luk", times.close, "close_time", _KEEP, back="/klinik/tider"),
    *staff_form("/klinik/tider/aabn", times.reopen, "open_time", _KEEP, back="/klinik/tider"),
    staff_page("/klinik/tider/syg", closures.ill, "ill_today", _KEEP),
    *staff_form("/klinik/tider/syg", closures.close_today, "close_today", _KEEP),
    staff_page("/klinik/tider/lukkedage", closures.show_all, "closures", _KEEP),
    *staff_form("/klinik/tider/lukkedage", closures.close, "close_days", _KEEP),
    staff_page("/klinik/tider/faste", PATTERNS.show_all, "patterns", _KEEP),
    *staff_form("/klinik/tider/faste/se", PATTERNS.look, "look_at_pattern", _KEEP, back="/klinik/tider/faste"),
    *staff_form("/klinik/tider/faste/gem", PATTERNS.save, "save_pattern", _KEEP, back="/klinik/tider/faste"),
    staff_page("/klinik/tider/uger", WEEKLY_STARTS.show_all, "weekly_starts", _KEEP),
    *staff_form("/klinik/tider/uger/se", WEEKLY_STARTS.look, "look_at_weekly_starts", _KEEP, back="/klinik/tider/uger"),
    *staff_form("/klinik/tider/uger/gem", WEEKLY_STARTS.save, "save_weekly_starts", _KEEP, back="/klinik/tider/uger"),
]
