"""The form of what comes back every week: what was typed, and the change that it asks for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from starlette.requests import Request

from matching.capacity.errors import PatternUnreadable
from matching.capacity.exchanging import NewPattern
from matching.capacity.patterns import Outcome, change_patterns
from portal.clinic.own_sites import FIELD, site_of
from portal.days_typed import typed_day
from portal.reading import text_of, whole_number
from portal.request_facts import now_of
from providers.clock import local_date
from providers.models import Site

PACKAGES = "pakker"
EVERYWHERE = ("form", "minutter", "foerste", "sidste", "varsel", "frem", "erstatter", "slet")
"""Fields of every such form, beside the packages' boxes."""

# Of a field; the packages' numbers come from as many boxes and are joined with commas.
_LONGEST, _LONGEST_PACKAGES = 60, 400

Read = Callable[[Mapping[str, str], date], NewPattern]
"""Makes a pattern of what was typed, from its first day on; raises PatternUnreadable and DayUnreadable."""


async def sent(request: Request, names: Sequence[str]) -> tuple[Site, dict[str, str]]:
    """The site and what was typed into the fields; raises SiteUnknown for somebody else's site."""
    form = await request.form()
    typed = {name: text_of(form, name).strip()[:_LONGEST] for name in (*EVERYWHERE, *names)}
    ticked = ",".join(value for value in form.getlist(PACKAGES) if isinstance(value, str))
    return await site_of(request, text_of(form, FIELD)), typed | {PACKAGES: ticked[:_LONGEST_PACKAGES]}


async def change(request: Request, site: Site, typed: Mapping[str, str], read: Read, *, only_looking: bool) -> Outcome:
    """Done, or only looked at: what the form replaces ends on the day on which the new one begins."""
    now = now_of(request)
    today, replaced = local_date(now), whole_number(typed["erstatter"])
    first = max(typed_day(typed["foerste"]) or today, today)
    return await change_patterns(
        site.pk,
        site.provider_id,
        ended=[replaced] if replaced else [],
        on=first,
        new=[] if typed["slet"] else [read(typed, first)],
        now=now,
        only_looking=only_looking,
    )


def typed_levels(typed: Mapping[str, str]) -> tuple[int, ...] | None:
    """Numbers of the packages at their levels; None = for all that the site delivers."""
    return tuple(sorted({typed_number(number) for number in typed[PACKAGES].split(",") if number})) or None


def typed_number(text: str) -> int:
    """Raises PatternUnreadable for what is none of up to four digits."""
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise PatternUnreadable
    return int(text)
