"""What is counted, exactly: SQL about one case `k` of `genvej_case_facts`, `$1` being the day on which it is counted.

The cases are general plans that were not sent in error. Day 0 is the discharge, or the later start that the plan asks
for on health grounds, and the deadline is seven days later (Sundhedsloven § 140 stk. 4). A course has begun on the day
of the first contact, once somebody has reported that it was held. Tests count the same from the same words in Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Measure(StrEnum):
    """OFFER_DAYS, START_DAYS and WAITED have days, of those cases that were offered a contact or have begun.

    The parts of STOPPED are reasons, of WAITED and REFERRED packages with their level, of WENT_TO bases, of PROVIDER
    numbers, and of CHOICE what became of it (`Choice`).
    """

    PLANS = "plans"
    OFFERED_IN_TIME = "offered_in_time"
    BEGUN_IN_TIME = "begun_in_time"
    OFFER_DAYS = "offer_days"
    START_DAYS = "start_days"
    ARISEN = "arisen"
    USED = "used"
    REFUSED = "refused"
    CANNOT_RECEIVE = "cannot_receive"
    STOPPED = "stopped"
    REFERRED = "referred"
    WAITED = "waited"
    WENT_TO = "went_to"
    PROVIDER = "provider"
    CHOICE = "choice"


class Choice(StrEnum):
    """Each case is one of these, the first that holds."""

    USED = "choice_used"
    OFFERED_IN_TIME = "offered_in_time"
    UNUSED = "choice_unused"
    NOT_ARISEN = "choice_not_arisen"


class Begun(StrEnum):
    """Each case is one of these."""

    IN_TIME = "begun_in_time"
    LATER = "begun_later"
    NOT = "not_begun"


FACTS: Mapping[str, str] = MappingProxyType(
    {
        "deadline": "k.day_zero + 7",
        "in_time": "coalesce(k.offer_date <= k.day_zero + 7, false)",
        # The first day on which the municipality "cannot offer": it has said so, has offered too late, or never did.
        "arises_on": "least(k.cannot_offer_recorded_on, k.offer_recorded_on, k.day_zero + 8)",
    }
)
"""What follows from one case's own days."""

# Whoever has begun or stopped by then has no choice left that could arise; a choice that was used has arisen.
ARISEN = (
    "(k.private OR (NOT k.in_time AND NOT k.handed AND k.arises_on <= $1"
    " AND coalesce(k.started_on > k.arises_on, true) AND coalesce(k.over_on > k.arises_on, true)))"
)
_PACKAGE = "coalesce(k.package_id, '') || ' ' || coalesce(k.level, '')"
_CHOICE = (
    f"CASE WHEN k.private THEN '{Choice.USED}' WHEN k.in_time THEN '{Choice.OFFERED_IN_TIME}'"
    f" WHEN {ARISEN} THEN '{Choice.UNUSED}' ELSE '{Choice.NOT_ARISEN}' END"
)
_TO_OFFER = "greatest(k.offer_date - k.day_zero, 0)"
_TO_START = "greatest(k.started_on - k.day_zero, 0)"


@dataclass(frozen=True, slots=True)
class Counted:
    """`which` cases are counted, in which `part`, with how many `days`; `by_year`: of the newest year only."""

    measure: Measure
    which: str = "true"
    part: str = "''"
    days: str = "NULL"
    by_year: bool = False


COUNTED = (
    Counted(Measure.PLANS),
    Counted(Measure.OFFERED_IN_TIME, "k.in_time"),
    Counted(Measure.BEGUN_IN_TIME, "k.started_on <= k.deadline"),
    Counted(Measure.OFFER_DAYS, "k.offer_date IS NOT NULL", days=_TO_OFFER),
    Counted(Measure.START_DAYS, "k.started_on IS NOT NULL", days=_TO_START),
    Counted(Measure.ARISEN, ARISEN),
    Counted(Measure.USED, "k.private"),
    Counted(Measure.REFUSED, "k.refused"),
    Counted(Measure.CANNOT_RECEIVE, "k.cannot_receive"),
    Counted(Measure.STOPPED, "k.stop_reason IS NOT NULL", "k.stop_reason", by_year=True),
    Counted(Measure.REFERRED, part=_PACKAGE, by_year=True),
    Counted(Measure.WAITED, "k.started_on IS NOT NULL", _PACKAGE, _TO_START, by_year=True),
    Counted(Measure.WENT_TO, "k.started_on IS NOT NULL", "k.started_basis", by_year=True),
    Counted(Measure.PROVIDER, "k.provider_id IS NOT NULL", "k.provider_id::text", by_year=True),
    Counted(Measure.CHOICE, part=_CHOICE, by_year=True),
)
