"""What comes back every week: it is shown, changed after a look at what the change does, and ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.capacity.errors import PatternPackageUnknown, PatternUnreadable
from matching.capacity.packages import delivered_at
from matching.capacity.patterns import patterns_of
from portal.api.places import catalogue_of
from portal.clinic.own_sites import FIELD, own_sites, site_links, site_of
from portal.clinic.room import show
from portal.clinic.weekly_forms import PACKAGES, Read, change, sent
from portal.language import Language, language_of
from portal.presenting.capacity import mode_options, outcome_lines
from portal.presenting.forms import problem_values
from portal.presenting.pattern_packages import package_options
from portal.presenting.weekly import WeeklyLine
from portal.reading import whole_number
from portal.request_facts import now_of
from portal.statuses import status_of
from portal.telling import tell
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import OpeningPattern, Site
from providers.reference import Catalogue
from providers.words import N_

_STAYS = N_("Nogle borgere har tider uden for de faste tider. Find dem under Forløb, og flyt dem.")


@dataclass(frozen=True, slots=True)
class Weekly:
    """A kind of what comes back every week.

    `whole_week`: which patterns it is about; `fields` and `lines` present them, `more` is what else its page shows, and
    `read` makes one of what was typed. What cannot be read is said as `unreadable`, at the field `at`.
    """

    path: str
    template: str
    title: str
    button: str
    done: str
    names: Sequence[str]
    at: str
    unreadable: type[PatternUnreadable]
    whole_week: bool
    fields: Callable[[OpeningPattern | None, date], dict[str, str]]
    lines: Callable[[Sequence[OpeningPattern], Catalogue, Language], list[WeeklyLine]]
    read: Read
    more: Callable[[Mapping[str, str], Language], dict[str, Any]] = lambda fields, spoken: {}

    async def show_all(self, request: Request) -> Response:
        """Those of a site; with `ret`, one of them in the form."""
        return await self._page(request, request.query_params.get(FIELD, ""), {}, {}, 200)

    async def look(self, request: Request) -> Response:
        """What the change would do: nothing is saved."""
        site, typed = await sent(request, self.names)
        try:
            outcome = await change(request, site, typed, self.read, only_looking=True)
        except GenvejError as error:
            return await self._again(request, site, typed, error)
        spoken = language_of(request)
        values = {
            "title": spoken.say("Før du gemmer"),
            "site": site,
            "lines": outcome_lines(outcome, spoken),
            "stays": len(outcome.stays),
            "fields": {FIELD: str(site.pk)} | typed,
            "path": f"{self.path}/gem",
            "button": spoken.say(self.button),
            "back": f"{self.path}?{FIELD}={site.pk}",
        }
        return await show(request, "clinic/pattern_look.html", values)

    async def save(self, request: Request) -> Response:
        """The same change for good."""
        site, typed = await sent(request, self.names)
        try:
            outcome = await change(request, site, typed, self.read, only_looking=False)
        except GenvejError as error:
            return await self._again(request, site, typed, error)
        tell(request, self.done)
        if outcome.stays:
            tell(request, _STAYS)
        return RedirectResponse(f"{self.path}?{FIELD}={site.pk}", 303)

    async def _again(self, request: Request, site: Site, typed: Mapping[str, str], error: GenvejError) -> Response:
        at = PACKAGES if isinstance(error, PatternPackageUnknown) else self.at
        shown = self.unreadable() if isinstance(error, PatternUnreadable) else error
        return await self._page(request, str(site.pk), typed, {at: shown}, status_of(type(shown)))

    async def _page(
        self, request: Request, named: str, typed: Mapping[str, str], errors: Mapping[str, GenvejError], status: int
    ) -> Response:
        spoken, site, today = language_of(request), await site_of(request, named), local_date(now_of(request))
        found = await patterns_of(site.pk, site.provider_id, today, whole_week=self.whole_week)
        wanted, catalogue = whole_number(request.query_params.get("ret", "")), catalogue_of(request)
        fields = self.fields(next((one for one in found if one.id == wanted), None), today) | dict(typed)
        ticked = set(fields[PACKAGES].split(","))
        kept_for = [number for number in catalogue.levels_by_number if str(number) in ticked]
        values = {
            "title": spoken.say(self.title),
            "path": self.path,
            "site": site,
            "sites": site_links(await own_sites(request), self.path),
            "lines": self.lines(found, catalogue, spoken),
            "typed": fields,
            "modes": mode_options(fields["form"], spoken),
            "packages": package_options(await delivered_at(site.pk, today), kept_for, catalogue, spoken),
            "editing": bool(fields["erstatter"]),
            **problem_values(errors, spoken),
        }
        return await show(request, self.template, values | self.more(fields, spoken), status=status)
