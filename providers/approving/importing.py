"""Approvals from a list, taken in at once: the days of each site's packages, all of the list or nothing."""

from datetime import datetime

from providers.actors import Actor
from providers.approving.comparing import Found, Wanted, compare
from providers.approving.deciding import agree
from providers.approving.errors import PeriodBackwards
from providers.approving.history import record
from providers.database import execute, transaction
from providers.models import Approval, ApprovalState, PackageLevel, SiteEventKind
from providers.offers import lock_offers, rebuild_offers
from providers.reference.spelling import spelled_out
from providers.sheets.cells import STATES, day_in, package_level_of
from providers.sheets.columns import Kind
from providers.sheets.errors import PackageNotRead, WordNotKnown
from providers.sheets.outcome import Outcome, read_each
from providers.sheets.places import Places, places_of
from providers.sheets.reading import Line, Sheet, heading_of

_KIND = Kind.APPROVALS

# Days are moved one approval at a time: with a single day each, none is in another's way meanwhile.
_SHORTEN = "UPDATE approval SET valid_to = valid_from WHERE id = ANY ($1::int[])"


async def import_approvals(sheet: Sheet, *, actor: Actor, now: datetime, only_looking: bool) -> Outcome:
    """Approve what the lines say, as by a decision of the actor's.

    A line that is known changes nothing, another last day changes an approval's, and an application that waits is
    approved. What was suspended or withdrawn is not approved by a list.
    """
    places = await places_of(sheet, None)
    known = {level.id for level in await PackageLevel.all()}
    wanted, bad = read_each(sheet, lambda line: _wanted(line, places, known))
    sites = sorted({one.site for one in wanted.values()})
    async with transaction(actor.scope):
        there = await Approval.filter(site_id__in=sites).select_for_update().order_by("id")
        found = compare(wanted, there)
        found.bad += bad
        if not only_looking and not found.bad:
            await _write(found, actor, now)
    return found.outcome


def _wanted(line: Line, places: Places, known: set[int]) -> Wanted:
    place = places.place_in(line)
    package_level = package_level_of(line["package"], line["level"])
    if package_level not in known:
        raise PackageNotRead
    first = day_in(line, "valid_from", _KIND)
    last = day_in(line, "valid_to", _KIND) if line["valid_to"] else None
    if last is not None and last < first:
        raise PeriodBackwards
    return Wanted(place.id, package_level, first, last, _state(line))


def _state(line: Line) -> ApprovalState | None:
    word = spelled_out(line["state"])
    if word and word not in STATES:
        raise WordNotKnown(heading=heading_of("state", _KIND), words=", ".join(STATES))
    return STATES[word] if word else None


async def _write(found: Found, actor: Actor, now: datetime) -> None:
    made = [(Approval(site_id=one.site, package_level_id=one.package_level), one) for one in found.added]
    rows = [*found.moved, *found.decided, *made]
    sites = sorted({one.site for _, one in rows})
    await lock_offers(sites)
    await execute(_SHORTEN, [row.pk for row, _ in found.moved])
    for approval, one in rows:
        approval.state, approval.valid_from, approval.valid_to = ApprovalState.APPROVED, one.first, one.last
        approval.decided_by, approval.decided_at = str(actor)[:80], now
        await approval.save()
        await record(SiteEventKind.APPROVED, site_id=one.site, approval=approval, actor=actor, now=now)
    for site in sites:
        await agree(site, min(one.first for _, one in rows if one.site == site))
    await rebuild_offers(now, sites)
