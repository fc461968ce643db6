"""What very many sites may deliver, and ten times at each: lines for COPY."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from providers.calendar import working_days
from providers.clock import start_of_day
from providers.demo.rolling import AHEAD
from providers.demo.scale.houses import BigHouse
from providers.demo.timetable import MINUTES, RESERVED, starts_of
from providers.models import AgreementBasis, PackageSource
from providers.reference import Catalogue

APPROVAL = ("site_id", "package_level_id", "state", "valid_from", "valid_to", "decided_by", "decided_at")
SLOT = ("site_id", "starts_at", "minutes", "mode", "seats", "blocked_seats", "package_levels")

SLOTS = 10
_BACK = timedelta(weeks=2)
_REAL = 0.8
_PRESSURE = 0.85
_NONE = r"\N"

# Of ten times two are group times with six seats; a fifth of these are for hip and knee only.
_MODES = (*["individual"] * 6, "home", "digital", "group", "group")
_GROUP_SEATS = 6


def approval_lines(houses: Sequence[BigHouse], catalogue: Catalogue, today: date, random: Random) -> Iterator[str]:
    """One to three packages and levels at a private site, four at a municipality's; a few do not count now."""
    known, others = (_levels(catalogue, source) for source in (PackageSource.REAL, PackageSource.DEMO))
    decided = start_of_day(today) - timedelta(days=400)
    fates = _fates(today)
    for house in houses:
        count = 4 if house.basis is AgreementBasis.OWN else random.randint(1, 3)
        for level in random.sample(known if random.random() < _REAL else others, count):
            yield f"{house.id}\t{level}\t{random.choice(fates)}\tDemo Sagsbehandler\t{decided}"


def _levels(catalogue: Catalogue, source: PackageSource) -> list[int]:
    found = catalogue.package_level_ids.items()
    return [number for (package, _), number in found if catalogue.packages[package].source is source]


def _fates(today: date) -> list[str]:
    """State, first and last day of an approval, to be drawn from: most are good for ever."""
    since = today - timedelta(days=390)
    lasting, suspended = f"approved\t{since}\t{_NONE}", f"suspended\t{since}\t{_NONE}"
    ending, later = (
        f"approved\t{since}\t{today + timedelta(days=25)}",
        f"approved\t{today + timedelta(days=25)}\t{_NONE}",
    )
    return [lasting] * 47 + [suspended, ending, later]


def slot_lines(houses: Sequence[BigHouse], today: date, random: Random) -> Iterator[str]:
    """Ten times at each site, spread from two weeks back to eight weeks ahead; most of their seats are sold."""
    starts = [str(start) for day in working_days(today - _BACK, today + AHEAD) for start in starts_of(day)]
    step = len(starts) // SLOTS
    reserved = "{" + ",".join(map(str, RESERVED)) + "}"
    draw = random.random
    for house in houses:
        first = int(draw() * step)
        for start in starts[first : step * SLOTS : step]:
            mode = _MODES[int(draw() * 10)]
            if mode == "group":
                sold = _GROUP_SEATS if draw() < _PRESSURE - 0.1 else int(draw() * _GROUP_SEATS)
                levels = reserved if draw() < 0.2 else _NONE
                yield f"{house.id}\t{start}\t{MINUTES}\tgroup\t{_GROUP_SEATS}\t{sold}\t{levels}"
            else:
                yield f"{house.id}\t{start}\t{MINUTES}\t{mode}\t1\t{int(draw() < _PRESSURE)}\t{_NONE}"
