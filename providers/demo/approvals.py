"""What the invented sites may deliver: much at the municipalities', little of it advanced among the private ones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from providers.clock import start_of_day
from providers.demo.houses import House
from providers.demo.rows import ApprovalRow
from providers.models import AgreementBasis, ApprovalState, PackageSource
from providers.reference import Catalogue
from providers.reference.catalogue import PackageEntry

_DECIDED_BY = "Demo Sagsbehandler"

_NOT_APPROVED = (
    (ApprovalState.APPLIED, 0.03),
    (ApprovalState.SUSPENDED, 0.02),
    (ApprovalState.RETURNED, 0.007),
    (ApprovalState.REJECTED, 0.007),
    (ApprovalState.WITHDRAWN, 0.006),
)


@dataclass(frozen=True, slots=True)
class _Supply:
    """Shares: of sites that take on a real or a demo area, a track of it, that can do advanced at all, and then do."""

    real_area: float
    demo_area: float
    track: float
    can_do_advanced: float
    advanced: float


_SUPPLY: Mapping[AgreementBasis, _Supply] = MappingProxyType(
    {
        AgreementBasis.OWN: _Supply(1.0, 0.95, 1.0, 1.0, 0.9),
        AgreementBasis.CONTRACT: _Supply(0.85, 0.2, 0.9, 0.3, 0.6),
        AgreementBasis.EXTENDED: _Supply(0.65, 0.25, 0.85, 0.08, 0.6),
    }
)


def approval_rows(
    houses: Sequence[House], site_ids: Sequence[int], catalogue: Catalogue, today: date, random: Random
) -> Iterator[ApprovalRow]:
    """Package by package and level by level, as each site is approved, or not yet, or no longer."""
    for house, site_id in zip(houses, site_ids, strict=True):
        for package, level in _delivered(_SUPPLY[house.basis], catalogue, random):
            number = catalogue.package_level_ids[package.code, level]
            if house.basis is AgreementBasis.OWN and package.source is PackageSource.REAL:
                yield _standing(site_id, number, today)
            else:
                yield _approval(site_id, number, today, random)


def _delivered(supply: _Supply, catalogue: Catalogue, random: Random) -> Iterator[tuple[PackageEntry, str]]:
    """The packages and levels that one site takes on; advanced is never without basic."""
    advanced = random.random() < supply.can_do_advanced
    shares = {PackageSource.REAL: supply.real_area, PackageSource.DEMO: supply.demo_area}
    areas = {package.area: package.source for package in catalogue.packages.values()}
    chosen = {area for area, source in areas.items() if random.random() < shares[source]}
    for package in catalogue.packages.values():
        if package.area in chosen and random.random() < supply.track:
            yield package, "basic"
            if advanced and random.random() < supply.advanced:
                yield package, "advanced"


def _standing(site_id: int, package_level_id: int, today: date) -> ApprovalRow:
    """A municipality's own approval of a known package: it does not end."""
    since = today - timedelta(days=1000)
    return ApprovalRow(site_id, package_level_id, ApprovalState.APPROVED, since, None, _DECIDED_BY, start_of_day(since))


def _approval(site_id: int, package_level_id: int, today: date, random: Random) -> ApprovalRow:
    state = _state(random)
    if state is ApprovalState.APPLIED:
        return ApprovalRow(site_id, package_level_id, state, today, None, None, None)
    first, last = _period(today, random)
    decided = min(first, today) - timedelta(days=random.randint(1, 20))
    return ApprovalRow(site_id, package_level_id, state, first, last, _DECIDED_BY, start_of_day(decided))


def _state(random: Random) -> ApprovalState:
    drawn = random.random()
    for state, share in _NOT_APPROVED:
        if (drawn := drawn - share) < 0:
            return state
    return ApprovalState.APPROVED


def _period(today: date, random: Random) -> tuple[date, date | None]:
    """Most approvals have run for a while; some end soon, some have ended, some begin later."""
    since, fate = today - timedelta(days=random.randint(60, 1500)), random.random()
    if fate < 0.03:
        return since, today + timedelta(days=random.randint(2, 40))
    if fate < 0.04:
        return since, today - timedelta(days=random.randint(1, 50))
    if fate < 0.05:
        return today + timedelta(days=random.randint(5, 40)), None
    return since, None
