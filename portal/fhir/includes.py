"""What comes along with what was found: a site with its service, a calendar with its times."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matching.policy import Policy
from matching.published.listing import listed
from portal.fhir.table import HEALTHCARE_SERVICE, LOCATION, ORGANIZATION, SCHEDULE, SLOT, Kind
from portal.fhir.values import by_number

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """From a row to the ids of what it refers to, by their kind."""

    of: Kind
    leads_to: Mapping[str, Callable[[Any], Sequence[Numbers]]]


# In the order in which they are followed: what one of them brings may be where a later one begins.
LINKS: Mapping[str, Link] = {
    "Slot:schedule": Link(SLOT, {"Schedule": lambda row: [(row.site,)]}),
    "Schedule:actor": Link(
        SCHEDULE,
        {
            "Location": lambda row: [(row.number,)],
            "HealthcareService": lambda row: [(row.number, level) for level in row.package_levels],
        },
    ),
    "HealthcareService:location": Link(HEALTHCARE_SERVICE, {"Location": lambda row: [(row.site,)]}),
    "HealthcareService:organization": Link(HEALTHCARE_SERVICE, {"Organization": lambda row: [(row.provider,)]}),
    "Location:organization": Link(LOCATION, {"Organization": lambda row: [(row.provider,)]}),
}
_TARGETS = {kind.name: kind for kind in (SCHEDULE, LOCATION, HEALTHCARE_SERVICE, ORGANIZATION)}

Found = list[tuple[Kind, Any]]


async def included(
    kind: Kind, rows: Sequence[Any], wanted: Mapping[str, bool], *, now: datetime, policy: Policy
) -> Found:
    """What the wanted links lead to, each thing once; one statement for each kind that a link leads to."""
    brought: Found = []
    for name, link in LINKS.items():
        if name not in wanted:
            continue
        sources = [row for row in rows if kind is link.of]
        sources += [row for of, row in brought if of is link.of and wanted[name]]
        for target, numbers_of in link.leads_to.items():
            numbers = {numbers for row in sources for numbers in numbers_of(row)}
            numbers -= {_numbers(of, row) for of, row in brought if of.name == target}
            brought += await _fetched(_TARGETS[target], sorted(numbers), now, policy)
    return brought


def _numbers(kind: Kind, row: Any) -> Numbers:
    return tuple(getattr(row, field) for field in kind.numbers)


async def _fetched(kind: Kind, numbers: Sequence[Numbers], now: datetime, policy: Policy) -> Found:
    values = by_number(numbers, len(kind.numbers))
    if values is None:
        return []
    rows = await listed(kind.listing, {"numbers": values}, now=now, policy=policy, limit=len(numbers))
    return [(kind, row) for row in rows]
