"""What must be known about a plan to say which doors are open to the citizen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PlanType(StrEnum):
    """Decided by the hospital; stands in the plan (almen, specialiseret, rehabilitering på specialiseret niveau)."""

    GENERAL = "general"
    SPECIALISED = "specialised"
    SPECIALISED_REHABILITATION = "specialised_rehabilitation"


class Level(StrEnum):
    """Decided by the municipality, for general plans only (basal, avanceret)."""

    BASIC = "basic"
    ADVANCED = "advanced"


class Basis(StrEnum):
    """On what legal basis a provider treats the citizen: Sundhedsloven § 140 stk. 3 and 4."""

    OWN = "own"
    CONTRACT = "contract"
    OTHER_MUNICIPALITY = "other_municipality"
    EXTENDED = "extended"


class PlanLink(StrEnum):
    """What a plan is to the earlier plan of the same citizen that it names.

    HANDED_ON: the same plan of the hospital's, at the municipality that the citizen has moved from.
    """

    REPLACES = "replaces"
    RESTARTS = "restarts"
    PARALLEL = "parallel"
    HANDED_ON = "handed_on"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The facts the law asks for. All dates are local days (Europe/Copenhagen).

    `discharge_date` is the end of the hospital contact, for inpatients and outpatients alike. `earliest_start` is set
    only when the plan asks for a later start on health grounds. `offer_date` is the first contact that the
    municipality offered; it stands when the citizen declines or cancels. When the *municipality* cancels, the caller
    clears both offer dates and the right is computed anew. `handed_to_municipality` holds while another
    municipality's institution is requested or confirmed. `open` is false when the plan's state no longer permits a
    choice (started, completed, stopped, in error). Raises ValueError for an offer without its recording date.
    """

    plan_type: PlanType
    level: Level | None
    package: str | None
    discharge_date: date
    earliest_start: date | None
    offer_date: date | None
    offer_recorded_on: date | None
    cannot_offer_recorded_on: date | None
    handed_to_municipality: bool
    open: bool = True

    def __post_init__(self) -> None:
        if (self.offer_date is None) != (self.offer_recorded_on is None):
            raise ValueError("an offer needs both its date and the day it was recorded")
